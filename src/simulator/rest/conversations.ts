import type { Form } from '../../signature/signature.ts'
import type { Conversation, ConversationDetails } from '../conversations/conversation.ts'
import { durationIn, endOf, type Timers } from '../conversations/timers.ts'
import { isoSeconds } from '../iso-seconds.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { metaPage } from './meta-page.ts'
import { isWanted } from './page.ts'
import { attributesIn, given, one, oneOf } from './parameters.ts'
import { invalid, notFound, Refused } from './refused.ts'

/** `v1/Conversations`: begins one, lists them (engine.md 12). */
export const conversations: Resource = {
  GET(asked) {
    const { network, query } = asked
    const now = network.clock.now()
    const items = network.conversations.list().filter((item) => isWanted(query, 'State', item.stateAt(now)))
    return metaPage(asked, { key: 'conversations', items, show: (item) => conversationResource(item, asked) })
  },
  POST(asked) {
    const { network, form, ids } = asked
    const uniqueName = one(form, 'UniqueName')
    if (uniqueName !== undefined && network.conversations.find(uniqueName))
      throw new Refused(409, 50353, `Conversation with unique name ${JSON.stringify(uniqueName)} already exists`)
    const made = network.conversations.create(detailsIn(form, NEW), ids.service)
    return json(201, conversationResource(made, asked))
  },
}

/** `v1/Conversations/CH…`: shows, changes or deletes one. */
export const conversation: Resource = {
  GET: (asked) => json(200, conversationResource(conversationIn(asked), asked)),
  POST(asked) {
    const found = openConversationIn(asked)
    found.details = detailsIn(asked.form, found.details)
    found.updatedAt = asked.network.clock.now()
    return json(200, conversationResource(found, asked))
  },
  DELETE(asked) {
    asked.network.conversations.remove(conversationIn(asked))
    return GONE
  },
}

/** The conversation that a path names by its sid or its unique name; throws `Refused`. */
export function conversationIn({ network, ids, path }: Asked): Conversation {
  const found = network.conversations.find(ids.conversation ?? '')
  if (!found || (ids.service !== undefined && ids.service !== found.serviceSid)) throw notFound(path)
  return found
}

/** The same where it takes more; a closed one never does again. */
export function openConversationIn(asked: Asked): Conversation {
  const found = conversationIn(asked)
  if (found.stateAt(asked.network.clock.now()) === 'closed')
    throw invalid(50377, `Conversation ${found.sid} is in its final closed state and takes no more`)
  return found
}

const NEW: ConversationDetails = { attributes: '{}', state: 'active', timers: {} }

/** What is given takes the place of what was before. */
function detailsIn(form: Form, before: ConversationDetails): ConversationDetails {
  return {
    friendlyName: given(form, 'FriendlyName') ?? before.friendlyName,
    uniqueName: given(form, 'UniqueName') ?? before.uniqueName,
    attributes: attributesIn(form) ?? before.attributes,
    messagingServiceSid: one(form, 'MessagingServiceSid') ?? before.messagingServiceSid,
    state: oneOf(form, 'State', ['active', 'inactive', 'closed']) ?? before.state,
    timers: timersIn(form, before.timers),
  }
}

function timersIn(form: Form, before: Timers): Timers {
  return {
    inactive: timerIn(form, 'Timers.Inactive') ?? before.inactive,
    closed: timerIn(form, 'Timers.Closed') ?? before.closed,
  }
}

function timerIn(form: Form, name: string): string | undefined {
  const text = one(form, name)
  if (text === undefined || durationIn(text) !== undefined) return text
  throw invalid(20001, `${name} is ${JSON.stringify(text)}; expected an ISO 8601 duration such as PT10M`)
}

function conversationResource(found: Conversation, { network }: Asked) {
  const { sid, details, serviceSid, createdAt, updatedAt } = found
  const url = `${network.restUrl}/v1/Conversations/${sid}`
  const { timers } = details
  const times = { date_inactive: endOf(timers.inactive, updatedAt), date_closed: endOf(timers.closed, updatedAt) }
  return {
    sid,
    account_sid: network.accountSid,
    chat_service_sid: serviceSid,
    messaging_service_sid: details.messagingServiceSid ?? null,
    friendly_name: details.friendlyName ?? null,
    unique_name: details.uniqueName ?? null,
    attributes: details.attributes,
    state: found.stateAt(network.clock.now()),
    timers: Object.fromEntries(
      Object.entries(times).flatMap(([name, time]) => (time ? [[name, isoSeconds(time)]] : [])),
    ),
    bindings: {},
    date_created: isoSeconds(createdAt),
    date_updated: isoSeconds(updatedAt),
    url,
    links: { participants: `${url}/Participants`, messages: `${url}/Messages`, webhooks: `${url}/Webhooks` },
  }
}
