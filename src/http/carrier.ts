import type { FastifyInstance } from 'fastify'
import { Refusal } from '../errors.ts'
import type { Form } from '../signature/signature.ts'
import { type FormBody, parseForm } from './webhooks/form.ts'

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

/** Mounts it where Twilio has its own. */
export function carrierRoutes(server: FastifyInstance, api: CarrierApi): void {
  for (const url of ['/2010-04-01/*', '/v1/*']) carrierRoute(server, { url, api })
}

interface Mounted {
  readonly url: string
  readonly api: CarrierApi
}

function carrierRoute(server: FastifyInstance, { url, api }: Mounted): void {
  server.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    url,
    handler(request, reply) {
      const [path = '', queryText = ''] = request.url.split('?', 2)
      const query = parseForm(queryText)
      if (!query) throw new Refusal('invalidRequest', `the query ${JSON.stringify(queryText)} is malformed`)
      const form = (request.body as FormBody | undefined)?.form ?? [] // made by the content type parsers of server.ts
      const { headers } = request
      const method = request.method === 'HEAD' ? 'GET' : request.method // the server leaves the body out
      const { status, contentType, body } = api.handle({
        method,
        path,
        authorization: headers.authorization,
        token: [headers['i-twilio-idempotency-token']].flat()[0],
        query,
        form,
      })
      return reply.code(status).type(contentType).send(body)
    },
  })
}
