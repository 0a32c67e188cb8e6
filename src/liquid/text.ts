import { type Notation, written } from './notation.ts'
import { isNumber, type LiquidNumber, numberText, parseNumber } from './number.ts'
import { type Budget, isList, type LiquidValue, listOf } from './value.ts'

/** Text as filters take it: nil is empty, the elements of a list stand side by side. */
export function textOf(value: LiquidValue, budget: Budget): string {
  if (value === undefined || value === null) return ''
  if (!isList(value)) return printed(value, budget)
  return flat(value, budget, 0)
    .map((element) => printed(element, budget))
    .join('')
}

/** The elements, in lists in lists too, but nil; each level copies what is below it, so depth is charged. */
function flat(value: LiquidValue, budget: Budget, depth: number): readonly LiquidValue[] {
  budget.spend(1 + depth)
  if (value === undefined || value === null) return []
  return isList(value) ? listOf(value).flatMap((element) => flat(element, budget, depth + 1)) : [value]
}

/** Text as Java prints the value: `null`, `[1, 2]`, `{a=1, b=x}`. */
export function printed(value: LiquidValue, budget: Budget): string {
  if (typeof value !== 'string') return written(value, JAVA_NOTATION, budget)
  budget.spend(value.length + 1)
  return value
}

const JAVA_NOTATION: Notation = { comma: ', ', key: (name) => `${name}=`, scalar }

function scalar(value: LiquidValue): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return 'null'
  if (isNumber(value)) return numberText(value)
  return typeof value === 'boolean' ? String(value) : ''
}

/** A value that is a number or, printed, reads as one; refuses anything else. */
export function asNumber(value: LiquidValue, budget: Budget): LiquidNumber {
  return isNumber(value) ? value : parseNumber(trimmed(value, budget))
}

/** The printed value without the blanks and control characters around it. */
export function trimmed(value: LiquidValue, budget: Budget): string {
  return trim(printed(value, budget))
}

/** Java's `trim`: everything up to U+0020 goes, other kinds of blanks stay. */
export function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) <= 32) start++
  while (end > start && text.charCodeAt(end - 1) <= 32) end--
  return text.slice(start, end)
}
