import type { RecordCallEffect, SendMessageEffect } from '../engine/effect.ts'
import { agentChannel } from './agents.ts'
import type { Channel, Handed } from './channel.ts'
import { conversationChannel } from './conversations.ts'
import { messageFromRest, refusedMessage } from './message-resource.ts'
import { done, insisted, type Outcome, outcomeOf, withCode } from './outcome.ts'
import { callParameters, messageParameters, type Parameters, recordingParameters } from './parameters.ts'
import type { RestApi } from './rest-api.ts'

/** What a channel is made of. */
export interface Carrier {
  readonly api: RestApi
  readonly accountSid: string
  /** Where tasks go; without it, Flex's own workspace is looked for. */
  readonly workspaceSid?: string | undefined
  /** Epoch milliseconds. */
  now(): number
}

/** Sends, calls and records through Twilio's REST API, or one like it (twiml.md 7 to 9). */
export function twilioChannel(carrier: Carrier): Channel {
  const { api, accountSid } = carrier
  const post = (token: string, path: string, form: Parameters) =>
    outcomeOf(api, { method: 'POST', product: 'api', path: `/2010-04-01/Accounts/${accountSid}${path}`, form, token })
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
    ...conversationChannel(api),
    ...agentChannel(api, carrier.workspaceSid),
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

function handed(message: SendMessageEffect, outcome: Outcome, { accountSid, now }: Carrier): Handed {
  const asked = insisted(outcome.attempts)
  if (outcome.ok) return { ok: true, message: messageFromRest(outcome.resource), ...asked }
  const { code, reason } = outcome
  const refused = refusedMessage({ message, accountSid, at: now() }, code, reason)
  return { ok: false, reason: withCode(outcome), message: refused, ...asked }
}
