import type { Form } from '../../signature/signature.ts'

/** A request body as the webhooks take it: a form, or anything else as it came. */
export interface FormBody {
  readonly form?: Form | undefined
  readonly raw?: string | undefined
}

/** The pairs of a form body or a query, decoded, in order, duplicates kept; undefined when the escapes are broken. */
export function parseForm(text: string): Form | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined
  return [...new URLSearchParams(text)]
}

/** The scalar members of a JSON body as form pairs: some products of the carrier's send JSON. */
export function formOfJson(json: unknown): Form {
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])
}

/** One value a name: the body's before the query's, the last of several. */
export function paramsOf(query: Form, body: Form): Record<string, string> {
  return Object.fromEntries([...query, ...body])
}
