/** ISO 8601 to the second, as clients parse it; epoch milliseconds go in. */
export function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}
