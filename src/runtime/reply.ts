import { acceptedMessage } from '../channels/message-resource.ts'
import type { Effect, SendMessageEffect } from '../engine/effect.ts'
import type { FlowEvent } from '../engine/event.ts'
import type { MessagingVerb } from '../twiml/verbs.ts'
import { randomHex } from './random.ts'
import type { Reply, Turn } from './turn.ts'

/** The longest body that TwiML takes; longer ones are for the REST API to refuse (twiml.md 1.2). */
const BODY_LENGTH = 1600

/** The turn in whose answer a reply goes out. */
interface Replying {
  readonly turn: Turn
  /** What the turn is to say already. */
  readonly before: readonly Reply[]
  readonly accountSid: string
  /** Epoch milliseconds. */
  readonly at: number
}

interface Replied {
  readonly reply: Reply
  /** What the flow is told of it. */
  readonly event: FlowEvent
}

/** Turns a message into a part of the answer that its receiver waits for; undefined where it has to go another way. */
export function replyBy(effect: Effect | undefined, { turn, before, accountSid, at }: Replying): Replied | undefined {
  if (effect?.type !== 'send-message' || !turn.answers(effect, before.length) || !fitsTwiml(effect)) return undefined
  const message = acceptedMessage({ message: effect, accountSid, sid: `SM${randomHex(16)}`, at })
  return {
    reply: { message: { id: randomHex(12), effect }, verb: messageVerb(effect) },
    event: { type: 'message-sent', message },
  }
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
