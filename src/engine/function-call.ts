import { z } from 'zod'
import { keyValues, text, verbatim } from '../flow/properties.ts'
import { isTwiml } from '../twiml/render.ts'
import type { FlowEvent, HttpOutcome } from './event.ts'
import type { Fields } from './fields.ts'
import { answerFields, jsonObject, succeeded } from './http-answer.ts'
import { WARNING, type Warning } from './warning.ts'
import { webUrl } from './web-url.ts'
import { ask, exit, type Result, type Visit } from './widget.ts'

/** The properties of a widget that calls a function; exports leave out the URL where there is a sid (widgets.md 3.18, functions-flex.md A6). */
export const functionProperties = z
  .object({
    service_sid: text().meta({ title: 'Service' }),
    environment_sid: text().meta({ title: 'Environment' }),
    function_sid: text().meta({ title: 'Function' }),
    url: verbatim().meta({ title: 'Function URL', description: 'Required without a function' }),
    parameters: keyValues().meta({ title: 'Function parameters' }),
  })
  .refine(({ url, function_sid }) => url !== undefined || function_sid !== undefined, {
    path: ['url'],
    error: 'is missing but it is required',
  })

type FunctionVisit = Visit<z.output<typeof functionProperties>>

/** Calls the function with the parameters as a form, so that they are fields of its `event`. */
export function callFunction<const Failure extends string>(
  { properties }: FunctionVisit,
  failure: Failure,
): Result<Failure> {
  const { url = '', function_sid: sid, parameters = [] } = properties
  const address = webUrl(url)?.href ?? pathIn(url) ?? sid
  if (address === undefined) return exit(failure, { warnings: [notRun(`${JSON.stringify(url)} ${NO_ADDRESS}`)] })
  const form = parameters.map(({ key, value }) => [key, value] as const)
  const called = { method: 'POST', url: address, form, function: { sid } } as const
  return ask({ type: 'http-request', ...called }, 'http-responded')
}

const NO_ADDRESS = 'is neither an absolute http or https URL nor the path of a function'

/** The path of a function that is served here; two slashes would begin a host. */
function pathIn(url: string): string | undefined {
  return /^\/(?![/\\])/.test(url) ? url : undefined
}

/** Leaves by what the function answered; TwiML on a live call takes the call over (functions-flex.md A6). */
export function functionAnswered<const Failure extends string>(
  { execution }: FunctionVisit,
  event: FlowEvent,
  failure: Failure,
): Result<Failure | 'success'> | undefined {
  if (event.type !== 'http-responded') return undefined
  const { outcome } = event
  if (!outcome.ok) return exit(failure, { warnings: [unanswered(outcome)] })
  const output = { ...answerFields(outcome, jsonObject(outcome)), ...concurrencyOf(outcome) }
  if (!succeeded(outcome))
    return exit(failure, { output, warnings: [notRun(`the function answered with status ${outcome.status}`)] })
  if (execution.call?.live && isXml(outcome.contentType) && isTwiml(outcome.body)) {
    return { kind: 'give-up', exit: 'success', document: { xml: outcome.body }, output }
  }
  return exit('success', { output })
}

/** The only header of an answer that flows see. */
const CONCURRENCY = 'x-twilio-function-concurrency'

function concurrencyOf({ headers }: Extract<HttpOutcome, { ok: true }>): Fields {
  const concurrency = headers[CONCURRENCY]
  return concurrency === undefined ? {} : { headers: { [CONCURRENCY]: concurrency } }
}

function isXml(contentType: string): boolean {
  return contentType === 'text/xml' || contentType === 'application/xml'
}

function notRun(message: string): Warning {
  return { code: WARNING.functionNotRun, message }
}

/** A function that ran, but answered too late or too much, is another matter than one that was not reached (engine.md 1.7). */
function unanswered({ reason, message }: Extract<HttpOutcome, { ok: false }>): Warning {
  const ran = reason === 'timeout' || reason === 'too-large'
  return ran ? { code: WARNING.functionAnswer, message } : notRun(message)
}
