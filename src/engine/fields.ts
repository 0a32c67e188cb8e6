/** A JSON object whose keys come from outside: Studio's names, a carrier's parameters, a service's answer. */
export type Fields = { readonly [key: string]: unknown }

/** Merges what a widget gives out into what it gave out before: plain objects deeply, everything else replaced (decisions, "Outputs"). */
export function merge(before: Fields, now: Fields): Fields {
  if (Object.keys(before).length === 0) return now
  const merged: { [key: string]: unknown } = { ...before }
  for (const key of Object.keys(now)) {
    const value = now[key]
    const old = isFields(value) ? field(before, key) : undefined
    setField(merged, key, isFields(value) && isFields(old) ? merge(old, value) : value)
  }
  return merged
}

/** Sets one own key, whatever its name: assigned, `__proto__` would be none. */
export function setField<Value>(fields: { [key: string]: Value }, key: string, value: Value): void {
  if (key === '__proto__')
    Object.defineProperty(fields, key, { value, configurable: true, enumerable: true, writable: true })
  else fields[key] = value
}

/** Reads one own key; never anything inherited. */
export function field(fields: unknown, key: string): unknown {
  return isFields(fields) && Object.hasOwn(fields, key) ? fields[key] : undefined
}

/** Whether a value is a JSON object, neither null nor a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
