import { classOf, isNumber, toDouble } from './number.ts'
import type { Rendering } from './rendering.ts'
import { TemplateError } from './template-error.ts'
import { printed, textOf } from './text.ts'
import { elementsOf, Items, isList, isMap, type LiquidValue } from './value.ts'

/** Sorts a list, or with a key a list of maps; only values of one kind can be put in order. */
export function sorted(value: LiquidValue, args: readonly LiquidValue[], run: Rendering): LiquidValue {
  if (value === undefined || value === null) return ''
  if (!isList(value)) throw new TemplateError('sort takes a list')
  const list = elementsOf(value, run)
  chargeSorting(list, run)
  if (args.length === 0) return new Items(list.map(sortable).toSorted(compare))
  const key = textOf(args[0], run)
  chargeSorting(list, run) // the values are looked up at each comparison
  if (!list.every(isMap)) throw new TemplateError('sort by a key takes a list of maps')
  return new Items(list.toSorted((a, b) => compare(ownValue(a, key), ownValue(b, key))))
}

/** Sorts without regard to case, by what each element prints as. */
export function sortedNaturally(list: readonly LiquidValue[], run: Rendering): readonly LiquidValue[] {
  chargeSorting(list, run)
  return list
    .map((element) => ({ element, folded: folded(printed(element, run), run) }))
    .toSorted((a, b) => compareTexts(a.folded, b.folded))
    .map(({ element }) => element)
}

/** Comparing is most of the work. */
function chargeSorting(list: readonly LiquidValue[], run: Rendering): void {
  run.spend(list.length * Math.ceil(Math.log2(list.length + 1)))
}

/** Java's folding: each character upper-cased, then lower-cased, if it stays one character. */
function folded(text: string, run: Rendering): string {
  run.spend(text.length * 4)
  return text.replace(/[^a-z]/g, (character) => oneLower(oneUpper(character)))
}

function oneUpper(character: string): string {
  const upper = character.toUpperCase()
  return upper.length === 1 ? upper : character
}

function oneLower(character: string): string {
  const lower = character.toLowerCase()
  return lower.length === 1 ? lower : character
}

function sortable(element: LiquidValue): LiquidValue {
  if (isList(element) || isMap(element)) throw new TemplateError('a list of lists or maps has no order')
  return element
}

function ownValue(map: Readonly<Record<string, LiquidValue>>, key: string): LiquidValue {
  return Object.hasOwn(map, key) ? map[key] : undefined
}

function compare(a: LiquidValue, b: LiquidValue): number {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (isNumber(a) && isNumber(b) && classOf(a) === classOf(b)) return toDouble(a) - toDouble(b)
  throw new TemplateError('values of different kinds have no order')
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
