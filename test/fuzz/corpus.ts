import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A request as it goes over the wire, but for who asks. */
export type Shape = z.output<typeof Shape>

const Shape = z.object({
  method: z.string(),
  /** With the query; `:sid` stands for one that was seen in an answer. */
  path: z.string(),
  type: z.enum(['form', 'json', 'text']).optional(),
  body: z.string().optional(),
  /** Beside, or instead of, those that every request has. */
  headers: z.array(z.tuple([z.string(), z.string()])).optional(),
})

/** Well-formed requests to every route, and those that were answered wrongly once: what is found is added here. */
export const corpus: readonly [Shape, ...Shape[]] = z
  .tuple([Shape], Shape)
  .parse(JSON.parse(readFileSync(new URL('corpus.json', import.meta.url), 'utf8')))
