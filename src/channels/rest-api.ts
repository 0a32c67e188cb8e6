import { Agent, type Dispatcher, request } from 'undici'
import type { Parameters as Form } from './parameters.ts'
import { MOST_BYTES, type RestAnswer, readBody } from './rest-answer.ts'
import { unanswered } from './unanswered.ts'

/** The carrier's REST API: a form goes in where something is posted, a status and JSON come out. Throws `Unanswered`. */
export interface RestApi {
  ask(request: RestRequest): Promise<RestAnswer>
}

/** What is done with a resource, and where it is. */
export interface RestRequest {
  readonly method: 'POST' | 'GET' | 'DELETE'
  readonly product: Product
  /** The whole path, such as `/2010-04-01/Accounts/AC…/Messages.json`. */
  readonly path: string
  /** What is posted. */
  readonly form?: Form | undefined
  /** The same whenever the same is asked for again, after a crash, too. */
  readonly token: string
}

/** A product of Twilio's, by the first label of its host. */
export type Product = 'api' | 'conversations' | 'flex-api' | 'taskrouter'

/** How to reach Twilio, or a service that speaks its REST API. */
export interface RestAccess {
  /** One base for all products; Twilio's own hosts, when it is left out. */
  readonly url?: string | undefined
  /** `AC…` and the auth token, or `SK…` and the secret of an API key. */
  readonly user: string
  readonly password: string
  readonly connections: Dispatcher
}

/** The REST API over HTTP, asked once. */
export function restApiAt({ url, user, password, connections }: RestAccess): RestApi {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return {
    async ask({ method, product, path, form, token }) {
      const base = url ?? `https://${product}.twilio.com`
      const headers = { authorization, ...(form && { 'content-type': FORM }), 'i-twilio-idempotency-token': token }
      const body = form ? formText(form) : null
      try {
        return await answerOf(base + path, { method, headers, body, dispatcher: connections })
      } catch (error) {
        throw unanswered(error)
      }
    },
  }
}

const FORM = 'application/x-www-form-urlencoded'

function formText(form: Form): string {
  return new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString()
}

async function answerOf(url: string, options: Parameters<typeof request>[1]): Promise<RestAnswer> {
  const { statusCode, headers, body } = await request(url, { ...options, signal: AbortSignal.timeout(TIMEOUT_MS) })
  return { status: statusCode, retryAfter: [headers['retry-after']].flat()[0], ...readBody(await textOf(body)) }
}

/** Milliseconds for one attempt, connecting included. */
const TIMEOUT_MS = 10_000

/** Connections to the carrier; those that cannot be made are told from answers that do not come. */
export function carrierConnections(): Agent {
  return new Agent({ connect: { timeout: TIMEOUT_MS / 2 } })
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > MOST_BYTES) return undefined // to leave the loop is to hang up
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
