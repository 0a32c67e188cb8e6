import type { ConversationMessage } from '../conversations/conversation.ts'
import { isoSeconds } from '../iso-seconds.ts'
import { LONGEST_BODY } from '../messaging/fault.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { contentIn } from './content.ts'
import { conversationIn, openConversationIn } from './conversations.ts'
import { metaPage } from './meta-page.ts'
import { attributesIn, one, oneOf } from './parameters.ts'
import { invalid, notFound } from './refused.ts'

/** `v1/Conversations/CH…/Messages`: writes one, lists what was written. */
export const conversationMessages: Resource = {
  GET(asked) {
    const written = conversationIn(asked).messages.list()
    const items = oneOf(asked.query, 'Order', ['asc', 'desc']) === 'desc' ? [...written].reverse() : written
    return metaPage(asked, { key: 'messages', items, show: (item) => messageResource(item, asked) })
  },
  POST(asked) {
    const { form, network } = asked
    const found = openConversationIn(asked)
    const words = { author: one(form, 'Author') ?? 'system', body: bodyIn(asked), attributes: attributesIn(form) }
    const { message } = network.conversations.write(found, { ...words, source: 'API' })
    return json(201, messageResource(message, asked))
  },
}

/** `v1/Conversations/CH…/Messages/IM…`: shows one, changes or deletes it. */
export const conversationMessage: Resource = {
  GET: (asked) => json(200, messageResource(messageIn(asked), asked)),
  POST(asked) {
    const { messages } = openConversationIn(asked)
    const before = messageIn(asked)
    const author = one(asked.form, 'Author') ?? before.author
    const body = one(asked.form, 'Body') ?? before.body
    const changed = { ...before, author, body, attributes: attributesIn(asked.form) ?? before.attributes }
    return json(200, messageResource(messages.put(changed), asked))
  },
  DELETE(asked) {
    conversationIn(asked).messages.remove(messageIn(asked).sid)
    return GONE
  },
}

function messageIn(asked: Asked): ConversationMessage {
  const found = conversationIn(asked).messages.get(asked.ids.message ?? '')
  if (!found) throw notFound(asked.path)
  return found
}

function bodyIn({ form }: Asked): string {
  const body = contentIn(form) || (one(form, 'Body') ?? '')
  if (body === '')
    throw invalid(20001, "One of 'Body', 'MediaSid' and 'ContentSid' is required (media is not played here)")
  if (body.length <= LONGEST_BODY) return body
  throw invalid(20001, `The message body has ${body.length} characters; at most ${LONGEST_BODY} are taken`)
}

function messageResource(message: ConversationMessage, asked: Asked) {
  const { sid, index, author, body, attributes, participantSid, createdAt } = message
  const conversationSid = conversationIn(asked).sid
  const { network } = asked
  const url = `${network.restUrl}/v1/Conversations/${conversationSid}/Messages/${sid}`
  return {
    sid,
    account_sid: network.accountSid,
    conversation_sid: conversationSid,
    index,
    author,
    body,
    media: null,
    attributes,
    participant_sid: participantSid ?? null,
    content_sid: null,
    delivery: null,
    date_created: isoSeconds(createdAt),
    date_updated: isoSeconds(createdAt),
    url,
    links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
  }
}
