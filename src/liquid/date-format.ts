import { MONTHS, WEEKDAYS } from './calendar.ts'
import type { Rendering } from './rendering.ts'
import { offsetAt, zoneName } from './time-zone.ts'

/** Writes an instant (epoch seconds) by a format of `%` directives; a directive that is not known stays as it stands. */
export function formatted(seconds: number, format: string, run: Rendering): string {
  const { timezone } = run.settings
  const moment = { seconds, timezone, wall: new Date((seconds + offsetAt(seconds, timezone)) * 1000) }
  run.spend(STEPS_A_DATE + STEPS_A_DIRECTIVE * format.split('%').length)
  return format.replace(/%([\s\S])/g, (directive, letter: string) => DIRECTIVES.get(letter)?.(moment) ?? directive)
}

const STEPS_A_DATE = 200
const STEPS_A_DIRECTIVE = 40

interface Moment {
  readonly seconds: number
  readonly timezone: string
  /** The wall time, to be read with the UTC methods. */
  readonly wall: Date
}

/** As Java's SimpleDateFormat writes them for Liqp; some differ from what the letter means elsewhere. */
const DIRECTIVES: ReadonlyMap<string, (moment: Moment) => string> = new Map<string, (moment: Moment) => string>([
  ['%', () => '%'],
  ['a', ({ wall }) => weekday(wall).slice(0, 3)],
  ['A', ({ wall }) => weekday(wall)],
  ['b', ({ wall }) => month(wall).slice(0, 3)],
  ['h', ({ wall }) => month(wall).slice(0, 3)],
  ['B', ({ wall }) => month(wall)],
  [
    'c',
    ({ wall }) =>
      `${weekday(wall).slice(0, 3)} ${month(wall).slice(0, 3)} ${two(wall.getUTCDate())} ${clock(wall)} ${year(wall)}`,
  ],
  ['d', ({ wall }) => two(wall.getUTCDate())],
  ['e', ({ wall }) => String(wall.getUTCDate())],
  ['H', ({ wall }) => two(wall.getUTCHours())],
  ['I', ({ wall }) => two(twelveHour(wall))],
  ['j', ({ wall }) => String(dayOfYear(wall)).padStart(3, '0')],
  ['k', ({ wall }) => String(wall.getUTCHours())],
  ['l', ({ wall }) => String(twelveHour(wall))],
  ['m', ({ wall }) => two(wall.getUTCMonth() + 1)],
  ['M', ({ wall }) => two(wall.getUTCMinutes())],
  ['p', ({ wall }) => (wall.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['S', ({ wall }) => two(wall.getUTCSeconds())],
  ['U', ({ wall }) => two(weekOfYear(wall))],
  ['W', ({ wall }) => two(weekOfYear(wall))],
  ['w', ({ wall }) => String(Math.ceil(wall.getUTCDate() / 7))],
  ['x', ({ wall }) => `${two(wall.getUTCMonth() + 1)}/${two(wall.getUTCDate())}/${shortYear(wall)}`],
  ['X', ({ wall }) => clock(wall)],
  ['y', ({ wall }) => shortYear(wall)],
  ['Y', ({ wall }) => year(wall)],
  ['Z', ({ seconds, timezone }) => zoneName(seconds, timezone)],
])

function weekday(wall: Date): string {
  return WEEKDAYS[wall.getUTCDay()] ?? ''
}

function month(wall: Date): string {
  return MONTHS[wall.getUTCMonth()] ?? ''
}

function year(wall: Date): string {
  return String(wall.getUTCFullYear()).padStart(4, '0')
}

function shortYear(wall: Date): string {
  return year(wall).slice(-2)
}

function clock(wall: Date): string {
  return [wall.getUTCHours(), wall.getUTCMinutes(), wall.getUTCSeconds()].map(two).join(':')
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function twelveHour(wall: Date): number {
  return wall.getUTCHours() % 12 || 12
}

function dayOfYear(wall: Date): number {
  return (midnight(wall) - Date.UTC(wall.getUTCFullYear(), 0, 1)) / DAY_MS + 1
}

/** American weeks: from Sunday, and the week of New Year's Day is the first, even for the last days of December. */
function weekOfYear(wall: Date): number {
  const saturday = new Date(midnight(wall) + (6 - wall.getUTCDay()) * DAY_MS)
  return Math.ceil(dayOfYear(saturday) / 7)
}

const DAY_MS = 86_400_000

function midnight(wall: Date): number {
  return Math.floor(wall.getTime() / DAY_MS) * DAY_MS
}
