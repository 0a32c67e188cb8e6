import type { ConversationAddress } from '../engine/conversation.ts'
import type { PostMessageEffect } from '../engine/effect.ts'
import { type Fields, field, isFields } from '../engine/fields.ts'
import { jsonIn } from '../engine/json.ts'
import type { Attributes, Channel, Handed } from './channel.ts'
import { resumed, started } from './opening.ts'
import { asking, done, type Outcome, outcomeOf, type Refusal, refusedBecause, withCode } from './outcome.ts'
import { given, type Parameters } from './parameters.ts'
import type { RestApi } from './rest-api.ts'
import { fieldsFromRest } from './rest-resource.ts'

type Acts = 'postMessage' | 'readAttributes' | 'openConversation' | 'leaveConversation'

/** What is done in conversations, through Twilio's Conversations API (engine.md 12). */
export function conversationChannel(api: RestApi): Pick<Channel, Acts> {
  return {
    async postMessage(message, token) {
      const path = `${pathOf(message.conversation)}/Messages`
      const form = messageParameters(message)
      return handed(message, await outcomeOf(api, { method: 'POST', product: 'conversations', path, form, token }))
    },
    async readAttributes(conversation, token) {
      const path = pathOf(conversation)
      return attributesIn(await outcomeOf(api, { method: 'GET', product: 'conversations', path, token }))
    },
    openConversation: (opening, token) =>
      opening.type === 'start-conversation'
        ? started(asking(api, token), opening, conversationsPath(opening.serviceSid))
        : resumed(asking(api, token), opening, pathOf(opening.conversation)),
    async leaveConversation({ conversation, webhookSid, closes }, token) {
      const ask = asking(api, token)
      const path = pathOf(conversation)
      const webhook = { method: 'DELETE', product: 'conversations', path: `${path}/Webhooks/${webhookSid}` } as const
      const off = await ask(webhook)
      if (!closes) return done(isGone(off) ? NOTHING : off)
      const form = [['State', 'closed']] as const
      return done(await ask({ method: 'POST', product: 'conversations', path, form }))
    },
  }
}

/** Taken off already, or with the whole conversation. */
function isGone(off: Outcome): boolean {
  return !off.ok && off.code !== null && NOT_FOUND.has(off.code)
}

const NOT_FOUND: ReadonlySet<number> = new Set([20404, 50350])
const NOTHING: Outcome = { ok: true, resource: {} }

function pathOf({ sid, serviceSid }: ConversationAddress): string {
  return `${conversationsPath(serviceSid)}/${encodeURIComponent(sid)}`
}

/** Those of the account's own service need not name it. */
function conversationsPath(serviceSid: string | undefined): string {
  return serviceSid ? `/v1/Services/${encodeURIComponent(serviceSid)}/Conversations` : '/v1/Conversations'
}

function attributesIn(found: Outcome): Attributes {
  if (!found.ok) return refusedBecause(found)
  const json = field(found.resource, 'attributes')
  if (typeof json === 'string' && isFields(jsonIn(json))) return { ok: true, json }
  return { ok: false, reason: 'they are no JSON object' }
}

function messageParameters({ author, body, ...message }: PostMessageEffect): Parameters {
  return given({
    Author: author,
    Body: body,
    Attributes: message.attributes,
    ContentSid: message.contentSid,
    ContentVariables: message.contentVariables,
  })
}

function handed(message: PostMessageEffect, outcome: Outcome): Handed {
  if (outcome.ok) return { ok: true, message: fieldsFromRest(outcome.resource) }
  return { ok: false, reason: withCode(outcome), message: refused(message, outcome) }
}

/** The message resource of one that was never given a sid. */
function refused({ conversation, author, body }: PostMessageEffect, { code, reason }: Refusal): Fields {
  return {
    Sid: null,
    ConversationSid: conversation.sid,
    Author: author,
    Body: body ?? '',
    ErrorCode: code,
    ErrorMessage: reason,
  }
}
