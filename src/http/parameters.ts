import { Refusal } from '../errors.ts'
import type { Form } from '../signature/signature.ts'

/** The value of a parameter, the last one where it comes more than once; an empty one counts as left out. */
export function given(form: Form, name: string): string | undefined {
  return form.findLast(([key]) => key === name)?.[1] || undefined
}

/** The value of a parameter that must be there; throws a `Refusal` where it is not. */
export function required(form: Form, name: string): string {
  const value = given(form, name)
  if (value === undefined) throw new Refusal('invalidRequest', `Missing required parameter ${name} in the post body`)
  return value
}

/** One of these words; undefined when it is left out. */
export function oneOf<const Word extends string>(form: Form, name: string, words: readonly Word[]): Word | undefined {
  const value = given(form, name)
  if (value === undefined) return undefined
  const word = words.find((one) => one === value)
  if (word === undefined)
    throw new Refusal(
      'invalidRequest',
      `${name} is ${JSON.stringify(shortened(value))}; expected ${words.join(' or ')}`,
    )
  return word
}

/** A time, as epoch milliseconds, in UTC unless it says where; undefined when it is left out. */
export function time(form: Form, name: string): number | undefined {
  const value = given(form, name)
  if (value === undefined) return undefined
  const [, day = '', clock = 'T00:00', zone = 'Z'] = ISO.exec(value) ?? []
  const at = Date.parse(`${day}${clock}${zone.replace(' ', '+')}`)
  if (!Number.isNaN(at) && isDay(day)) return at
  const expected = 'expected a time in ISO 8601 such as 2026-03-02T09:30:00Z'
  throw new Refusal('invalidRequest', `${name} is ${JSON.stringify(shortened(value))}; ${expected}`)
}

/** A plus is a space where a query was not encoded. */
const ISO = /^(\d{4}-\d{2}-\d{2})(?:(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+ -]\d{2}:?\d{2})?)?$/

/** The 30th of February is parsed as the 2nd of March. */
function isDay(day: string): boolean {
  return new Date(`${day}T00:00Z`).toISOString().startsWith(day)
}

/** The same for the end of a period, which is inclusive: dates are shown in whole seconds, so one without a fraction stands for its whole second. */
export function endTime(form: Form, name: string): number | undefined {
  const at = time(form, name)
  return at === undefined || given(form, name)?.includes('.') ? at : at + 999
}

/** A value as a message shows it: as much as a reader needs to know it by. */
export function shortened(value: string): string {
  return value.length > 100 ? `${value.slice(0, 100)}…` : value
}
