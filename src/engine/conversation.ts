import type { Effect } from './effect.ts'
import type { FlowEvent } from './event.ts'
import type { Execution } from './execution.ts'
import type { Fields } from './fields.ts'

/** The conversation that an execution writes to and whose messages move it (engine.md 12). */
export interface Conversation {
  readonly sid: string
  readonly status: 'active' | 'handed off'
  /** What a flow sees in `flow.channel.details`. */
  readonly details?: Fields | undefined
  /** The names under which the flow has written there. */
  readonly authors: readonly string[]
}

/** A conversation in which nobody of ours has written yet. */
export function conversationOf(sid: string, details?: Fields): Conversation {
  return { sid, status: 'active', authors: [], ...(details && { details }) }
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
