/** The JSON in a text; undefined for what is none, and for what nests deeper than `DEEPEST`. */
export function jsonIn(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return isWithin(value, DEEPEST) ? value : undefined
  } catch {
    return undefined // not JSON at all
  }
}

/** Levels of what a flow keeps, so that the stack holds for all who walk through it later. */
export const DEEPEST = 500

/** Whether a value nests no deeper than so many levels. */
export function isWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  return levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1))
}
