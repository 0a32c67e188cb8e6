import { classOf, isNumber, numberText, toDouble } from './number.ts'
import { type Budget, EMPTY, Items, isList, isMap, type LiquidValue, listOf } from './value.ts'

/** Numbers closer than this are equal, to forgive rounding. */
const CLOSE = 1e-11

/** `==` of a template: numbers by value, everything else by type and content. */
export function equal(left: LiquidValue, right: LiquidValue, budget: Budget): boolean {
  const [a, b] = [left ?? null, right ?? null]
  if (a === b) return true
  if (a === null || b === null) return false
  if (isNumber(a) && isNumber(b)) return Math.abs(toDouble(a) - toDouble(b)) < CLOSE
  if (a === EMPTY) return isEmptyTextOrList(b)
  // Only a map on the left is compared with `empty`: Liqp forgot the other way round.
  if (b === EMPTY) return isEmptyTextOrList(a) || (isMap(a) && Object.keys(a).length === 0)
  return same(a, b, budget)
}

function isEmptyTextOrList(value: LiquidValue): boolean {
  return value === '' || (isList(value) && listOf(value).length === 0)
}

/** Java's `equals`, which lists compare their elements with: an Integer is no Long there. */
export function same(left: LiquidValue, right: LiquidValue, budget: Budget): boolean {
  const [a, b] = [left ?? null, right ?? null]
  if (a === b && !isNumber(a)) return true
  if (isNumber(a) && isNumber(b)) return classOf(a) === classOf(b) && toDouble(a) === toDouble(b)
  if (typeof a !== 'object' || typeof b !== 'object' || a instanceof Items || b instanceof Items) return false
  return a !== null && b !== null && equalityKey(a, budget) === equalityKey(b, budget)
}

/** A text that two values share if, and only if, Java holds them equal. */
export function equalityKey(value: LiquidValue, budget: Budget): string {
  budget.spend(1)
  if (typeof value === 'string') {
    budget.spend(value.length)
    return JSON.stringify(value)
  }
  if (isNumber(value)) {
    budget.spend(STEPS_A_NUMBER)
    return `${classOf(value)} ${numberText(value)}`
  }
  if (isList(value))
    return `[${listOf(value)
      .map((element) => equalityKey(element, budget))
      .join()}]`
  if (!isMap(value)) return String(value ?? null)
  const pairs = Object.entries(value).map(
    ([key, element]) => `${equalityKey(key, budget)}:${equalityKey(element, budget)}`,
  )
  budget.spend(pairs.length * STEPS_A_PAIR)
  return `{${pairs.sort().join()}}`
}

const STEPS_A_NUMBER = 5
const STEPS_A_PAIR = 20
