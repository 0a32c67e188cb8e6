import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ERRORS, type ErrorName, errorBody, Refusal } from '../errors.ts'
import { withoutQuotes } from '../log-mask.ts'
import { isLive } from '../runtime/turn.ts'
import { StorageFailed } from '../store/storage-failed.ts'
import { renderTwiml } from '../twiml/render.ts'
import { pathOf, queryIn } from './base-url.ts'
import { TWIML } from './webhooks/flow.ts'
import { bodyOf, lenientForm, valuesOf } from './webhooks/form.ts'

/** Answers an error as `failAsJson` does; but a caller hears a sentence instead of silence. */
export function fail(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isRefused = error instanceof Refusal && REFUSED.has(error.error)
  if (isRefused || !isLiveCall(request)) return failAsJson(error, request, reply)
  log(error, request)
  return reply.code(200).type(TWIML).send(APOLOGY)
}

/** Answers every error in Twilio's shape. */
export function failAsJson(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { name, message, details } = log(error, request)
  const body = errorBody(name, message, details)
  if (body.status === ERRORS.unavailable.status) reply.header('retry-after', RETRY_AFTER_S)
  return reply.code(body.status).send(body)
}

/** Seconds after which it is worth another attempt. */
const RETRY_AFTER_S = 2

function log(error: FastifyError | Refusal, request: FastifyRequest): Named {
  const told = named(error, request)
  if (told.name === 'internal') request.log.error({ err: error, path: pathOf(request) }, 'a request failed')
  else if (error instanceof StorageFailed)
    request.log.error({ reason: error.message, path: pathOf(request) }, 'a request failed')
  else refused(told, request)
  return told
}

/** Values that a caller has sent are told to that caller alone, and stay out of the log above debug. */
function refused({ name, message }: Named, request: FastifyRequest): void {
  const about = { path: pathOf(request), code: ERRORS[name].code }
  request.log.warn(about, withoutQuotes(message))
  request.log.debug({ ...about, told: message }, 'a request was refused')
}

/** Refusals without an apology: the carrier's fallback URL is there for them, or no caller is concerned. */
const REFUSED: ReadonlySet<ErrorName> = new Set(['wrongSignature', 'foreignPage', 'tooManyRequests', 'unavailable'])

const APOLOGY = renderTwiml([
  { verb: 'Say', text: 'We are sorry, an application error has occurred. Goodbye.' },
  { verb: 'Hangup' },
])

function isLiveCall(request: FastifyRequest): boolean {
  const { form = [] } = bodyOf(request)
  const params = valuesOf([...lenientForm(queryIn(request.url)), ...form])
  return Boolean(params.CallSid) && isLive(params)
}

interface Named {
  readonly name: ErrorName
  readonly message: string
  readonly details?: object | undefined
}

function named(error: FastifyError | Refusal, request: FastifyRequest): Named {
  if (error instanceof Refusal) return { name: error.error, message: error.message, details: error.details }
  if (error instanceof StorageFailed)
    return { name: 'unavailable', message: 'The database cannot be used at the moment' }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return {
      name: 'bodyTooLarge',
      message: `the body has ${request.headers['content-length'] ?? 'too many'} bytes; at most ${request.routeOptions.bodyLimit} are taken`,
    }
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const type = JSON.stringify(request.headers['content-type'] ?? '')
    return {
      name: 'unknownContentType',
      message: `the content type ${type} is not understood; expected application/x-www-form-urlencoded`,
    }
  }
  const isTheirs = error.statusCode !== undefined && error.statusCode < 500
  return isTheirs
    ? { name: 'invalidRequest', message: error.message }
    : { name: 'internal', message: 'An internal error occurred' }
}
