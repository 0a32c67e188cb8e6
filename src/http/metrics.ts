import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type ApiAccess, behindCredentials } from './access.ts'

/** What `/metrics` needs. */
export interface MetricsParts extends ApiAccess {
  /** In development anybody may look: only this machine can. */
  readonly development: boolean
  /** What is told of a webhook that was answered. */
  readonly metrics: WebhookMeter & { shown(): Promise<{ readonly type: string; readonly text: string }> }
}

interface WebhookMeter {
  answered(kind: string, status: number, milliseconds: number): void
}

/** Serves `/metrics` to Prometheus, behind the credentials of the REST API. */
export function metricsRoute(server: FastifyInstance, parts: MetricsParts): void {
  const serve = (api: FastifyInstance) =>
    api.get('/metrics', { exposeHeadRoute: true, config: { operation: METRICS } }, async (_request, reply) => {
      const { type, text } = await parts.metrics.shown()
      return reply.type(type).send(text)
    })
  if (parts.development) serve(server)
  else behindCredentials(server, parts, serve)
}

const METRICS = { summary: 'Metrics for Prometheus', answer: z.string(), type: 'text/plain' } as const

declare module 'fastify' {
  interface FastifyRequest {
    /** What a webhook delivers, once that is known. */
    deliveryKind: string
  }
}

/** Times every answer of a part of the server that takes webhooks. */
export function timeWebhooks(server: FastifyInstance, meter: WebhookMeter): void {
  server.decorateRequest('deliveryKind', 'unknown')
  server.addHook('onResponse', (request, reply, done) => {
    meter.answered(request.deliveryKind, reply.statusCode, reply.elapsedTime)
    done()
  })
}
