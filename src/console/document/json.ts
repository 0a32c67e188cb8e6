import { isObject, type JsonObject } from '../../flow/record.ts'

/** Keys of objects and places of lists, from the outside in. */
export type JsonPath = readonly (string | number)[]

/** An object with another value at a path, or without what stands there when the value is undefined; all beside the path stays the very same. */
export function put(object: JsonObject, path: JsonPath, value: unknown): JsonObject {
  const changed = putAny(object, path, value)
  return isObject(changed) ? changed : object
}

/** What stands at a path. */
export function at(json: unknown, path: JsonPath): unknown {
  return path.reduce(inside, json)
}

function inside(json: unknown, key: string | number): unknown {
  if (Array.isArray(json)) return typeof key === 'number' ? json[key] : undefined
  return isObject(json) && Object.hasOwn(json, key) ? json[key] : undefined
}

function putAny(json: unknown, path: JsonPath, value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const inner = putAny(inside(json, key), rest, value)
  if (inner === inside(json, key)) return json
  if (typeof key === 'number') return putItem(Array.isArray(json) ? json : [], key, inner)
  return putKey(isObject(json) ? json : {}, key, inner)
}

function putItem(list: readonly unknown[], place: number, item: unknown): unknown[] {
  if (item === undefined) return list.toSpliced(place, 1)
  return place < list.length ? list.with(place, item) : [...list, item]
}

/** A key keeps its place among the others. */
function putKey(object: JsonObject, key: string, value: unknown): JsonObject {
  if (value !== undefined) return { ...object, [key]: value }
  const { [key]: _, ...rest } = object
  return rest
}

/** A value with every text in it replaced; itself, where none is. */
export function mapTexts(json: unknown, change: (text: string) => string): unknown {
  if (typeof json === 'string') return change(json)
  if (Array.isArray(json)) return mapItems(json, change)
  return isObject(json) ? mapValues(json, change) : json
}

function mapItems(list: readonly unknown[], change: (text: string) => string): readonly unknown[] {
  const items = list.map((item) => mapTexts(item, change))
  return items.every((item, place) => item === list[place]) ? list : items
}

function mapValues(object: JsonObject, change: (text: string) => string): JsonObject {
  const entries = Object.entries(object).map(([key, value]) => [key, mapTexts(value, change)] as const)
  return entries.every(([key, value]) => value === object[key]) ? object : Object.fromEntries(entries)
}
