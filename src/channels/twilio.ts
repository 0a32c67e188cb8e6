import type { SendMessageEffect } from '../engine/effect.ts'
import { type Fields, field, isFields } from '../engine/fields.ts'
import type { Channel, Handed } from './channel.ts'
import { messageFromRest, refusedMessage } from './message-resource.ts'
import type { RestAnswer, RestApi } from './rest-api.ts'

/** What a channel is made of. */
export interface Carrier {
  readonly api: RestApi
  readonly accountSid: string
  /** Epoch milliseconds. */
  now(): number
}

/** Sends through Twilio's REST API, or one like it (twiml.md 8.1). */
export function twilioChannel(carrier: Carrier): Channel {
  return {
    async sendMessage(message) {
      try {
        return handed(message, await carrier.api.post('/Messages.json', parametersOf(message)), carrier)
      } catch (error) {
        return refusal(message, carrier, { code: null, reason: `the carrier did not answer: ${String(error)}` })
      }
    },
  }
}

function handed(message: SendMessageEffect, { status, body }: RestAnswer, carrier: Carrier): Handed {
  const answer: Fields = isFields(body) ? body : {}
  if (status < 300) return { ok: true, message: messageFromRest(answer) }
  const code = field(answer, 'code')
  return refusal(message, carrier, {
    code: typeof code === 'number' ? code : null,
    reason: String(field(answer, 'message') ?? `HTTP ${status}`),
  })
}

interface Reason {
  readonly code: number | null
  readonly reason: string
}

function refusal(message: SendMessageEffect, { accountSid, now }: Carrier, { code, reason }: Reason): Handed {
  return { ok: false, reason, message: refusedMessage({ message, accountSid, at: now() }, code, reason) }
}

function parametersOf({ from, ...message }: SendMessageEffect): Record<string, string> {
  const parameters = {
    To: message.to,
    [from.startsWith('MG') ? 'MessagingServiceSid' : 'From']: from,
    Body: message.body,
    MediaUrl: message.mediaUrl,
    ContentSid: message.contentSid,
    ContentVariables: message.contentVariables,
    ShortenUrls: message.shortenUrls ? 'true' : undefined,
    StatusCallback: message.statusCallback,
  }
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
