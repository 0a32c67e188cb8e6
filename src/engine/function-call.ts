import { z } from 'zod'
import { keyValues, required, text, verbatim } from '../flow/properties.ts'
import { isTwiml } from '../twiml/render.ts'
import type { FlowEvent, HttpOutcome } from './event.ts'
import type { Fields } from './fields.ts'
import { answerFields, jsonObject, succeeded } from './http-answer.ts'
import { WARNING, type Warning } from './warning.ts'
import { webUrl } from './web-url.ts'
import { ask, exit, type Result, type Visit } from './widget.ts'

/** The properties of a widget that calls a function (widgets.md 3.18). */
export const functionProperties = z.object({
  service_sid: text().meta({ title: 'Service' }),
  environment_sid: text().meta({ title: 'Environment' }),
  function_sid: text().meta({ title: 'Function' }),
  url: required(verbatim()).meta({ title: 'Function URL' }),
  parameters: keyValues().meta({ title: 'Function parameters' }),
})

type FunctionVisit = Visit<z.output<typeof functionProperties>>

/** Calls the function with the parameters as a form, so that they are fields of its `event`. */
export function callFunction<const Failure extends string>(
  { properties }: FunctionVisit,
  failure: Failure,
): Result<Failure> {
  const { url, parameters = [] } = properties
  const address = webUrl(url)
  if (!address) return exit(failure, { warnings: [notRun(`${JSON.stringify(url)} is no absolute http or https URL`)] })
  const form = parameters.map(({ key, value }) => [key, value] as const)
  return ask({ type: 'http-request', method: 'POST', url: address.href, form }, 'http-responded')
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
