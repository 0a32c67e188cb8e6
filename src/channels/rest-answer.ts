import { type Fields, isFields } from '../engine/fields.ts'
import { jsonIn } from '../engine/json.ts'

/** What the REST API answers: a status, and an object in JSON or what came in its place. */
export interface RestAnswer {
  readonly status: number
  /** Undefined where there is no object in JSON. */
  readonly body: Fields | undefined
  /** What came in the place of it, in words. */
  readonly flaw?: string | undefined
  /** `Retry-After` as it came. */
  readonly retryAfter?: string | undefined
  /** How often it was asked for. */
  readonly attempts?: number | undefined
}

/** Reads the text of a body; undefined stands for one that is too long. */
export function readBody(text: string | undefined): Pick<RestAnswer, 'body' | 'flaw'> {
  if (text === undefined) return { body: undefined, flaw: `more than ${MOST_BYTES} bytes` }
  if (text === '') return { body: undefined, flaw: 'nothing' }
  const json = jsonIn(text)
  return isFields(json)
    ? { body: json }
    : { body: undefined, flaw: `no JSON object: ${JSON.stringify(text.slice(0, 60))}` }
}

/** Bytes that are read of an answer; a resource has some thousand. */
export const MOST_BYTES = 256 * 1024
