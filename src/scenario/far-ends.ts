import { z } from 'zod'
import type { CallPlan, ConnectPlan, Guest, MessagePlan, PaymentPlan, QueuePlan } from '../simulator/plans.ts'
import { duration } from './duration-form.ts'
import { form, words } from './form.ts'

/** What those do whom a flow dials. */
export const Callee = z
  .union([
    z.enum(['busy', 'no-answer', 'failed']).transform((outcome): CallPlan => ({ outcome, after: 3 })),
    form({
      answers: duration.meta({ description: 'How long it rings.' }),
      talks: duration.optional().meta({ description: 'After how long they hang up; left out: never.' }),
      answeredBy: z.enum(['human', 'machine', 'fax', 'unknown']).optional().meta({ description: 'What answers.' }),
      presses: words.optional().meta({ description: 'Keys that they press when some are asked for.' }),
    }).transform(
      ({ answers, talks, answeredBy = 'human', presses }): CallPlan => ({
        outcome: 'answered',
        after: answers,
        answeredBy,
        ...(talks !== undefined && { talks }),
        ...(presses !== undefined && { presses }),
      }),
    ),
  ])
  .meta({ id: 'Callee', description: 'What happens at the far end when the flow dials it.' })

/** What becomes of those who wait in a queue. */
export const Queue = z
  .union([
    z.enum(['nobody', 'queue-full', 'system-error', 'error']).transform((kind): QueuePlan => ({ kind })),
    form({
      answers: duration.meta({ description: 'After how long an agent takes the caller.' }),
      talks: duration.meta({ description: 'How long the agent talks.' }),
    }).transform(({ answers: after, talks }): QueuePlan => ({ kind: 'answered', after, talks })),
  ])
  .meta({ id: 'Queue', description: 'What happens to callers in a queue.' })

/** A phone that is off, an error without a name, somebody who has opted out. */
const USUAL_CODES = { undelivered: 30003, failed: 30008, refused: 21610 } as const

const code = z.int('a code of the error dictionary').optional()

/** What becomes of texts to somebody. */
export const Recipient = z
  .union([
    z.enum(['sent', 'delivered', 'read']).transform((outcome): MessagePlan => ({ outcome })),
    z
      .enum(['undelivered', 'failed', 'refused'])
      .transform((outcome): MessagePlan => ({ outcome, code: USUAL_CODES[outcome] })),
    form({
      undelivered: code.meta({ description: 'It is sent and not delivered, with this error code.' }),
      failed: code.meta({ description: 'It cannot be sent, with this error code.' }),
      refused: code.meta({ description: 'It is not even taken, with this error code.' }),
    })
      .refine((recipient) => Object.keys(recipient).length === 1, 'one of undelivered, failed and refused')
      .transform(({ undelivered, failed, refused }): MessagePlan => {
        if (undelivered !== undefined) return { outcome: 'undelivered', code: undelivered }
        if (failed !== undefined) return { outcome: 'failed', code: failed }
        return { outcome: 'refused', code: refused ?? USUAL_CODES.refused }
      }),
  ])
  .meta({ id: 'Recipient', description: 'What becomes of texts to somebody.' })

/** Who joins a conference. */
export const Guests = z
  .union([
    z.enum(['nobody']).transform((): readonly Guest[] => []),
    z.array(
      form({
        joins: duration.meta({ description: 'After how long they come.' }),
        stays: duration.optional().meta({ description: 'How long they stay; left out: as long as others do.' }),
        starts: z.boolean().default(true).meta({ description: 'Whether the conference starts with them.' }),
        ends: z.boolean().default(false).meta({ description: 'Whether the conference ends with them.' }),
        comes: z
          .enum(['always', 'alone'])
          .default('always')
          .meta({ description: 'alone: only where nobody else has come by then.' }),
      }).transform(({ joins: after, ...guest }): Guest => ({ after, ...guest })),
      'a list of guests',
    ),
  ])
  .meta({ id: 'Guests', description: 'Who joins a conference.' })

/** What a payment connector makes of a payment. */
export const Payment = z
  .union([
    z.enum(['accepted', 'declined', 'internal-error']).transform((kind) => PAYMENTS[kind]),
    form({
      token: words.optional().meta({ description: 'The token of a card that is kept.' }),
      confirmationCode: words.optional().meta({ description: 'What confirms a charge.' }),
      declined: words.optional().meta({ description: 'Why it is not taken.' }),
      errorCode: words.optional().meta({ description: 'The code of the refusal; 64012 where it is left out.' }),
    })
      .refine(isOneOutcome, 'declined with its errorCode, or a token or a confirmationCode')
      .transform(
        ({ declined: error, ...payment }): PaymentPlan =>
          error === undefined ? { kind: 'accepted', ...payment } : { kind: 'declined', error, ...payment },
      ),
  ])
  .meta({ id: 'Payment', description: 'What a payment connector makes of a payment.' })

/** It is accepted or declined, not both. */
function isOneOutcome({ token, confirmationCode, declined, errorCode }: Outcome): boolean {
  return declined === undefined ? errorCode === undefined : (token ?? confirmationCode) === undefined
}

type Outcome = { readonly [key in 'token' | 'confirmationCode' | 'declined' | 'errorCode']?: string | undefined }

const PAYMENTS: Readonly<Record<PaymentPlan['kind'], PaymentPlan>> = {
  accepted: { kind: 'accepted' },
  declined: { kind: 'declined', error: 'the card was declined' },
  'internal-error': { kind: 'internal-error' },
}

const Connection = form({
  lasts: duration.optional().meta({ description: 'How long; left out: until the caller goes.' }),
  parameters: z
    .record(z.string(), words)
    .optional()
    .meta({ description: 'Parameters of the action: VirtualAgentStatus, SessionStatus, HandoffData, …' }),
})
  .transform(({ lasts: after, parameters: params }): ConnectPlan => ({ after, params }))
  .meta({ id: 'Connection', description: 'How the far end of a Connect goes.' })
  .optional()

/** How the far ends of Connect go, by their nouns. */
export const Connections = form({
  VirtualAgent: Connection.meta({ description: 'An agent of Dialogflow.' }),
  ConversationRelay: Connection.meta({ description: 'A service that talks over a WebSocket.' }),
  Stream: Connection.meta({ description: 'A service that takes and gives sound.' }),
  Conversation: Connection.meta({ description: 'A conversation of Flex.' }),
  ConversationRelaySession: Connection.meta({ description: 'A relay that is configured at the carrier.' }),
  AiSession: Connection.meta({ description: 'A session of an AI connector.' }),
  Room: Connection.meta({ description: 'A room of Video.' }),
  Autopilot: Connection.meta({ description: 'An assistant of Autopilot.' }),
  '*': Connection.meta({ description: 'Every other.' }),
})
