/** A value as messages show it: short texts in quotes, numbers and booleans as they stand, the rest by JSON type. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return `'${shortened(value)}'`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return jsonType(value)
}

/** The JSON type of a value, in the words of Studio's validator. */
export function jsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

const LONGEST = 60

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
