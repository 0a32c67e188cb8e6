/** The method that an attribute or a parameter names, in any case (twiml.md 1.1). */
export function methodOf(method = 'POST'): 'GET' | 'POST' {
  return method.trim().toUpperCase() === 'GET' ? 'GET' : 'POST'
}

/** A whole number of seconds or the like; the default where there is none or it is none. */
export function numberOf(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : otherwise
}
