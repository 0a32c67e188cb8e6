import { isNumber, toDouble } from './number.ts'
import { Items, isMap, type LiquidValue } from './value.ts'

/** A value of a template as plain JSON. */
export function plain(value: LiquidValue): unknown {
  if (value === undefined || typeof value === 'symbol') return null
  if (isNumber(value)) return toDouble(value)
  if (value instanceof Items) return value.list.map(plain)
  if (Array.isArray(value) || !isMap(value)) return value // what comes from the context is JSON already
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, plain(element)]))
}
