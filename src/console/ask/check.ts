import * as z from 'zod/mini'
import type { JsonObject } from '../../flow/record.ts'
import type { Problem } from '../document/problem.ts'
import { ask } from './ask.ts'

const Told = z.object({
  severity: z.enum(['error', 'warning']),
  rule: z.string(),
  message: z.string(),
  hint: z.optional(z.string()),
  path: z.array(z.union([z.string(), z.number()])),
  offset: z.optional(z.number()),
  widget: z.optional(z.string()),
})

/** What the server finds wrong in a definition, as `trunkline validate` tells it. */
export async function problemsOf(definition: JsonObject): Promise<readonly Problem[]> {
  const answer = z.object({ problems: z.array(Told) })
  const { problems } = await ask({ path: '/api/flows/check', answer, json: definition })
  return problems
}
