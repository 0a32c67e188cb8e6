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

/** The time of day to the millisecond. */
export function atMs(iso: string): string {
  return TO_THE_MS.format(new Date(iso))
}

const TO_THE_MS = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
})

/** "250 ms", "2.5 s", "3 min 20 s". */
export function lasting(ms: number): string {
  if (ms < 1000) return `${ms} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.floor(ms / 60_000)
  return minutes < 60 ? `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s` : `${(ms / 3_600_000).toFixed(1)} h`
}
