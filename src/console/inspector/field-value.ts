import type { Field } from '../document/catalogue.ts'

/** A property as the text that a form shows; undefined for what no text can show. */
export function shownText(value: unknown): string | undefined {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

/** A text of a form as the file has it: a number where Studio wants one, unless there was a text before or it is a template. */
export function storedText(text: string, { json }: Field, before: unknown): unknown {
  if (text === '' && json !== 'string') return undefined
  const isNumber = json === 'integer' || json === 'number'
  return isNumber && typeof before !== 'string' && /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text
}

/** A choice between yes and no as the file has it: some of Studio's properties have it as a text. */
export function storedFlag(word: 'true' | 'false', { json }: Field, before: unknown): unknown {
  return typeof before === 'string' || (before === undefined && json === 'string') ? word : word === 'true'
}

/** Whether a property says yes; undefined where that depends, by a template. */
export function shownFlag(value: unknown): boolean | undefined {
  const word = shownText(value)?.trim().toLowerCase()
  if (word === '') return false
  return word === 'true' || word === 'false' ? word === 'true' : undefined
}
