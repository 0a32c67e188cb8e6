import * as z from 'zod/mini'
import { ask } from './ask.ts'

const Preview = z.object({ value: z.unknown(), problems: z.array(z.string()) })

/** What a template becomes, or why it cannot be filled. */
export type Preview = z.infer<typeof Preview>

/** Fills a template, or a JSON value with templates in it, with what an execution knows. */
export function previewOf(template: unknown, execution: string): Promise<Preview> {
  return ask({ path: '/api/preview', answer: Preview, json: { template, execution } })
}
