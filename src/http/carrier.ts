import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Form } from '../signature/signature.ts'
import { pathOf } from './base-url.ts'
import { type CountedCredentials, showsKnown } from './login/credentials.ts'
import { refuseForeignPage } from './login/own-page.ts'
import { headerOf } from './signed.ts'
import { bodyOf, queryPairs } from './webhooks/form.ts'

/** A carrier's REST API that runs in this very process. */
export interface CarrierApi {
  handle(request: CarrierRequest): CarrierAnswer
}

export interface CarrierRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly authorization: string | undefined
  /** `I-Twilio-Idempotency-Token`. */
  readonly token: string | undefined
  readonly query: Form
  readonly form: Form
}

export interface CarrierAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string | Buffer
}

/** Mounts it at Twilio's own paths. The API itself refuses wrong credentials; here they are counted, and refused where there are too many. */
export function carrierRoutes(server: FastifyInstance, api: CarrierApi, known: CountedCredentials): void {
  for (const url of ['/2010-04-01/*', '/v1/*']) carrierRoute(server, { url, api, known })
}

const CARRIER = {
  summary: 'The REST API of the simulated carrier, as Twilio has it',
  answer: z.unknown(),
  access: 'credentials',
} as const

interface Mounted {
  readonly url: string
  readonly api: CarrierApi
  readonly known: CountedCredentials
}

function carrierRoute(server: FastifyInstance, { url, api, known }: Mounted): void {
  server.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    url,
    config: { operation: CARRIER },
    handler(request, reply) {
      refuseForeignPage(request, undefined)
      const { form = [] } = bodyOf(request)
      const method = request.method === 'HEAD' ? 'GET' : request.method // the server leaves the body out
      const { status, contentType, body } = api.handle({
        method,
        path: pathOf(request),
        authorization: showsKnown(request, known) ? request.headers.authorization : undefined,
        token: headerOf(request, 'i-twilio-idempotency-token'),
        query: queryPairs(request.url),
        form,
      })
      return reply.code(status).type(contentType).send(body)
    },
  })
}
