import * as z from 'zod/mini'
import { ask } from './ask.ts'

const FlowTemplate = z.object({
  title: z.string(),
  summary: z.string(),
  definition: z.record(z.string(), z.unknown()),
})

/** A flow that ships, to begin a new one with. */
export type FlowTemplate = z.infer<typeof FlowTemplate>

/** The flows that ship. */
export async function flowTemplates(): Promise<readonly FlowTemplate[]> {
  const { templates } = await ask({ path: '/api/templates', answer: z.object({ templates: z.array(FlowTemplate) }) })
  return templates
}
