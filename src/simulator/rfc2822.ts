/** Epoch milliseconds as RFC 2822, the carrier's own format. */
export function rfc2822(time: number): string {
  return new Date(time).toUTCString().replace('GMT', '+0000')
}
