import type { Params } from '../line/web-request.ts'
import type { Conversation, ConversationMessage } from './conversation.ts'

/** By which way a message came: by a phone, by a chat client, by the REST API. */
export type Source = 'SMS' | 'SDK' | 'API'

/** What a webhook is told of a message that was added (engine.md 12). */
export function addedParams(
  {
    conversation,
    message,
    source,
  }: { readonly conversation: Conversation; readonly message: ConversationMessage; readonly source: Source },
  accountSid: string,
): Params {
  const { messagingServiceSid } = conversation.details
  return {
    EventType: 'onMessageAdded',
    AccountSid: accountSid,
    ChatServiceSid: conversation.serviceSid,
    ConversationSid: conversation.sid,
    ...(messagingServiceSid && { MessagingServiceSid: messagingServiceSid }),
    MessageSid: message.sid,
    Index: String(message.index),
    Author: message.author,
    ...(message.participantSid && { ParticipantSid: message.participantSid }),
    Body: message.body,
    Attributes: message.attributes,
    DateCreated: new Date(message.createdAt).toISOString(),
    Source: source,
    ...(source === 'SDK' && { ClientIdentity: message.author }),
    RetryCount: '0',
  }
}
