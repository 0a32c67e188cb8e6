import type { Filter } from './filters.ts'
import { withoutHalves } from './surrogates.ts'
import { textOf } from './text.ts'

/** The filters for form encoding, where a blank is `+`. */
export const urlFilters: Readonly<Record<string, Filter>> = {
  url_encode: (value, _args, run) => encoded(textOf(value, run)),
  url_decode: (value, _args, run) => decoded(textOf(value, run)) ?? value,
}

function encoded(text: string): string {
  return encodeURIComponent(withoutHalves(text))
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+')
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Nothing for text with a `%` that is not followed by two hexadecimal digits. */
function decoded(text: string): string | undefined {
  if (/%(?![0-9A-Fa-f]{2})/.test(text)) return undefined
  return text.replaceAll('+', ' ').replace(/(?:%[0-9A-Fa-f]{2})+/g, (octets) => utf8.decode(octetsOf(octets)))
}

function octetsOf(escapes: string): Uint8Array {
  return Uint8Array.from(escapes.slice(1).split('%'), (hex) => Number.parseInt(hex, 16))
}
