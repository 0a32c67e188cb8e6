import type { Resource } from './asked.ts'
import { call, calls } from './calls.ts'
import { conference, conferences } from './conferences.ts'
import { conversationMessage, conversationMessages } from './conversation-messages.ts'
import { conversationParticipant, conversationParticipants } from './conversation-participants.ts'
import { conversationWebhook, conversationWebhooks } from './conversation-webhooks.ts'
import { conversation, conversations } from './conversations.ts'
import { interactionChannel, interactionChannels } from './interaction-channels.ts'
import { interaction, interactions } from './interactions.ts'
import { mediaList, mediaOfMessage } from './media.ts'
import { message, messages } from './messages.ts'
import { participant, participants } from './participants.ts'
import { queue, queueMember, queueMembers, queues } from './queues.ts'
import { callRecording, callRecordings, recording, recordings } from './recordings.ts'
import { task, tasks } from './tasks.ts'
import { workspace, workspaces } from './workspaces.ts'

/** The resource at a path, with the sids that the path names. */
export function resourceAt(rest: readonly string[]): Found | undefined {
  for (const [path, resource] of Object.entries(RESOURCES)) {
    const ids = fitted(path.split('/'), rest)
    if (ids) return { resource, ids }
  }
  return undefined
}

interface Found {
  readonly resource: Resource
  readonly ids: Readonly<Record<string, string>>
}

/** Conversations, in the service that there is or in one that is named. */
const CONVERSATIONS: Readonly<Record<string, Resource>> = {
  Conversations: conversations,
  'Conversations/:conversation': conversation,
  'Conversations/:conversation/Participants': conversationParticipants,
  'Conversations/:conversation/Participants/:participant': conversationParticipant,
  'Conversations/:conversation/Messages': conversationMessages,
  'Conversations/:conversation/Messages/:message': conversationMessage,
  'Conversations/:conversation/Webhooks': conversationWebhooks,
  'Conversations/:conversation/Webhooks/:webhook': conversationWebhook,
}

/** The resources, by their paths, those of 2010 below the account; a name after a colon stands for any sid. */
const RESOURCES: Readonly<Record<string, Resource>> = {
  Messages: messages,
  'Messages/:sid': message,
  'Messages/:sid/Media': mediaList,
  'Messages/:sid/Media/:media': mediaOfMessage,
  Calls: calls,
  'Calls/:sid': call,
  'Calls/:sid/Recordings': callRecordings,
  'Calls/:sid/Recordings/:recording': callRecording,
  Queues: queues,
  'Queues/:queue': queue,
  'Queues/:queue/Members': queueMembers,
  'Queues/:queue/Members/:member': queueMember,
  Conferences: conferences,
  'Conferences/:conference': conference,
  'Conferences/:conference/Participants': participants,
  'Conferences/:conference/Participants/:participant': participant,
  Recordings: recordings,
  'Recordings/:recording': recording,
  ...below('v1', CONVERSATIONS),
  ...below('v1/Services/:service', CONVERSATIONS),
  'v1/Interactions': interactions,
  'v1/Interactions/:interaction': interaction,
  'v1/Interactions/:interaction/Channels': interactionChannels,
  'v1/Interactions/:interaction/Channels/:channel': interactionChannel,
  'v1/Workspaces': workspaces,
  'v1/Workspaces/:workspace': workspace,
  'v1/Workspaces/:workspace/Tasks': tasks,
  'v1/Workspaces/:workspace/Tasks/:task': task,
}

function below(prefix: string, resources: Readonly<Record<string, Resource>>): Readonly<Record<string, Resource>> {
  return Object.fromEntries(Object.entries(resources).map(([path, resource]) => [`${prefix}/${path}`, resource]))
}

function fitted(pattern: readonly string[], rest: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== rest.length) return undefined
  const fits = pattern.every((part, index) => part.startsWith(':') || part === rest[index])
  if (!fits) return undefined
  return Object.fromEntries(
    pattern.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), rest[index] ?? '']] : [])),
  )
}
