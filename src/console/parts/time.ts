const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** A time as it is spoken of: "5 minutes ago"; a date, when it is more than a month ago. */
export function ago(iso: string, now: number): string {
  const passed = now - Date.parse(iso)
  if (passed > LONG_MS) return new Date(iso).toLocaleDateString('en', { dateStyle: 'medium' })
  const unit = UNITS.find(([, ms]) => passed >= ms)
  return unit ? WORDS.format(-Math.floor(passed / unit[1]), unit[0]) : 'just now'
}

const LONG_MS = 30 * 86_400_000
const WORDS = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** A time to the second. */
export function exactly(iso: string): string {
  return new Date(iso).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' })
}

/** "1 problem", "2 problems". */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`
}
