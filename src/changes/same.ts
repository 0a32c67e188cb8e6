import { isObject } from '../flow/record.ts'

/** Whether two JSON values are the same; the order of keys does not count, and a key without a value is none. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

/** A JSON value with its keys in alphabetical order. */
export function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isObject(value)) return value
  return Object.fromEntries(keysOf(value).map((key) => [key, inOrder(value[key])]))
}

/** The keys of an object in alphabetical order, the same on every machine. */
export function keysOf(object: object): string[] {
  return Object.keys(object).sort()
}
