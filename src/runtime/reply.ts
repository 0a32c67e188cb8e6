import { acceptedMessage } from '../channels/message-resource.ts'
import type { Effect, SendMessageEffect } from '../engine/effect.ts'
import type { FlowEvent } from '../engine/event.ts'
import type { MessagingVerb } from '../twiml/verbs.ts'
import type { Turn } from './turn.ts'

/** The longest body that TwiML takes; longer ones are for the REST API to refuse (twiml.md 1.2). */
const BODY_LENGTH = 1600

interface Replying {
  /** Of the effect. */
  readonly id: string
  readonly accountSid: string
  readonly sid: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** Puts a message into the answer that its receiver waits for; nothing when it has to go another way. */
export function reply(
  effect: Effect,
  turn: Turn | undefined,
  { id, accountSid, sid, at }: Replying,
): FlowEvent | undefined {
  if (effect.type !== 'send-message' || !turn?.answers(effect.from, effect.to) || !fitsTwiml(effect)) return undefined
  turn.reply({ id, effect }, messageVerb(effect))
  return { type: 'message-sent', message: acceptedMessage({ message: effect, accountSid, sid, at }) }
}

function fitsTwiml({ contentSid, shortenUrls, body = '' }: SendMessageEffect): boolean {
  return !contentSid && !shortenUrls && body.length <= BODY_LENGTH
}

function messageVerb({ body, mediaUrl, statusCallback }: SendMessageEffect): MessagingVerb {
  return {
    verb: 'Message',
    statusCallback,
    children: [
      ...(body ? [{ verb: 'Body', text: body } as const] : []),
      ...(mediaUrl ? [{ verb: 'Media', text: mediaUrl } as const] : []),
    ],
  }
}
