import { z } from 'zod'
import type { NewParticipant } from '../engine/effect.ts'
import { field } from '../engine/fields.ts'
import { notOpened, OPENED, opened, whyNone } from '../engine/opened-conversation.ts'
import { ask, defineWidget, exit, type Visit } from '../engine/widget.ts'
import { flag, name, records, text } from '../flow/properties.ts'

const properties = z.object({
  conversation_service_sid: name().meta({ title: 'Conversation service' }),
  chat_service_sid: name().meta({ title: 'Conversation service (another spelling)' }),
  friendly_name: text().meta({ title: 'Friendly name' }),
  participants: records().default([]).meta({
    title: 'Participant',
    description:
      'messaging_binding_address and messaging_binding_proxy_address, or identity; by default the contact and the address of the flow',
  }),
  attributes: text().meta({ title: 'Attributes' }),
  messaging_service_sid: name().meta({ title: 'Messaging Service' }),
  timers_inactive: name().meta({ title: 'Inactive after', description: 'ISO 8601 duration' }),
  timers_closed: name().meta({ title: 'Closed after', description: 'ISO 8601 duration' }),
  close_conversation_on_execution_end: flag().default(false).meta({ title: 'Close when the flow ends' }),
})

type Properties = z.output<typeof properties>

/** Begins a conversation in which the flow then writes, where REST began the execution (widgets.md 5.2). */
export const startConversation = defineWidget({
  type: 'start-conversation',
  library: { title: 'Start Conversation', group: 'Messaging', exits: { created: 'Created', failed: 'Failed' } },
  summary: 'Begins a conversation with the contact; the message widgets then write there.',
  needs: 'request',
  exits: ['created', 'failed'],
  onInvalid: 'failed',
  properties,

  enter(visit) {
    const refusal = whyNone(visit.execution, 'Start Conversation')
    if (refusal) return exit('failed', { warnings: [refusal] })
    const { properties: its, webhookUrl } = visit
    const effect = {
      type: 'start-conversation',
      serviceSid: its.conversation_service_sid ?? its.chat_service_sid,
      friendlyName: its.friendly_name,
      attributes: its.attributes,
      messagingServiceSid: its.messaging_service_sid,
      timers: { inactive: its.timers_inactive, closed: its.timers_closed },
      participant: participantOf(visit),
      webhookUrl,
    } as const
    return ask(effect, ...OPENED)
  },

  resume({ properties: { close_conversation_on_execution_end } }, event) {
    if (event.type === 'conversation-opened') return exit('created', opened(event, close_conversation_on_execution_end))
    if (event.type === 'conversation-refused') return exit('failed', { warnings: [notOpened(event.reason)] })
    return undefined
  },
})

function participantOf({ properties: { participants }, execution }: Visit<Properties>): NewParticipant {
  const [given = {}] = participants
  const textAt = (key: string) => String(field(given, key) ?? '').trim()
  const identity = textAt('identity')
  if (identity !== '') return { identity }
  return {
    address: textAt('messaging_binding_address') || execution.contact,
    proxyAddress: textAt('messaging_binding_proxy_address') || execution.address,
  }
}
