import { z } from 'zod'
import type { EventType, FlowEvent } from '../engine/event.ts'
import { trusted } from './trusted.ts'

const fields = z.record(z.string(), z.unknown())
const params = z.looseObject({ params: z.record(z.string(), z.string()) })
const message = z.looseObject({ message: fields })
const refusal = z.looseObject({ reason: z.string() })
const outcome = z.discriminatedUnion('ok', [
  z.looseObject({
    ok: z.literal(true),
    status: z.number(),
    contentType: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
  z.looseObject({ ok: z.literal(false), reason: z.string(), message: z.string() }),
])

/** What each event has beside its type. */
const SHAPES: Readonly<Record<EventType, z.ZodType>> = {
  'incoming-call': params,
  'incoming-message': params,
  'incoming-conversation-message': params,
  'incoming-request': z.looseObject({ to: z.string(), from: z.string(), parameters: fields }),
  continued: params,
  'call-ended': params,
  'message-status': params,
  'http-responded': z.looseObject({ outcome }),
  'message-sent': message,
  'message-refused': message,
  'conversation-opened': z.looseObject({
    conversation: fields,
    participants: z.array(fields),
    webhookSid: z.string(),
  }),
  'conversation-refused': refusal,
  'conversation-left': fields,
  'handed-over': z.looseObject({ resource: fields }),
  'hand-over-refused': refusal,
  'call-placed': z.looseObject({ call: fields }),
  'call-refused': refusal,
  'call-answered': params,
  'call-reported': params,
  'recording-changed': z.looseObject({ recording: fields }),
  'recording-refused': refusal,
  'time-ran-out': fields,
  stopped: fields,
}

const shapes = new Map(Object.entries(SHAPES))

/** An event as a bundle holds it. */
export const event = trusted<FlowEvent>(
  z.looseObject({ type: z.string() }).refine((one) => shapes.get(one.type)?.safeParse(one).success ?? false),
)
