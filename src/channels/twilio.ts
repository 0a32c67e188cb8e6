import type { RecordCallEffect, SendMessageEffect } from '../engine/effect.ts'
import { type Fields, field, isFields } from '../engine/fields.ts'
import type { Channel, Done, Handed } from './channel.ts'
import { messageFromRest, refusedMessage } from './message-resource.ts'
import { callParameters, messageParameters, type Parameters, recordingParameters } from './parameters.ts'
import type { RestApi, RestRequest } from './rest-api.ts'
import { fieldsFromRest } from './rest-resource.ts'

/** What a channel is made of. */
export interface Carrier {
  readonly api: RestApi
  readonly accountSid: string
  /** Epoch milliseconds. */
  now(): number
}

/** Sends, calls and records through Twilio's REST API, or one like it (twiml.md 7 to 9). */
export function twilioChannel(carrier: Carrier): Channel {
  const { api, accountSid } = carrier
  const post = (token: string, path: string, form: Parameters) =>
    posted(api, { product: 'api', path: `/2010-04-01/Accounts/${accountSid}${path}`, form, token })
  return {
    async sendMessage(message, token) {
      return handed(message, await post(token, '/Messages.json', messageParameters(message)), carrier)
    },
    async placeCall(call, token) {
      return done(await post(token, '/Calls.json', callParameters(call)))
    },
    async recordCall(change, token) {
      return done(await post(token, ...recordingRequest(change)))
    },
  }
}

function recordingRequest(change: RecordCallEffect): [path: string, parameters: Parameters] {
  const recordings = `/Calls/${encodeURIComponent(change.callSid)}/Recordings`
  switch (change.change) {
    case 'start':
      return [`${recordings}.json`, recordingParameters(change.recording)]
    case 'stop':
      return [`${recordings}/Twilio.CURRENT.json`, [['Status', 'stopped']]]
    default:
      return change satisfies never
  }
}

type Posted =
  | { readonly ok: true; readonly resource: Fields }
  | { readonly ok: false; readonly code: number | null; readonly reason: string }

async function posted(api: RestApi, request: RestRequest): Promise<Posted> {
  try {
    const { status, body } = await api.post(request)
    const answer: Fields = isFields(body) ? body : {}
    if (status < 300) return { ok: true, resource: answer }
    const code = field(answer, 'code')
    const reason = String(field(answer, 'message') ?? `HTTP ${status}`)
    return { ok: false, code: typeof code === 'number' ? code : null, reason }
  } catch (error) {
    return { ok: false, code: null, reason: `the carrier did not answer: ${String(error)}` }
  }
}

function handed(message: SendMessageEffect, outcome: Posted, { accountSid, now }: Carrier): Handed {
  if (outcome.ok) return { ok: true, message: messageFromRest(outcome.resource) }
  const { code, reason } = outcome
  return { ok: false, reason, message: refusedMessage({ message, accountSid, at: now() }, code, reason) }
}

function done(outcome: Posted): Done {
  if (outcome.ok) return { ok: true, resource: fieldsFromRest(outcome.resource) }
  const { code, reason } = outcome
  return { ok: false, reason: code === null ? reason : `${reason} (${code})` }
}
