import type { Params } from '../line/web-request.ts'

/** The geography that comes with each address: the names are always sent, most values are empty (twiml.md 2.2). */
export function geography(ends: readonly string[]): Params {
  return Object.fromEntries(ends.flatMap((end) => ['City', 'State', 'Zip', 'Country'].map((part) => [end + part, ''])))
}
