import { finished } from 'node:stream'
import type { Tracer } from '@opentelemetry/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../../errors.ts'
import type { FlowLibrary, ServedFlow } from '../../runtime/flows.ts'
import type { Reception } from '../../runtime/reception.ts'
import type { Delivery } from '../../runtime/turn.ts'
import type { Form } from '../../signature/signature.ts'
import { baseUrl, pathOf } from '../base-url.ts'
import { refuseForeignPage } from '../login/own-page.ts'
import { headerOf, requireSignature } from '../signed.ts'
import { withinSpan } from '../webhook-span.ts'
import { deliveryOf } from './delivery.ts'
import { bodyOf, queryPairs } from './form.ts'
import { hasHungUp } from './hung-up.ts'

/** What the webhooks need. */
export interface WebhookParts {
  readonly reception: Reception
  readonly flows: FlowLibrary
  readonly accountSid: string
  /** Undefined: signatures are not checked. */
  readonly tokens: readonly string[] | undefined
  /** Base of every URL given out; undefined: as the request says. */
  readonly publicUrl: string | undefined
  readonly tracer: Tracer
}

/** The webhooks of a flow, at Twilio's path and at its file name: calls, messages, status callbacks (interface, "Webhooks"). */
export function flowWebhooks(server: FastifyInstance, parts: WebhookParts): void {
  server.route<{ Params: { flowSid: string } }>({
    method: ['GET', 'POST'],
    url: '/v1/Accounts/:accountSid/Flows/:flowSid',
    config: { operation: WEBHOOK },
    handler: (request, reply) => {
      const { flowSid } = request.params
      return answered({ request, reply, parts, flowSid, find: () => parts.flows.bySid(flowSid) })
    },
  })
  server.route<{ Params: { name: string } }>({
    method: ['GET', 'POST'],
    url: '/flows/:name',
    config: { operation: WEBHOOK },
    handler: (request, reply) => {
      const { name } = request.params
      return answered({ request, reply, parts, flowSid: name, find: () => parts.flows.find(name) })
    },
  })
}

const WEBHOOK = {
  summary: 'Tells a flow of a call, a message, a status or a conversation; answered with TwiML, or with 204',
  form: z.looseObject({}),
  answer: z.string(),
  type: 'text/xml',
  access: 'signature',
} as const

interface Asked {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly parts: WebhookParts
  /** As the URL names the flow. */
  readonly flowSid: string
  find(): ServedFlow | undefined
}

function answered(asked: Asked): Promise<FastifyReply> {
  return withinSpan(asked.parts.tracer, asked.request, () => answer(asked))
}

async function answer({ request, reply, parts, ...asked }: Asked): Promise<FastifyReply> {
  const { query, body, raw } = formsOf(request)
  if (parts.tokens) requireSignature(request, { tokens: parts.tokens, publicUrl: parts.publicUrl, form: body, raw })
  else refuseForeignPage(request, parts.publicUrl) // nothing else keeps them out
  const flow = asked.find()
  const { sid: flowSid } = flow ?? { sid: asked.flowSid }
  const delivery = deliveryOf([...query, ...body], {
    flowSid,
    token: headerOf(request, 'i-twilio-idempotency-token'),
    requestId: request.id,
    webhookUrl: `${baseUrl(request, parts)}/v1/Accounts/${parts.accountSid}/Flows/${flowSid}`,
  })
  request.deliveryKind = delivery.kind
  // The file of a flow can go or get another sid while somebody is in it.
  if (!flow && !(await parts.reception.expects(delivery)))
    throw new Refusal(
      'notFound',
      `The requested resource ${pathOf(request)} was not found: no such flow; served are ${served(parts.flows)}`,
    )
  const { twiml, heard, lost } = await parts.reception.receive(delivery)
  if (heard && lost) {
    const isLost = await hasHungUp(request.raw)
    finished(reply.raw, (error) => (error || isLost ? lost() : heard()))
  }
  return isAcknowledged(delivery) ? reply.code(204).send() : reply.type(TWIML).send(twiml)
}

/** What TwiML is answered as (twiml.md 1.3). */
export const TWIML = 'text/xml; charset=utf-8'

/** Nothing is to be said to whoever tells of these. */
function isAcknowledged({ kind }: Delivery): boolean {
  return kind === 'call-status' || kind === 'message-status' || kind === 'conversation'
}

interface Forms {
  readonly query: Form
  readonly body: Form
  /** Set when the body is no form: only its hash is signed. */
  readonly raw?: string | undefined
}

function formsOf(request: FastifyRequest): Forms {
  const { form = [], raw } = bodyOf(request)
  return { query: queryPairs(request.url), body: form, raw }
}

function served(flows: FlowLibrary): string {
  const names = flows.list().map(({ name }) => name)
  return names.length > 0 ? names.slice(0, 10).join(', ') + (names.length > 10 ? ', …' : '') : 'none'
}
