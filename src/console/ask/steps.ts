import * as z from 'zod/mini'
import { ask } from './ask.ts'

const Json = z.record(z.string(), z.unknown())

const Effect = z.object({
  kind: z.string(),
  target: z.string(),
  date_asked: z.string(),
  date_begun: z.nullable(z.string()),
  date_ended: z.nullable(z.string()),
  attempts: z.nullable(z.number()),
  status: z.nullable(z.union([z.string(), z.number()])),
  error: z.nullable(z.string()),
})

/** What a step asked of the outside, and what came of it. */
export type Effect = z.infer<typeof Effect>

const Input = z.object({ event: z.string(), date: z.string(), params: Json })

/** What came to a step from outside. */
export type Input = z.infer<typeof Input>

const Told = z.object({
  step_sid: z.string(),
  flow_sid: z.string(),
  flow_revision: z.number(),
  properties: Json,
  input: z.array(Input),
  effects: z.array(Effect),
})

/** What a widget was given, heard and asked for. */
export type ToldStep = z.infer<typeof Told>

const Untold = z.object({ step_sid: z.string(), missing: z.string() })

/** Why that cannot be said. */
export type UntoldStep = z.infer<typeof Untold>

/** What a step of an execution was given, heard and asked for, or why that cannot be said. */
export function stepOf(execution: string, step: string): Promise<ToldStep | UntoldStep> {
  const path = `/api/executions/${encodeURIComponent(execution)}/steps/${encodeURIComponent(step)}`
  return ask({ path, answer: z.union([Told, Untold]) })
}
