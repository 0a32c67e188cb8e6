import type { Form } from '../../signature/signature.ts'
import { jsonObjectIn } from '../json-object.ts'
import { isWebUrl } from '../messaging/fault.ts'
import type { Hook, StatusCallback } from '../webhooks.ts'
import { invalid } from './refused.ts'

/** A parameter, the last of several; undefined where it is missing or empty. */
export function one(form: Form, name: string): string | undefined {
  return given(form, name) || undefined
}

/** A parameter as it was sent, empty or not. */
export function given(form: Form, name: string): string | undefined {
  return form.findLast(([key]) => key === name)?.[1]
}

/** All values of a parameter that may be repeated. */
export function all(form: Form, name: string): readonly string[] {
  return form.flatMap(([key, value]) => (key === name && value !== '' ? [value] : []))
}

/** A parameter that is true or false; false where it is missing. */
export function isTrue(form: Form, name: string): boolean {
  const text = one(form, name)?.toLowerCase()
  if (text === undefined || text === 'false') return false
  if (text === 'true') return true
  throw invalid(20001, `${name} is ${JSON.stringify(text)}; expected true or false`)
}

/** A whole number within limits. */
export function whole(
  form: Form,
  name: string,
  { least, most, code = 20001 }: { readonly least: number; readonly most: number; readonly code?: number },
): number | undefined {
  const text = one(form, name)
  if (text === undefined) return undefined
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= most) return number
  throw invalid(code, `${name} is ${JSON.stringify(text)}; expected a whole number from ${least} to ${most}`)
}

/** One of a few words. */
export function oneOf<Word extends string>(form: Form, name: string, words: readonly Word[]): Word | undefined {
  const text = one(form, name)
  if (text === undefined) return undefined
  const word = words.find((candidate) => candidate === text)
  if (word !== undefined) return word
  throw invalid(20001, `${name} is ${JSON.stringify(text)}; expected ${words.join(', ')}`)
}

/** `Attributes`: JSON text. */
export function attributesIn(form: Form): string | undefined {
  const text = one(form, 'Attributes')
  if (text === undefined || jsonObjectIn(text)) return text
  throw invalid(20001, `Attributes is ${JSON.stringify(text)}; expected a JSON object`)
}

/** What JSON calls an object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** A parameter that has to be a JSON object. */
export function objectIn(form: Form, name: string): JsonObject {
  const text = one(form, name)
  const object = text === undefined ? undefined : jsonObjectIn(text)
  if (!object) throw invalid(20001, `${name} is ${JSON.stringify(text ?? '')}; expected a JSON object`)
  return object
}

/** A URL and its method, named `Url` and `Method` or the like. */
export function hookIn(
  form: Form,
  { url, method, code }: { url: string; method: string; code: number },
): Hook | undefined {
  const text = one(form, url)
  if (text === undefined) return undefined
  if (!isWebUrl(text)) throw invalid(code, `${url} is ${JSON.stringify(text)}; expected an absolute http or https URL`)
  return { url: text, method: methodIn(form, method) }
}

function methodIn(form: Form, name: string): 'GET' | 'POST' {
  const text = (one(form, name) ?? 'POST').toUpperCase()
  if (text === 'GET' || text === 'POST') return text
  throw invalid(21209, `${name} is ${JSON.stringify(text)}; expected GET or POST`)
}

/** A callback, its method, and the events it wants, in parameters of this name. */
export function callbackIn(
  form: Form,
  name: string,
  { known, usual }: { readonly known: readonly string[]; readonly usual: string },
): StatusCallback | undefined {
  const hook = hookIn(form, { url: name, method: `${name}Method`, code: 21609 })
  const events = all(form, `${name}Event`).flatMap((text) => text.split(/[\s,]+/))
  const odd = events.find((event) => !known.includes(event))
  if (odd !== undefined) throw invalid(21626, `${name}Event is ${JSON.stringify(odd)}; expected of ${known.join(', ')}`)
  return hook && { ...hook, events: events.length > 0 ? events : [usual] }
}
