import { Double } from './number.ts'

/**
 * What expressions and filters pass on: JSON from the context, numbers made by the template, `Items`, EMPTY and BLANK.
 * `undefined` and `null` are both nil.
 */
export type LiquidValue = unknown

/** What the words `empty` and `blank` stand for in a comparison. */
export const EMPTY = Symbol('empty')
export const BLANK = Symbol('blank')

/** A Java array, which filters and loops over maps make; a list of the context is a plain array. Liqp prints and compares them apart. */
export class Items {
  readonly list: readonly LiquidValue[]
  constructor(list: readonly LiquidValue[]) {
    this.list = list
  }
}

/** What reading and printing values is charged to. */
export interface Budget {
  /** Throws when it is used up. */
  spend(steps: number): void
}

export function isList(value: LiquidValue): value is readonly LiquidValue[] | Items {
  return Array.isArray(value) || value instanceof Items
}

/** The elements of either kind of list. */
export function listOf(list: readonly LiquidValue[] | Items): readonly LiquidValue[] {
  return list instanceof Items ? list.list : list
}

export function isMap(value: LiquidValue): value is Readonly<Record<string, LiquidValue>> {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Double)
}

/** The elements to loop over: nil has none, a map has its pairs, anything else is its own single element. */
export function elementsOf(value: LiquidValue, budget: Budget): readonly LiquidValue[] {
  const elements = rawElements(value)
  budget.spend(elements.length)
  return elements
}

function rawElements(value: LiquidValue): readonly LiquidValue[] {
  if (value === undefined || value === null) return []
  if (isList(value)) return listOf(value)
  return isMap(value) ? Object.entries(value).map((pair) => new Items(pair)) : [value]
}

/** Only nil and false are false. */
export function isTrue(value: LiquidValue): boolean {
  return value !== undefined && value !== null && value !== false
}

/** What `default` replaces: nil, false, and whatever is empty. */
export function isVacant(value: LiquidValue): boolean {
  if (!isTrue(value) || value === '') return true
  if (isList(value)) return listOf(value).length === 0
  return isMap(value) && Object.keys(value).length === 0
}
