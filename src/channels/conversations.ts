import type { ConversationAddress } from '../engine/conversation.ts'
import type { PostMessageEffect } from '../engine/effect.ts'
import type { Fields } from '../engine/fields.ts'
import type { Channel, Handed } from './channel.ts'
import { resumed, started } from './opening.ts'
import { given, type Parameters } from './parameters.ts'
import { done, outcomeOf, type Posted, posted } from './posted.ts'
import type { RestApi } from './rest-api.ts'
import { fieldsFromRest } from './rest-resource.ts'

type Acts = 'postMessage' | 'openConversation' | 'leaveConversation'

/** What is done in conversations, through Twilio's Conversations API (engine.md 12). */
export function conversationChannel(api: RestApi): Pick<Channel, Acts> {
  return {
    async postMessage(message) {
      const path = `${pathOf(message.conversation)}/Messages`
      return handed(message, await posted(api, { product: 'conversations', path, form: messageParameters(message) }))
    },
    openConversation: (opening) =>
      opening.type === 'start-conversation'
        ? started(api, opening, conversationsPath(opening.serviceSid))
        : resumed(api, opening, pathOf(opening.conversation)),
    async leaveConversation({ conversation, webhookSid, closes }) {
      const path = pathOf(conversation)
      const off = await outcomeOf(api.delete({ product: 'conversations', path: `${path}/Webhooks/${webhookSid}` }))
      if (!closes) return done(isGone(off) ? NOTHING : off)
      return done(await posted(api, { product: 'conversations', path, form: [['State', 'closed']] }))
    },
  }
}

/** Taken off already, or with the whole conversation. */
function isGone(off: Posted): boolean {
  return !off.ok && off.code === NOT_FOUND
}

const NOT_FOUND = 20404
const NOTHING: Posted = { ok: true, resource: {} }

function pathOf({ sid, serviceSid }: ConversationAddress): string {
  return `${conversationsPath(serviceSid)}/${encodeURIComponent(sid)}`
}

/** Those of the account's own service need not name it. */
function conversationsPath(serviceSid: string | undefined): string {
  return serviceSid ? `/v1/Services/${encodeURIComponent(serviceSid)}/Conversations` : '/v1/Conversations'
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

function handed(message: PostMessageEffect, outcome: Posted): Handed {
  if (outcome.ok) return { ok: true, message: fieldsFromRest(outcome.resource) }
  return { ok: false, reason: outcome.reason, message: refused(message, outcome) }
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

type Refusal = Extract<Posted, { ok: false }>
