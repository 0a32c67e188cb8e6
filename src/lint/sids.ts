/** Whether a value is a sid of one of these kinds: two letters and 32 hexadecimal digits. */
export function isSid(value: unknown, kinds: readonly string[]): value is string {
  return typeof value === 'string' && /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(value) && kinds.includes(value.slice(0, 2))
}
