import type { Form } from '../signature/signature.ts'
import type { Network } from './network.ts'
import type { Asked, Resource, RestAnswer } from './rest/asked.ts'
import { call, calls } from './rest/calls.ts'
import { conference, conferences } from './rest/conferences.ts'
import { type Credentials, isKnown } from './rest/credentials.ts'
import { mediaList, mediaOfMessage } from './rest/media.ts'
import { message, messages } from './rest/messages.ts'
import { participant, participants } from './rest/participants.ts'
import { queue, queueMember, queueMembers, queues } from './rest/queues.ts'
import { callRecording, callRecordings, recording, recordings } from './rest/recordings.ts'
import { notFound, Refused, refusalBody } from './rest/refused.ts'

/** A request to the REST API of the simulated carrier. */
export interface RestRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The header. */
  readonly authorization: string | undefined
  /** Decoded, duplicates kept. */
  readonly query: Form
  readonly form: Form
}

export interface RestApiSettings {
  readonly network: Network
  /** Of the account; any of them lets in, as do the API keys. */
  readonly authTokens: readonly string[]
  readonly apiKeys?: readonly Credentials[]
}

/** The carrier's REST API of 2010: a request in, an answer out (twiml.md 7 to 9). Never throws for what a client did. */
export function restApi({ network, authTokens, apiKeys = [] }: RestApiSettings) {
  const owners = authTokens.map((password) => ({ user: network.accountSid, password }))
  const credentials = [...owners, ...apiKeys]
  return {
    handle(request: RestRequest): RestAnswer {
      try {
        return answer(request, { network, credentials })
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return { status: error.status, contentType: JSON_TYPE, body: refusalBody(error) }
      }
    },
  }
}

const JSON_TYPE = 'application/json'

interface Desk {
  readonly network: Network
  readonly credentials: readonly Credentials[]
}

function answer(request: RestRequest, { network, credentials }: Desk): RestAnswer {
  const place = placeOf(request)
  if (!place?.isOpen && !isKnown(request.authorization, credentials)) throw new Refused(401, 20003, 'Authenticate')
  if (!place || place.accountSid !== network.accountSid) throw notFound(request.path)
  const found = find(place.rest)
  if (!found) throw notFound(request.path)
  const [, act] = Object.entries(found.resource).find(([method]) => method === request.method) ?? []
  if (!act) throw new Refused(405, 20004, `${request.method} is not allowed on ${request.path}`)
  return act({ ...request, network, ids: found.ids, ending: place.ending } satisfies Asked)
}

interface Place {
  readonly accountSid: string
  /** Below the account, such as `Calls/CA…/Recordings`. */
  readonly rest: readonly string[]
  readonly ending: string
  /** The sound of a recording is open to whoever knows its URL, as at Twilio unless that is switched off. */
  readonly isOpen: boolean
}

function placeOf({ path, method }: RestRequest): Place | undefined {
  const [, accountSid, below, ending = ''] = PLACE.exec(path) ?? []
  if (accountSid === undefined || below === undefined) return undefined
  const rest = below.split('/').map(decoded)
  const isSound = ending !== 'json' && rest.length === 2 && rest[0] === 'Recordings'
  if (ending !== '' && ending !== 'json' && !isSound) return undefined
  return { accountSid, rest, ending, isOpen: isSound && method === 'GET' }
}

const PLACE = /^\/2010-04-01\/Accounts\/([^/]+)\/(.+?)(?:\.(json|wav|mp3))?$/

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment // broken escapes name nothing that there is
  }
}

/** The resources, by their paths; a name after a colon stands for any sid. */
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

function find(rest: readonly string[]) {
  for (const [path, resource] of Object.entries(RESOURCES)) {
    const ids = fitted(path.split('/'), rest)
    if (ids) return { resource, ids }
  }
  return undefined
}

function fitted(pattern: readonly string[], rest: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (pattern.length !== rest.length) return undefined
  const fits = pattern.every((part, index) => part.startsWith(':') || part === rest[index])
  if (!fits) return undefined
  return Object.fromEntries(
    pattern.flatMap((part, index) => (part.startsWith(':') ? [[part.slice(1), rest[index] ?? '']] : [])),
  )
}
