import type { FastifyRequest } from 'fastify'
import { setField } from '../../engine/fields.ts'
import { Refusal } from '../../errors.ts'
import type { Form } from '../../signature/signature.ts'
import { queryIn } from '../base-url.ts'

/** A request body as the webhooks take it: a form, or anything else as it came. */
export interface FormBody {
  readonly form?: Form | undefined
  readonly raw?: string | undefined
}

/** The body of a request, as the content type parsers of server.ts have read it; empty where there was none. */
export function bodyOf({ body }: FastifyRequest): FormBody {
  return (body as FormBody | null | undefined) ?? {} // made by those parsers alone
}

/** The pairs of a form body or a query, decoded, in order, duplicates kept; undefined when the escapes are broken. */
export function parseForm(text: string): Form | undefined {
  return BROKEN_ESCAPE.test(text) ? undefined : lenientForm(text)
}

const BROKEN_ESCAPE = /%(?![0-9a-fA-F]{2}).{0,2}/s

/** The same for a text whose escapes may be broken; those that are stand for themselves. */
export function lenientForm(text: string): Form {
  return [...new URLSearchParams(text)]
}

/** The pairs of the query of a URL; throws a `Refusal` where its escapes are broken. */
export function queryPairs(url: string): Form {
  const text = queryIn(url)
  const pairs = parseForm(text)
  if (pairs) return pairs
  throw new Refusal('invalidRequest', `the query is malformed: ${brokenEscape(text)}`)
}

/** Where the escapes of a text are broken and what was expected; the values around it are nobody's but the caller's. */
export function brokenEscape(text: string): string {
  const pair = text.split('&').find((one) => BROKEN_ESCAPE.test(one)) ?? ''
  const [found] = BROKEN_ESCAPE.exec(pair) ?? []
  const [name] = pair.split('=', 1)
  return `${JSON.stringify(found)} found in ${JSON.stringify(name)}, % and two hexadecimal digits expected`
}

/** The scalar members of a JSON body as form pairs: some products of the carrier's send JSON. */
export function formOfJson(json: unknown): Form {
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
}

/** One value for each name, the last of several: where the query comes first, the body wins. */
export function valuesOf(form: Form): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [name, value] of form) setField(values, name, value)
  return values
}
