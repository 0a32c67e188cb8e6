import { request } from 'undici'
import type { SendMessageEffect } from '../engine/effect.ts'
import { type Fields, field, isFields } from '../engine/fields.ts'
import type { Channel, Handed } from './channel.ts'
import { messageFromRest, refusedMessage } from './message-resource.ts'

/** How to reach a carrier that speaks Twilio's REST API. */
export interface TwilioAccess {
  /** Such as `https://api.twilio.com`. */
  readonly url: string
  readonly accountSid: string
  /** `AC…` and the auth token, or `SK…` and the secret of an API key. */
  readonly user: string
  readonly password: string
}

/** Sends through Twilio's REST API, or one like it (twiml.md 8.1). */
export function twilioChannel(access: TwilioAccess): Channel {
  const url = `${access.url}/2010-04-01/Accounts/${access.accountSid}/Messages.json`
  const authorization = `Basic ${Buffer.from(`${access.user}:${access.password}`).toString('base64')}`

  return {
    async sendMessage(message) {
      try {
        const { statusCode, body } = await request(url, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(parametersOf(message)).toString(),
          signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
        })
        const answer: unknown = JSON.parse(await body.text())
        return handed(message, access.accountSid, statusCode, isFields(answer) ? answer : {})
      } catch (error) {
        return refusal(message, access.accountSid, null, `the carrier did not answer: ${String(error)}`)
      }
    },
  }
}

/** A caller may be waiting for the turn that this message is part of. */
const SEND_TIMEOUT_MS = 10_000

function handed(message: SendMessageEffect, accountSid: string, status: number, answer: Fields): Handed {
  if (status < 300) return { ok: true, message: messageFromRest(answer) }
  const code = field(answer, 'code')
  return refusal(
    message,
    accountSid,
    typeof code === 'number' ? code : null,
    String(field(answer, 'message') ?? `HTTP ${status}`),
  )
}

function refusal(message: SendMessageEffect, accountSid: string, code: number | null, reason: string): Handed {
  return { ok: false, reason, message: refusedMessage({ message, accountSid, at: Date.now() }, code, reason) }
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
