import { MONTHS, WEEKDAYS } from './calendar.ts'
import { epochSeconds, isWithinCalendar } from './time-zone.ts'

const NUMERIC =
  /^[ \t]*(?<year>-?\d{1,9})-[ \t]*(?<month>-?\d{1,9})-[ \t]*(?<day>-?\d{1,9}) [ \t]*(?<hour>-?\d{1,9}):[ \t]*(?<minute>-?\d{1,9}):[ \t]*(?<second>-?\d{1,9})/

const VERBAL =
  /^[ \t]*(?<weekday>[A-Za-z]{3,9}) [ \t]*(?<name>[A-Za-z]{3,9}) [ \t]*(?<day>-?\d{1,9}) [ \t]*(?<hour>-?\d{1,9}):[ \t]*(?<minute>-?\d{1,9}):[ \t]*(?<second>-?\d{1,9}) [ \t]*(?<year>-?\d{1,9})/

/**
 * Epoch seconds of a text that begins with `2026-03-14 15:09:26` or `Sat Mar 14 03:09:26 2026`, a wall time in the zone.
 * Fields that are too great carry over, as in Java: month 13 is January of the next year.
 */
export function parseDate(text: string, timezone: string): number | undefined {
  const fields = NUMERIC.exec(text)?.groups ?? VERBAL.exec(text)?.groups
  if (!fields) return undefined
  const month = fields.name === undefined ? Number(fields.month) - 1 : indexIn(MONTHS, fields.name)
  if (month === undefined || (fields.weekday !== undefined && indexIn(WEEKDAYS, fields.weekday) === undefined))
    return undefined
  // Java's `hh`, of the second form, runs to 12 and takes 12 for midnight.
  const hour = fields.name !== undefined && Number(fields.hour) === 12 ? 0 : Number(fields.hour)
  return wallSeconds(
    [Number(fields.year), month, Number(fields.day), hour, Number(fields.minute), Number(fields.second)],
    timezone,
  )
}

type Wall = readonly [year: number, month: number, day: number, hour: number, minute: number, second: number]

function wallSeconds([year, month, day, hour, minute, second]: Wall, timezone: string): number | undefined {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; 400 years later the calendar is the same.
  const early = year >= 0 && year < 100
  const ms = Date.UTC(early ? year + 400 : year, month, day, hour, minute, second)
  const wall = ms / 1000 - (early ? SECONDS_OF_400_YEARS : 0)
  return isWithinCalendar(wall) ? epochSeconds(wall, timezone) : undefined
}

const SECONDS_OF_400_YEARS = 146_097 * 86_400

function indexIn(names: readonly string[], name: string): number | undefined {
  const index = names.findIndex(
    (known) => known.toLowerCase() === name.toLowerCase() || known.slice(0, 3).toLowerCase() === name.toLowerCase(),
  )
  return index === -1 ? undefined : index
}
