/** Seconds that the zone is ahead of UTC at an instant (epoch seconds). */
export function offsetAt(seconds: number, timezone: string): number {
  const instant = Math.max(Math.trunc(seconds), BEFORE_ALL_ZONES)
  const parts = wallClock(timezone).formatToParts(instant * 1000)
  const {
    year = 0,
    month = 1,
    day = 1,
    hour = 0,
    minute = 0,
    second = 0,
  } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - instant
}

/** Seconds. The year 1000: before there were zones the offset stays the same, and years before 100 are trouble in JavaScript. */
const BEFORE_ALL_ZONES = Date.UTC(1000, 0, 1) / 1000

/** Epoch seconds of a wall time, given as if it were UTC; where the clock is put forward or back, standard time counts, as in Java. */
export function epochSeconds(wall: number, timezone: string): number {
  const [before, behind] = [offsetAt(wall - DAY, timezone), offsetAt(wall + DAY, timezone)]
  const standard = Math.min(before, behind)
  const daylight = Math.max(before, behind)
  const inStandard = wall - standard
  if (offsetAt(inStandard, timezone) === standard || offsetAt(wall - daylight, timezone) !== daylight) return inStandard
  return wall - daylight
}

/** Whether JavaScript has a date for the instant or wall time (seconds), in any zone. */
export function isWithinCalendar(seconds: number): boolean {
  return Math.abs(seconds) <= 8.64e12 - 2 * DAY
}

/** Short name of the zone at an instant: `PST`, or `GMT+1` where English has no name. */
export function zoneName(seconds: number, timezone: string): string {
  const parts = zoneNames(timezone).formatToParts(seconds * 1000)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timezone
}

const DAY = 86_400

/** Making a formatter takes longer than a whole render, so each is kept; there is one zone to a server. */
const wallClock = kept(
  (timeZone) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }),
)
const zoneNames = kept((timeZone) => new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' }))

function kept(make: (timeZone: string) => Intl.DateTimeFormat): (timeZone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>()
  return (timeZone) => {
    const formatter = made.get(timeZone) ?? make(timeZone)
    made.set(timeZone, formatter)
    return formatter
  }
}
