import type { FlowDefinition } from '../flow/definition.ts'
import type { Effect, LeaveConversationEffect } from './effect.ts'
import type { FlowEvent, Params } from './event.ts'
import type { Execution } from './execution.ts'
import type { Fields } from './fields.ts'

/** Which conversation is meant. */
export interface ConversationAddress {
  readonly sid: string
  /** The Conversations service that it belongs to; the account's own, when it is left out. */
  readonly serviceSid?: string | undefined
}

/** The conversation that an execution writes to and whose messages move it (engine.md 12). */
export interface Conversation extends ConversationAddress {
  readonly status: 'active' | 'handed off'
  /** What a flow sees in `flow.channel.details`. */
  readonly details?: Fields | undefined
  /** The names under which the flow has written there. */
  readonly authors: readonly string[]
  /** The webhook that the flow has put up; it goes when the execution ends. */
  readonly webhookSid?: string | undefined
  /** Whether it is closed when the execution ends. */
  readonly closesAtEnd?: boolean | undefined
}

/** The conversation that a webhook tells of. */
export function conversationOf({ ConversationSid: sid = '', ChatServiceSid: serviceSid }: Params): ConversationAddress {
  return { sid, serviceSid }
}

/** Whether anything in a flow can see the attributes of a conversation: by their name, by a trigger that is handed on whole, or as a subflow, which sees the trigger of its parent. */
export function seesAttributes({ states }: Pick<FlowDefinition, 'states'>): boolean {
  return states.some(
    ({ type, properties, transitions }) =>
      type === 'run-subflow' || ATTRIBUTES_SEEN.test(JSON.stringify([properties, transitions])),
  )
}

/** `trigger.message.Body` names something else. */
const ATTRIBUTES_SEEN = /ChannelAttributes|\btrigger\b(?!\.\w+\.\w)/

/** A conversation in which the flow has not written yet. */
export function conversationAt(address: ConversationAddress): Conversation {
  return { ...address, status: 'active', authors: [] }
}

/** What a flow sees of it in `flow.channel` (engine.md 2.1). */
export function channelFields({ sid, status, details }: Conversation): Fields {
  return { sid, type: 'conversation', status, ...(details && { details }) }
}

/** Whether a message in the conversation was written by the flow itself: its own words come back by the webhook, too. */
export function isOwnMessage({ conversation }: Execution, event: FlowEvent): boolean {
  if (event.type !== 'incoming-conversation-message') return false
  return conversation?.authors.includes(event.params.Author ?? '') ?? false
}

/** The same execution with the name noted under which an effect writes: the message may come back before the effect is done. */
export function writing(execution: Execution, effect: Effect | undefined): Execution {
  const { conversation } = execution
  if (effect?.type !== 'post-message' || !conversation) return execution
  const authors = [...new Set([...conversation.authors, effect.author])]
  return { ...execution, conversation: { ...conversation, authors } }
}

/** What is to be done in the conversation once an execution has ended: nothing, where it has put up nothing. What agents have is not closed. */
export function parting({ conversation }: Pick<Execution, 'conversation'>): LeaveConversationEffect | undefined {
  if (conversation?.webhookSid === undefined) return undefined
  const { sid, serviceSid, webhookSid, closesAtEnd = false, status } = conversation
  const closes = closesAtEnd && status === 'active'
  return { type: 'leave-conversation', conversation: { sid, serviceSid }, webhookSid, closes }
}
