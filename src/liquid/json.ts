import { type Notation, written } from './notation.ts'
import { isNumber, numberText } from './number.ts'
import { TemplateError } from './template-error.ts'
import type { Budget, LiquidValue } from './value.ts'

/** JSON of the value without blanks; numbers as Java writes them. */
export function toJson(value: LiquidValue, budget: Budget): string {
  return written(value, JSON_NOTATION, budget)
}

const JSON_NOTATION: Notation = { comma: ',', key: (name) => `${quoted(name)}:`, scalar }

function scalar(value: LiquidValue): string {
  if (value === undefined || value === null) return 'null'
  if (typeof value === 'string') return quoted(value)
  if (isNumber(value)) return numberText(value)
  if (typeof value === 'boolean') return String(value)
  throw new TemplateError('empty and blank are no JSON')
}

/** Java writes the digits of an escape in capitals. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /(\\\\)|\\u[0-9a-f]{4}/g,
    (match, backslash) => backslash ?? `\\u${match.slice(2).toUpperCase()}`,
  )
}
