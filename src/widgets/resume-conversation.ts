import { z } from 'zod'
import { notOpened, OPENED, opened, whyNone } from '../engine/opened-conversation.ts'
import { ask, defineWidget, exit } from '../engine/widget.ts'
import { list, name, required, text } from '../flow/properties.ts'

const properties = z.object({
  conversation_service_sid: name().meta({ title: 'Conversation service' }),
  conversation_sid: required(name()).meta({ title: 'Conversation' }),
  webhook_filters: list().default(['onMessageAdded']).meta({ title: 'Events that the flow is told of' }),
  attributes: text().meta({ title: 'Attributes' }),
})

/** Takes up a conversation that there is, where REST began the execution (widgets.md 5.3). */
export const resumeConversation = defineWidget({
  type: 'resume-conversation',
  library: { title: 'Resume Conversation', group: 'Messaging', exits: { resumed: 'Resumed', failed: 'Failed' } },
  summary: 'Takes up a conversation that there is; the message widgets then write there.',
  needs: 'request',
  exits: ['resumed', 'failed'],
  onInvalid: 'failed',
  properties,

  enter({ properties: its, execution, webhookUrl }) {
    const refusal = whyNone(execution, 'Resume Conversation')
    if (refusal) return exit('failed', { warnings: [refusal] })
    const effect = {
      type: 'resume-conversation',
      conversation: { sid: its.conversation_sid, serviceSid: its.conversation_service_sid },
      attributes: its.attributes,
      filters: its.webhook_filters,
      webhookUrl,
    } as const
    return ask(effect, ...OPENED)
  },

  resume(_visit, event) {
    if (event.type === 'conversation-opened') return exit('resumed', opened(event))
    if (event.type === 'conversation-refused') return exit('failed', { warnings: [notOpened(event.reason)] })
    return undefined
  },
})
