/** A JSON object whose keys may be anything. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object, not an array and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own key of a JSON value, so that `constructor` and the like are no keys of everything. */
export function own(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
}
