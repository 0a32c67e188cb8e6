import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../errors.ts'
import type { Form } from '../signature/signature.ts'
import { pathOf, queryIn } from './base-url.ts'
import { type CountedCredentials, showsKnown } from './login/credentials.ts'
import { refuseForeignPage } from './login/own-page.ts'
import { brokenEscape, type FormBody, parseForm } from './webhooks/form.ts'

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

/** Mounts it where Twilio has its own; what is wrong with credentials is for the API to say, but for how often. */
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
      const path = pathOf(request)
      const queryText = queryIn(request.url)
      const query = parseForm(queryText)
      if (!query) throw new Refusal('invalidRequest', `the query is malformed: ${brokenEscape(queryText)}`)
      const form = (request.body as FormBody | undefined)?.form ?? [] // made by the content type parsers of server.ts
      const { headers } = request
      const method = request.method === 'HEAD' ? 'GET' : request.method // the server leaves the body out
      const { status, contentType, body } = api.handle({
        method,
        path,
        authorization: showsKnown(request, known) ? headers.authorization : undefined,
        token: [headers['i-twilio-idempotency-token']].flat()[0],
        query,
        form,
      })
      return reply.code(status).type(contentType).send(body)
    },
  })
}
