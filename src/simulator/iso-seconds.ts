/** Epoch milliseconds as ISO 8601 to the second, the format of the carrier's newer APIs. */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}
