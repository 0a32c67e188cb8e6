import type { EventType, FlowEvent } from './event.ts'
import type { Execution } from './execution.ts'
import { type Fields, field } from './fields.ts'
import { WARNING, type Warning } from './warning.ts'
import type { Given } from './widget.ts'

/** What comes of the effects that begin a conversation or take one up. */
export const OPENED = ['conversation-opened', 'conversation-refused'] as const satisfies readonly EventType[]

type Opened = Extract<FlowEvent, { type: 'conversation-opened' }>

/** What the widgets leave behind that begin or take up a conversation: it is the execution's from now on (widgets.md 5.2). */
export function opened({ conversation, participants, webhookSid }: Opened, closesAtEnd = false): Given {
  const serviceSid = text(conversation, 'chat_service_sid')
  const friendly_name = field(conversation, 'friendly_name')
  const details = { chat_service_sid: serviceSid, friendly_name, participants, webhook_sid: webhookSid }
  return {
    conversation: {
      sid: text(conversation, 'sid') ?? '',
      serviceSid,
      status: 'active',
      details,
      authors: [],
      webhookSid,
      closesAtEnd,
    },
    output: {
      conversation: { ...conversation, participants },
      webhook_sid: webhookSid,
      close_channel_on_execution_end: closesAtEnd,
    },
  }
}

/** Why an execution can have no conversation, if it cannot: only those that REST began may, and only one. */
export function whyNone({ channel, conversation }: Execution, what: string): Warning | undefined {
  if (channel !== 'request')
    return { code: WARNING.unsupported, message: `${what} can only be used in flows triggered by the REST API` }
  if (conversation) return notOpened('the execution has a conversation already')
  return undefined
}

/** The line in the log for a conversation that the execution does not have. */
export function notOpened(reason: string): Warning {
  return { code: WARNING.conversationFailed, message: `there is no conversation: ${reason}` }
}

function text(fields: Fields, key: string): string | undefined {
  const value = field(fields, key)
  return typeof value === 'string' ? value : undefined
}
