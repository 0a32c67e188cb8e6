import type { Fields } from '../engine/fields.ts'
import { isoSeconds } from '../engine/iso-seconds.ts'

/** A resource of the REST API under the names that flows see: `num_media` as `NumMedia`, dates and times as ISO 8601. */
export function fieldsFromRest(resource: Fields): Fields {
  return Object.fromEntries(
    Object.entries(resource).map(([key, value]) => [pascal(key), DATED.test(key) ? isoDate(value) : value]),
  )
}

const DATED = /^date_|_time$/

function pascal(name: string): string {
  return name.replaceAll(/(^|_)([a-z])/g, (_match, _underscore, letter: string) => letter.toUpperCase())
}

/** The REST API writes RFC 2822. */
function isoDate(value: unknown): unknown {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? value : isoSeconds(at)
}
