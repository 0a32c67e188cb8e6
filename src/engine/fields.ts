/** A JSON object whose keys come from outside: Studio's names, a carrier's parameters, a service's answer. */
export type Fields = { readonly [key: string]: unknown }

/** Merges what a widget gives out into what it gave out before: plain objects deeply, everything else replaced (decisions, "Outputs"). */
export function merge(before: Fields, now: Fields): Fields {
  const merged = new Map(Object.entries(before))
  for (const [key, value] of Object.entries(now)) {
    const old = merged.get(key)
    merged.set(key, isFields(old) && isFields(value) ? merge(old, value) : value)
  }
  return Object.fromEntries(merged)
}

/** Reads one own key; never anything inherited. */
export function field(fields: unknown, key: string): unknown {
  return isFields(fields) && Object.hasOwn(fields, key) ? fields[key] : undefined
}

/** Whether a value is a JSON object, neither null nor a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
