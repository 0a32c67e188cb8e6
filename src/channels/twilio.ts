import type { RecordCallEffect, SendMessageEffect } from '../engine/effect.ts'
import { type Fields, field } from '../engine/fields.ts'
import type { Channel, Done, Handed } from './channel.ts'
import { messageFromRest, refusedMessage } from './message-resource.ts'
import { callParameters, messageParameters, type Parameters, recordingParameters } from './parameters.ts'
import type { RestAnswer } from './rest-answer.ts'
import type { RestApi, RestRequest } from './rest-api.ts'
import { fieldsFromRest } from './rest-resource.ts'
import { Unanswered } from './unanswered.ts'

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
    return outcomeOf(await api.post(request))
  } catch (error) {
    if (error instanceof Unanswered)
      return { ok: false, code: null, reason: `the carrier did not answer: ${error.message}` }
    throw error
  }
}

function outcomeOf(answer: RestAnswer): Posted {
  const { status, body } = answer
  if (body && status < 300) return { ok: true, resource: body }
  const code = field(body, 'code')
  return { ok: false, code: typeof code === 'number' ? code : null, reason: reasonOf(answer) }
}

/** The carrier's own words; besides, how it was answered where that is the point. */
function reasonOf({ status, body, flaw, attempts = 1 }: RestAnswer): string {
  const message = field(body, 'message')
  if (message !== undefined && attempts === 1) return String(message)
  const answered = flaw === undefined ? `HTTP ${status}` : `HTTP ${status} with ${flaw}`
  const insisted = attempts > 1 ? ` after ${attempts} attempts` : ''
  return `${message === undefined ? '' : `${String(message)}, `}${answered}${insisted}`
}

function handed(message: SendMessageEffect, outcome: Posted, { accountSid, now }: Carrier): Handed {
  if (outcome.ok) return { ok: true, message: messageFromRest(outcome.resource) }
  const { code, reason } = outcome
  const refused = refusedMessage({ message, accountSid, at: now() }, code, reason)
  return { ok: false, reason: withCode(outcome), message: refused }
}

function done(outcome: Posted): Done {
  if (outcome.ok) return { ok: true, resource: fieldsFromRest(outcome.resource) }
  return { ok: false, reason: withCode(outcome) }
}

function withCode({ code, reason }: Extract<Posted, { ok: false }>): string {
  return code === null ? reason : `${reason} (${code})`
}
