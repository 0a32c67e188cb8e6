import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import { ERRORS, type ErrorName, errorBody, Refusal } from '../errors.ts'
import { isLive } from '../runtime/turn.ts'
import { renderTwiml } from '../twiml/render.ts'
import { createExecution, type ExecutionParts } from './api/executions.ts'
import { type ApiParts, validateFlow } from './api/validate-flow.ts'
import { flowWebhooks, TWIML, type WebhookParts } from './webhooks/flow.ts'
import { brokenEscape, type FormBody, formOfJson, lenientForm, paramsOf, parseForm } from './webhooks/form.ts'

/** What the server needs. */
export interface ServerParts extends WebhookParts, ApiParts, ExecutionParts {
  readonly log: Logger
  /** As fastify's trustProxy: whether, or whose, X-Forwarded headers count. */
  readonly trustProxy: boolean | readonly string[]
}

/** 64 kB: no webhook of the carrier's is larger. */
const BODY_LIMIT = 65_536

/** The HTTP server with every route; not listening yet. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const server = fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }), // 35 µs a line, and a step logs itself
    frameworkErrors: (error, request, reply) => void fail(error, request, reply as FastifyReply),
    bodyLimit: BODY_LIMIT,
    trustProxy: typeof parts.trustProxy === 'boolean' ? parts.trustProxy : [...parts.trustProxy],
    routerOptions: { maxParamLength: 500 },
    exposeHeadRoutes: false, // a webhook that is only looked at must not move a flow
    http: { maxHeaderSize: BODY_LIMIT }, // a webhook by GET has its parameters in the first line
  }) as unknown as FastifyInstance // the logger's type is part of fastify's; nothing here depends on it

  readBodies(server)
  server.setErrorHandler((error: FastifyError | Refusal, request, reply) => fail(error, request, reply))
  server.setNotFoundHandler((request, reply) =>
    reply.code(404).send(errorBody('notFound', `The requested resource ${request.url.split('?', 1)[0]} was not found`)),
  )
  server.get('/healthz', () => ({ status: 'ok' }))
  flowWebhooks(server, parts)
  validateFlow(server, parts)
  createExecution(server, parts)
  return server
}

function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (request: FastifyRequest, text: string): Promise<FormBody> => {
      const form = parseForm(text)
      if (form) return { form }
      request.body = { form: lenientForm(text) } satisfies FormBody // tells a live call from other errors
      throw new Refusal('invalidRequest', `the form body is malformed: ${brokenEscape(text)}`)
    },
  )
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: FastifyRequest, raw: string): Promise<FormBody> => {
      try {
        return { raw, form: formOfJson(JSON.parse(raw)) }
      } catch {
        const found = `a body of ${raw.length} characters that is no JSON` // what it says is nobody's but the caller's
        throw new Refusal('invalidRequest', `the content type is application/json; found ${found}`)
      }
    },
  )
}

/** Answers every error in Twilio's shape; a caller hears a sentence instead of silence. */
function fail(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { name, message, details } = named(error, request)
  const [path] = request.url.split('?', 1) // the query of a webhook holds phone numbers
  if (name === 'internal') request.log.error({ err: error, path }, 'a request failed')
  else request.log.warn({ path, code: ERRORS[name].code }, message)
  if (name !== 'wrongSignature' && isLiveCall(request)) return reply.code(200).type(TWIML).send(APOLOGY)
  const body = errorBody(name, message, details)
  return reply.code(body.status).send(body)
}

const APOLOGY = renderTwiml([
  { verb: 'Say', text: 'We are sorry, an application error has occurred. Goodbye.' },
  { verb: 'Hangup' },
])

function isLiveCall(request: FastifyRequest): boolean {
  const body = request.body as FormBody | null | undefined // made by the content type parsers above alone
  const params = paramsOf(lenientForm(request.url.split('?', 2)[1] ?? ''), body?.form ?? [])
  return Boolean(params.CallSid) && isLive(params)
}

interface Named {
  readonly name: ErrorName
  readonly message: string
  readonly details?: object | undefined
}

function named(error: FastifyError | Refusal, request: FastifyRequest): Named {
  if (error instanceof Refusal) return { name: error.error, message: error.message, details: error.details }
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
