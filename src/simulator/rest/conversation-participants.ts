import type { Form } from '../../signature/signature.ts'
import type { Binding, Conversation, Participant } from '../conversations/conversation.ts'
import { isoSeconds } from '../iso-seconds.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { conversationIn, openConversationIn } from './conversations.ts'
import { metaPage } from './meta-page.ts'
import { attributesIn, one } from './parameters.ts'
import { invalid, notFound, Refused } from './refused.ts'

/** `v1/Conversations/CH…/Participants`: lets somebody in, lists who is there. */
export const conversationParticipants: Resource = {
  GET(asked) {
    const items = [...conversationIn(asked).participants.values()]
    return metaPage(asked, { key: 'participants', items, show: (item) => participantResource(item, asked) })
  },
  POST(asked) {
    const found = openConversationIn(asked)
    const who = whoIn(asked, found)
    return json(201, participantResource(asked.network.conversations.join(found, who, attributesIn(asked.form)), asked))
  },
}

/** `v1/Conversations/CH…/Participants/MB…`: shows one, changes what is known of them, or shows them out. */
export const conversationParticipant: Resource = {
  GET: (asked) => json(200, participantResource(participantIn(asked), asked)),
  POST(asked) {
    const before = participantIn(asked)
    const changed = { ...before, attributes: attributesIn(asked.form) ?? before.attributes }
    openConversationIn(asked).participants.set(changed.sid, changed)
    return json(200, participantResource(changed, asked))
  },
  DELETE(asked) {
    conversationIn(asked).participants.delete(participantIn(asked).sid)
    return GONE
  },
}

function participantIn(asked: Asked): Participant {
  const found = conversationIn(asked).participants.get(asked.ids.participant ?? '')
  if (!found) throw notFound(asked.path)
  return found
}

/** A name or a phone, which is nowhere else. */
function whoIn({ form, network }: Asked, conversation: Conversation): Pick<Participant, 'identity' | 'binding'> {
  const identity = one(form, 'Identity')
  const binding = bindingIn(form)
  if (identity === undefined && !binding)
    throw invalid(50407, 'An Identity, or a MessagingBinding.Address with its ProxyAddress, is required')
  if (identity !== undefined && conversation.participantBy(identity))
    throw new Refused(409, 50433, `Participant ${JSON.stringify(identity)} already exists in ${conversation.sid}`)
  const elsewhere = binding && network.conversations.bound(binding)
  if (elsewhere)
    throw new Refused(
      409,
      50416,
      `A binding for this participant and proxy address already exists in Conversation ${elsewhere.sid}`,
    )
  return { identity, binding }
}

function bindingIn(form: Form): Binding | undefined {
  const address = one(form, 'MessagingBinding.Address')
  const proxyAddress = one(form, 'MessagingBinding.ProxyAddress')
  if (address === undefined) return undefined
  if (proxyAddress !== undefined) return { address, proxyAddress }
  throw invalid(50407, 'MessagingBinding.Address is given without a MessagingBinding.ProxyAddress')
}

function participantResource(participant: Participant, asked: Asked) {
  const { sid, identity, binding, attributes, createdAt } = participant
  const conversationSid = conversationIn(asked).sid
  const { network } = asked
  return {
    sid,
    account_sid: network.accountSid,
    conversation_sid: conversationSid,
    identity: identity ?? null,
    attributes,
    messaging_binding: binding
      ? { type: typeOf(binding), address: binding.address, proxy_address: binding.proxyAddress }
      : null,
    role_sid: null,
    last_read_message_index: null,
    last_read_timestamp: null,
    date_created: isoSeconds(createdAt),
    date_updated: isoSeconds(createdAt),
    url: `${network.restUrl}/v1/Conversations/${conversationSid}/Participants/${sid}`,
  }
}

function typeOf({ address }: Binding): string {
  const [prefix, rest] = address.split(':', 2)
  return rest === undefined ? 'sms' : (prefix ?? 'sms')
}
