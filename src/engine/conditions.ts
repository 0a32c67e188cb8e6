import type { ConditionType } from '../flow/definition.ts'
import { WARNING, type Warning } from './warning.ts'

/** A `match` transition of a split: where it leads and whether it holds for an input. */
export interface Branch {
  /** Its place among the transitions of the widget. */
  readonly index: number
  /** `input` is the split's own input, compared where a condition names nothing else. */
  holds(input: string): Verdict
}

export interface Verdict {
  readonly holds: boolean
  readonly warnings: readonly Warning[]
  /** The conditions that were looked at: all of them, up to the first that does not hold. */
  readonly comparisons: readonly Comparison[]
}

/** One condition as it was judged: a person who looks for the reason sees both texts. */
export interface Comparison {
  readonly type: ConditionType
  readonly operand: string
  readonly value: string
  readonly holds: boolean
}

/** Compares a whole text with a pattern, ignoring case. Comes from outside because hard patterns need a clock. */
export type WholeMatch = (pattern: string) => (text: string) => 'yes' | 'no' | 'timed-out' | 'invalid'

/** Whether one condition of a split holds; operands come as filled text (widgets.md 4). */
export function holds(type: ConditionType, operand: string, value: string, wholeMatch: WholeMatch): Verdict {
  const { holds, warnings } =
    type === 'regex'
      ? matched(wholeMatch(value.trim())(operand.trim()), value)
      : { holds: PREDICATES[type](folded(operand), folded(value)), warnings: [] }
  return { holds, warnings, comparisons: [{ type, operand: shown(operand), value: shown(value), holds }] }
}

/** As much of a text as a person needs to see; all of it is in the context. */
function shown(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}

const MOST_SHOWN = 100

type Judged = Omit<Verdict, 'comparisons'>

type Predicate = (operand: string, value: string) => boolean

const PREDICATES: Readonly<Record<Exclude<ConditionType, 'regex'>, Predicate>> = {
  equal_to: (operand, value) => operand === value,
  not_equal_to: (operand, value) => operand !== value,
  matches_any_of: (operand, value) => listed(value).includes(operand),
  does_not_match_any_of: (operand, value) => !listed(value).includes(operand),
  contains: (operand, value) => operand.includes(value),
  does_not_contain: (operand, value) => !operand.includes(value),
  starts_with: (operand, value) => operand.startsWith(value),
  does_not_start_with: (operand, value) => !operand.startsWith(value),
  is_blank: (operand) => operand === '',
  is_not_blank: (operand) => operand !== '',
  less_than: (operand, value) => compared(operand, value, NUMBER) < 0,
  greater_than: (operand, value) => compared(operand, value, NUMBER) > 0,
  is_before_time: (operand, value) => compared(operand, value, TIME) < 0,
  is_after_time: (operand, value) => compared(operand, value, TIME) > 0,
  is_before_date: (operand, value) => compared(operand, value, DATE) < 0,
  is_after_date: (operand, value) => compared(operand, value, DATE) > 0,
}

function folded(text: string): string {
  return text.trim().toLowerCase()
}

function listed(value: string): string[] {
  return value.split(',').map((item) => item.trim())
}

interface Scale {
  readonly form: RegExp
  read(text: string): number
}

const NUMBER: Scale = { form: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/, read: Number }
const TIME: Scale = { form: /^([01]\d|2[0-3]):[0-5]\d$/, read: (text) => Number(text.replace(':', '')) }
const DATE: Scale = {
  form: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  read: (text) => Number(text.replaceAll('-', '')),
}

/** Less than, equal or greater than zero; not a number, so no comparison holds, where an operand is malformed. */
function compared(operand: string, value: string, scale: Scale): number {
  if (!scale.form.test(operand) || !scale.form.test(value)) return Number.NaN
  return scale.read(operand) - scale.read(value)
}

function matched(match: ReturnType<ReturnType<WholeMatch>>, pattern: string): Judged {
  if (match === 'timed-out')
    return refused(`the pattern ${JSON.stringify(pattern)} took too long, so it does not match`)
  if (match === 'invalid') return refused(`${JSON.stringify(pattern)} is not a valid pattern, so it does not match`)
  return { holds: match === 'yes', warnings: [] }
}

function refused(message: string): Judged {
  return { holds: false, warnings: [{ code: WARNING.template, message }] }
}
