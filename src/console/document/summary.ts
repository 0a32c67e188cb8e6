import { isObject, type JsonObject } from '../../flow/record.ts'
import type { Catalogue } from './catalogue.ts'
import type { Placed } from './placed.ts'

/** What a card says of its widget, in a line or two: the text that is spoken or sent, the request, the variables. */
export function summaryOf(placed: Placed, catalogue: Catalogue): string {
  const { type, properties } = placed
  const own = SUMMARIES[type]?.(properties)
  return own ?? firstText(properties, catalogue.get(type)?.fields.map(({ name }) => name) ?? Object.keys(properties))
}

const SUMMARIES: Readonly<Record<string, (properties: JsonObject) => string>> = {
  trigger: () => 'Starts the flow',
  'send-message': ({ body, content_sid }) => line(body || content_sid),
  'send-and-wait-for-reply': ({ body, content_sid }) => line(body || content_sid),
  'make-http-request': ({ method, url }) => line(method, url),
  'run-function': ({ url, function_sid }) => line(url ?? function_sid),
  'set-variables': ({ variables }) => pairs(variables),
  'gather-input-on-call': ({ say, play }) => line(say || play),
  'record-voicemail': ({ max_length, timeout }) =>
    listed(max_length && `max ${line(max_length)} s`, timeout && `silence ${line(timeout)} s`),
  'connect-call-to': ({ noun, to }) => line(to ?? noun),
  'send-to-flex': ({ channel, attributes }) => line(channel ?? attributes),
}

function firstText(properties: JsonObject, names: readonly string[]): string {
  const text = names.map((name) => properties[name]).find((value) => typeof value === 'string' && value.trim() !== '')
  return line(text)
}

function pairs(variables: unknown): string {
  if (!Array.isArray(variables)) return ''
  return variables
    .filter(isObject)
    .map(({ key, value }) => `${line(key)} = ${line(value)}`)
    .join('\n')
}

function listed(...parts: readonly unknown[]): string {
  return parts.filter(Boolean).join(', ')
}

/** Scalars in one line; anything else is for the inspector. */
function line(...values: readonly unknown[]): string {
  const scalars = values.filter((value) => typeof value === 'string' || typeof value === 'number')
  return scalars.join(' ').trim().slice(0, LONGEST)
}

/** No card shows more, and a prompt can have thousands. */
const LONGEST = 200
