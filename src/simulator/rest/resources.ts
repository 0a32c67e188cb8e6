import type { Resource } from './asked.ts'
import { call, calls } from './calls.ts'
import { conference, conferences } from './conferences.ts'
import { mediaList, mediaOfMessage } from './media.ts'
import { message, messages } from './messages.ts'
import { participant, participants } from './participants.ts'
import { queue, queueMember, queueMembers, queues } from './queues.ts'
import { callRecording, callRecordings, recording, recordings } from './recordings.ts'

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
}

function fitted(pattern: readonly string[], rest: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== rest.length) return undefined
  const fits = pattern.every((part, index) => part.startsWith(':') || part === rest[index])
  if (!fits) return undefined
  return Object.fromEntries(
    pattern.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), rest[index] ?? '']] : [])),
  )
}
