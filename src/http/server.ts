import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import { errorBody, Refusal } from '../errors.ts'
import { type ApiParts, ownApi } from './api/api.ts'
import { answerBrokenRequest } from './client-error.ts'
import { endConnectionsOnClose } from './closing.ts'
import { type ConnectionLimits, timeLimits, USUAL_LIMITS } from './connections.ts'
import { type ConsoleParts, consoleFiles } from './console.ts'
import { fail } from './fail.ts'
import { projectResources, type ResourceParts } from './functions/resources.ts'
import { type LoginParts, login } from './login/login.ts'
import { type MetricsParts, metricsRoute, timeWebhooks } from './metrics.ts'
import { type DocsParts, docs } from './openapi/docs.ts'
import { describeRoutes } from './openapi/routes.ts'
import { refusingOtherMethods } from './other-methods.ts'
import { type PressureParts, pressure } from './pressure.ts'
import { type ReadinessParts, readiness } from './readiness.ts'
import { requestId, tellRequestIds } from './request-id.ts'
import { type StudioParts, studioApi } from './studio/studio.ts'
import { flowWebhooks, type WebhookParts } from './webhooks/flow.ts'
import { brokenEscape, type FormBody, formOfJson, lenientForm, parseForm } from './webhooks/form.ts'

/** What the server needs. */
export interface ServerParts
  extends WebhookParts,
    StudioParts,
    ApiParts,
    LoginParts,
    ResourceParts,
    MetricsParts,
    PressureParts,
    ReadinessParts,
    DocsParts,
    ConsoleParts {
  readonly log: Logger
  /** As fastify's trustProxy: whether, or whose, X-Forwarded headers count. */
  readonly trustProxy: boolean | readonly string[]
  readonly connections: ConnectionLimits
}

/** 64 kB: no webhook of the carrier's is larger. */
const BODY_LIMIT = 65_536

/** The HTTP server with every route; not listening yet. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const server = bareServer(parts)
  const operations = describeRoutes(server)
  const refuseOthers = refusingOtherMethods(server)
  readiness(server, parts)
  pressure(server, parts)
  server.register(async (webhooks) => {
    timeWebhooks(webhooks, parts.metrics)
    flowWebhooks(webhooks, parts)
  })
  metricsRoute(server, parts)
  docs(server, parts, operations)
  studioApi(server, parts)
  login(server, parts)
  ownApi(server, parts)
  consoleFiles(server, parts)
  refuseOthers()
  projectResources(server, parts)
  return server
}

/** A server without routes: it reads bodies and answers errors as all of ours do. */
export function bareServer({ log, trustProxy, connections = USUAL_LIMITS }: BareParts): FastifyInstance {
  const { http, ...times } = timeLimits(connections)
  const server = fastify({
    loggerInstance: log,
    logController: new LogController({
      disableRequestLogging: true, // 35 µs a line, and a step logs itself
      requestIdLogLabel: 'requestId',
    }),
    frameworkErrors: (error, request, reply) => void fail(error, request, reply as FastifyReply),
    clientErrorHandler: answerBrokenRequest,
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    trustProxy: typeof trustProxy === 'boolean' ? trustProxy : [...trustProxy],
    routerOptions: { maxParamLength: 500 },
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    return503OnClosing: false, // it has no shape of ours; see readiness.ts
    exposeHeadRoutes: false, // a webhook that is only looked at must not move a flow
    pluginTimeout: 0, // closing takes as long as what is under way; the command bounds it
    ...times,
    http: { ...http, maxHeaderSize: BODY_LIMIT }, // a webhook by GET has its parameters in the first line
  }) as unknown as FastifyInstance // the logger's type is part of fastify's; nothing here depends on it
  server.server.maxConnections = connections.atOnce

  tellRequestIds(server)
  readBodies(server)
  endConnectionsOnClose(server)
  server.setErrorHandler((error: FastifyError | Refusal, request, reply) => fail(error, request, reply))
  server.setNotFoundHandler((request, reply) =>
    reply.code(404).send(errorBody('notFound', `The requested resource ${request.url.split('?', 1)[0]} was not found`)),
  )
  return server
}

type BareParts = Pick<ServerParts, 'log' | 'trustProxy'> & Partial<Pick<ServerParts, 'connections'>>

/** Bodies are parsed by zod, where they are read. The compilers that fastify would have for schemas of its own are a hundred modules, loaded at every start. */
function noSchemas(): never {
  throw new Error('a route has a schema of fastify, which nothing compiles here')
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
      if (raw === '') return {} // many a client says what it would send, and sends nothing
      try {
        return { raw, form: formOfJson(JSON.parse(raw)) }
      } catch {
        const found = `a body of ${raw.length} characters that is no JSON` // what it says is nobody's but the caller's
        throw new Refusal('invalidRequest', `the content type is application/json; found ${found}`)
      }
    },
  )
}
