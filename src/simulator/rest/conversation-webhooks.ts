import type { Form } from '../../signature/signature.ts'
import type { ScopedWebhook } from '../conversations/conversation.ts'
import { isoSeconds } from '../iso-seconds.ts'
import { type Asked, GONE, json, type Resource } from './asked.ts'
import { conversationIn, openConversationIn } from './conversations.ts'
import { metaPage } from './meta-page.ts'
import { all, hookIn, one, oneOf } from './parameters.ts'
import { invalid, notFound } from './refused.ts'

/** `v1/Conversations/CH…/Webhooks`: has a URL told of what happens there, lists those that are. */
export const conversationWebhooks: Resource = {
  GET(asked) {
    const items = [...conversationIn(asked).webhooks.values()]
    return metaPage(asked, { key: 'webhooks', items, show: (item) => webhookResource(item, asked) })
  },
  POST(asked) {
    const found = openConversationIn(asked)
    if (found.webhooks.size >= MOST_WEBHOOKS)
      throw invalid(20001, `Conversation ${found.sid} has ${MOST_WEBHOOKS} webhooks, and takes no more`)
    return json(201, webhookResource(asked.network.conversations.attach(found, wishIn(asked.form)), asked))
  },
}

/** `v1/Conversations/CH…/Webhooks/WH…`: shows one, changes or takes it off. */
export const conversationWebhook: Resource = {
  GET: (asked) => json(200, webhookResource(webhookIn(asked), asked)),
  POST(asked) {
    const before = webhookIn(asked)
    const hook = hookIn(asked.form, HOOK) ?? before.hook
    const filters = all(asked.form, 'Configuration.Filters')
    const changed = { ...before, hook, filters: filters.length > 0 ? filters : before.filters }
    conversationIn(asked).webhooks.set(changed.sid, changed)
    return json(200, webhookResource(changed, asked))
  },
  DELETE(asked) {
    conversationIn(asked).webhooks.delete(webhookIn(asked).sid)
    return GONE
  },
}

const HOOK = { url: 'Configuration.Url', method: 'Configuration.Method', code: 20001 } as const

/** Of one conversation (engine.md 12). */
const MOST_WEBHOOKS = 5

function webhookIn(asked: Asked): ScopedWebhook {
  const found = conversationIn(asked).webhooks.get(asked.ids.webhook ?? '')
  if (!found) throw notFound(asked.path)
  return found
}

function wishIn(form: Form): Omit<ScopedWebhook, 'sid' | 'createdAt'> {
  const target = oneOf(form, 'Target', ['webhook', 'trigger', 'studio'])
  const hook = hookIn(form, HOOK)
  if (!target) throw invalid(20001, 'Target is missing; expected webhook, trigger, studio')
  if (target === 'webhook' && !hook) throw invalid(20001, 'Configuration.Url is missing')
  return { target, hook, filters: all(form, 'Configuration.Filters'), flowSid: one(form, 'Configuration.FlowSid') }
}

function webhookResource({ sid, target, hook, filters, flowSid, createdAt }: ScopedWebhook, asked: Asked) {
  const conversationSid = conversationIn(asked).sid
  const { network } = asked
  return {
    sid,
    account_sid: network.accountSid,
    conversation_sid: conversationSid,
    target,
    configuration: flowSid === undefined ? { ...hook, filters } : { flow_sid: flowSid },
    date_created: isoSeconds(createdAt),
    date_updated: isoSeconds(createdAt),
    url: `${network.restUrl}/v1/Conversations/${conversationSid}/Webhooks/${sid}`,
  }
}
