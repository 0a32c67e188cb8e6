import type { PlacedWidget } from '../flow/definition.ts'
import { isObject, type JsonObject } from '../flow/record.ts'

/** What a card says of its widget: the text that is spoken or sent, the request, the variables. */
export function summaryOf({ type, properties }: PlacedWidget): string {
  return (SUMMARIES[type] ?? firstText)(properties)
}

const SUMMARIES: Readonly<Record<string, (properties: JsonObject) => string>> = {
  trigger: () => 'Starts the flow',
  'split-based-on': ({ input }) => line(input),
  'make-http-request': ({ method, url }) => line(method, url),
  'run-function': ({ url, function_sid }) => line(url ?? function_sid),
  'set-variables': ({ variables }) => pairs(variables),
  'record-voicemail': ({ max_length, timeout }) => line('max', max_length, 's, silence', timeout, 's'),
  'connect-call-to': ({ noun, to }) => line(to ?? noun),
  'send-to-flex': ({ channel, attributes }) => line(channel ?? attributes),
}

function firstText(properties: JsonObject): string {
  const names = ['say', 'body', 'message', 'play', 'url', 'to', ...Object.keys(properties)]
  return line(names.map((name) => properties[name]).find((value) => typeof value === 'string' && value.trim() !== ''))
}

function pairs(variables: unknown): string {
  if (!Array.isArray(variables)) return ''
  return variables
    .filter(isObject)
    .map(({ key, value }) => `${line(key)} = ${line(value)}`)
    .join('; ')
}

/** Scalars in one line. */
function line(...values: readonly unknown[]): string {
  const scalars = values.filter((value) => typeof value === 'string' || typeof value === 'number')
  return scalars.join(' ').replaceAll(/\s+/g, ' ').trim()
}
