import type { PostMessageEffect } from '../engine/effect.ts'
import type { Fields } from '../engine/fields.ts'
import type { Channel, Handed } from './channel.ts'
import { given, type Parameters } from './parameters.ts'
import { type Posted, posted } from './posted.ts'
import type { RestApi } from './rest-api.ts'
import { fieldsFromRest } from './rest-resource.ts'

/** What is done in conversations, through Twilio's Conversations API (engine.md 12). */
export function conversationChannel(api: RestApi): Pick<Channel, 'postMessage'> {
  return {
    async postMessage(message) {
      const path = `/v1/Conversations/${encodeURIComponent(message.conversationSid)}/Messages`
      return handed(message, await posted(api, { product: 'conversations', path, form: messageParameters(message) }))
    },
  }
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
function refused({ conversationSid, author, body }: PostMessageEffect, { code, reason }: Refusal): Fields {
  return {
    Sid: null,
    ConversationSid: conversationSid,
    Author: author,
    Body: body ?? '',
    ErrorCode: code,
    ErrorMessage: reason,
  }
}

type Refusal = Extract<Posted, { ok: false }>
