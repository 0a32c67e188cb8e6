import type { Params } from './web-request.ts'

/** The geography that comes with each address: the names are always sent, most values are empty (twiml.md 2.2). */
export function geography(ends: readonly string[]): Params {
  return Object.fromEntries(ends.flatMap((end) => ['City', 'State', 'Zip', 'Country'].map((part) => [end + part, ''])))
}

/** The method that an attribute or a parameter names, in any case (twiml.md 1.1). */
export function methodOf(method = 'POST'): 'GET' | 'POST' {
  return method.trim().toUpperCase() === 'GET' ? 'GET' : 'POST'
}

/** A whole number of seconds or the like; the default where there is none or it is none. */
export function numberOf(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : otherwise
}

/** Epoch milliseconds as RFC 2822, the carrier's own format. */
export function rfc2822(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000')
}
