import { isObject, type JsonObject } from './record.ts'

/** A text, or the text of a number or a boolean; nothing for anything else. */
export function textFrom(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** The same without the blanks around it. */
export function nameFrom(value: unknown): string | undefined {
  return textFrom(value)?.trim()
}

/** A whole number, or the text of one. */
export function integerFrom(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  if (typeof value === 'string' && !/^\s*[+-]?\d+(\.0+)?\s*$/.test(value)) return undefined
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : undefined
}

/** True or false, or the word. */
export function flagFrom(value: unknown): boolean | undefined {
  const word = textFrom(value)?.trim().toLowerCase()
  return word === 'true' || word === 'false' ? word === 'true' : undefined
}

/** Pairs from a list of them, or from an object. */
export function pairsFrom(value: unknown): unknown {
  if (isObject(value)) return Object.entries(value).map(([key, item]) => pairFrom({ key, value: item }))
  return Array.isArray(value) && value.every(isObject) ? value.map(pairFrom) : undefined
}

function pairFrom(pair: JsonObject): unknown {
  return { key: textFrom(pair.key), value: pairValue(pair.value), parse_as_json: asksForJson(pair) }
}

function pairValue(value: unknown): string {
  return value === undefined || value === null ? '' : (textFrom(value) ?? JSON.stringify(value))
}

/** Whether a pair is to be read as JSON. The spelling of "Parse as JSON object" differs between the sources (widgets.md 3.3): all of them count. */
export function asksForJson({ type, parse_as_json, parse_as_json_object }: JsonObject): boolean {
  if (flagFrom(parse_as_json) || flagFrom(parse_as_json_object)) return true
  return type === 'json' || type === 'object' || type === 'json_object'
}

/** A list; a text is split at blanks and commas. */
export function listFrom(value: unknown): unknown {
  if (typeof value === 'string') return value.split(/[\s,]+/).filter((item) => item !== '')
  return Array.isArray(value) ? value.map((item) => textFrom(item) ?? item) : undefined
}
