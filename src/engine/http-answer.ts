import type { HttpOutcome } from './event.ts'
import { type Fields, isFields } from './fields.ts'
import { jsonIn } from './json.ts'

type Answered = Extract<HttpOutcome, { ok: true }>

/** Whether a status lets a flow go on by its success exit; redirects were followed already (widgets.md 3.20). */
export function succeeded({ status }: Answered): boolean {
  return status >= 200 && status < 400
}

/** What a widget gives out of an HTTP answer; `parsed` only where there is something parsed. */
export function answerFields({ status, contentType, body }: Answered, parsed: unknown): Fields {
  return { body, status_code: status, content_type: contentType, ...(parsed !== undefined && { parsed }) }
}

/** The JSON object in an answer of the type `application/json`; nothing for any other answer. */
export function jsonObject(answered: Answered): Fields | undefined {
  const value = json(answered)
  return isFields(value) ? value : undefined
}

/** The JSON object or array in an answer of the type `application/json`; nothing for any other answer. */
export function jsonTree(answered: Answered): object | undefined {
  const value = json(answered)
  return typeof value === 'object' && value !== null ? value : undefined
}

function json({ contentType, body }: Answered): unknown {
  return contentType === 'application/json' ? jsonIn(body) : undefined // Studio shows what is none as `body` alone
}
