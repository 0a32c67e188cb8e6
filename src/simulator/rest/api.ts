import { type Credentials, isKnown } from '../../signature/basic-auth.ts'
import type { Form } from '../../signature/signature.ts'
import type { Network } from '../network.ts'
import type { Asked, RestAnswer } from './asked.ts'
import { notFound, Refused, refusalBody } from './refused.ts'
import { resourceAt } from './resources.ts'

/** A request to the REST API of the simulated carrier. */
export interface RestRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The header. */
  readonly authorization: string | undefined
  /** `I-Twilio-Idempotency-Token`: what is posted again under the same is not done again, and answered as before. */
  readonly token?: string | undefined
  /** Decoded, duplicates kept. */
  readonly query: Form
  readonly form: Form
}

/** Whose network it is, and who is let in. */
export interface RestApiSettings {
  readonly network: Network
  /** Who is let in. */
  readonly credentials: readonly Credentials[]
}

/** The carrier's REST API, that of 2010 and those of newer products: a request in, an answer out (twiml.md 7 to 9). Never throws for what a client did. */
export function restApi(desk: RestApiSettings) {
  return {
    handle(request: RestRequest): RestAnswer {
      try {
        return answer(request, desk)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        return { status: error.status, contentType: JSON_TYPE, body: refusalBody(error) }
      }
    },
  }
}

const JSON_TYPE = 'application/json'

function answer(request: RestRequest, { network, credentials }: RestApiSettings): RestAnswer {
  const place = placeOf(request)
  if (!place?.isOpen && !isKnown(request.authorization, credentials)) throw new Refused(401, 20003, 'Authenticate')
  if (!place || (place.accountSid ?? network.accountSid) !== network.accountSid) throw notFound(request.path)
  const found = resourceAt(place.rest)
  if (!found) throw notFound(request.path)
  const [, act] = Object.entries(found.resource).find(([method]) => method === request.method) ?? []
  if (!act) throw new Refused(405, 20004, `${request.method} is not allowed on ${request.path}`)
  const answerNow = () => act({ ...request, network, ids: found.ids, ending: place.ending } satisfies Asked)
  return request.method === 'POST' && request.token
    ? network.answers.once(`${request.path} ${request.token}`, answerNow)
    : answerNow()
}

interface Place {
  /** Undefined where the path names none: the account is then whoever asks. */
  readonly accountSid?: string | undefined
  /** Below the account, such as `Calls/CA…/Recordings`; of a product without one the whole, such as `v1/Conversations`. */
  readonly rest: readonly string[]
  readonly ending: string
  /** The sound of a recording is open to whoever knows its URL, as at Twilio unless that is switched off. */
  readonly isOpen: boolean
}

function placeOf({ path, method }: RestRequest): Place | undefined {
  if (path.startsWith('/v1/')) return { rest: path.slice(1).split('/').map(decoded), ending: '', isOpen: false }
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
