import { formatted } from './date-format.ts'
import { parseDate } from './date-parse.ts'
import { isNumber, toDouble } from './number.ts'
import type { Rendering } from './rendering.ts'
import { asNumber, textOf, trimmed } from './text.ts'
import { isWithinCalendar } from './time-zone.ts'
import type { LiquidValue } from './value.ts'

/** Writes a time by a format; anything that cannot be read as a time, or an empty format, leaves the value as it is. */
export function dateFilter(value: LiquidValue, args: readonly LiquidValue[], run: Rendering): LiquidValue {
  const format = args.length > 0 ? textOf(args[0], run) : ''
  if (format.trim() === '') return value
  const seconds = secondsOf(value, run)
  return seconds === undefined || !isWithinCalendar(seconds) ? value : formatted(seconds, format, run)
}

/** Epoch seconds: of `now`, of a number or its text, or of a date in one of the two forms that Liqp reads. */
function secondsOf(value: LiquidValue, run: Rendering): number | undefined {
  if (value === undefined || value === null) return undefined
  if (isNumber(value)) return Math.trunc(toDouble(value))
  const text = textOf(value, run)
  if (text === 'now') return Math.floor(run.now / 1000)
  const number = secondsOfNumber(value, run)
  if (number !== undefined) return number
  run.spend(STEPS_TO_PARSE)
  return parseDate(text, run.settings.timezone)
}

/** Looking up a time zone is slow. */
const STEPS_TO_PARSE = 1_000

function secondsOfNumber(value: LiquidValue, run: Rendering): number | undefined {
  const text = trimmed(value, run)
  return /^[+-]?(?:\d|\.\d|NaN$|Infinity$)/.test(text) ? wholeNumber(text, run) : undefined
}

function wholeNumber(text: string, run: Rendering): number | undefined {
  try {
    return Math.trunc(toDouble(asNumber(text, run)))
  } catch {
    return undefined // it only begins like a number, as a date does
  }
}
