/** When a conversation that nobody writes in is put aside and closed, as ISO 8601 durations such as `PT10M`. */
export interface Timers {
  readonly inactive?: string | undefined
  readonly closed?: string | undefined
}

/** Milliseconds of an ISO 8601 duration of days and less; undefined where it is none. */
export function durationIn(text: string): number | undefined {
  const [, days, hours, minutes, seconds] = DURATION.exec(text) ?? []
  if (!/\d/.test(text) || !DURATION.test(text)) return undefined
  const [d, h, m, s] = [days, hours, minutes, seconds].map((part) => Number(part ?? 0))
  return (((d ?? 0) * 24 + (h ?? 0)) * 3_600 + (m ?? 0) * 60 + (s ?? 0)) * 1_000
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** When a timer runs out that has run since a time in epoch milliseconds; never, where there is none. */
export function endOf(timer: string | undefined, since: number): number | undefined {
  const duration = timer === undefined ? undefined : durationIn(timer)
  return duration === undefined ? undefined : since + duration
}
