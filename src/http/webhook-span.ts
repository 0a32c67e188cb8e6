import { context, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { FastifyRequest } from 'fastify'

/** Answers a webhook within a span, which is the parent of what it leads to; without an SDK that is nothing. */
export async function withinSpan<T>(tracer: Tracer, request: FastifyRequest, answer: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan('webhook', { kind: SpanKind.SERVER, attributes: { 'request.id': request.id } })
  if (!span.isRecording()) return answer()
  try {
    return await context.with(trace.setSpan(context.active(), span), answer)
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) })
    throw error
  } finally {
    span.setAttribute('kind', request.deliveryKind).end()
  }
}
