import { request } from 'undici'
import type { Parameters } from './parameters.ts'

/** The carrier's REST API: a form goes in, a status and JSON come out. Throws when there is no answer. */
export interface RestApi {
  post(request: RestRequest): Promise<RestAnswer>
  get(place: RestPlace): Promise<RestAnswer>
  delete(place: RestPlace): Promise<RestAnswer>
}

/** Where a resource is. */
export interface RestPlace {
  readonly product: Product
  /** The whole path, such as `/2010-04-01/Accounts/AC…/Messages.json`. */
  readonly path: string
}

/** What is posted, and where. */
export interface RestRequest extends RestPlace {
  readonly form: Parameters
}

/** A product of Twilio's, by the first label of its host. */
export type Product = 'api' | 'conversations' | 'flex-api' | 'taskrouter'

export interface RestAnswer {
  readonly status: number
  readonly body: unknown
}

/** How to reach Twilio, or a service that speaks its REST API. */
export interface RestAccess {
  /** One base for all products; Twilio's own hosts, when it is left out. */
  readonly url?: string | undefined
  /** `AC…` and the auth token, or `SK…` and the secret of an API key. */
  readonly user: string
  readonly password: string
}

/** The REST API over HTTP. */
export function restApiAt(access: RestAccess): RestApi {
  return {
    post: ({ form, ...place }) => asked(access, place, { method: 'POST', ...formOf(form) }),
    get: (place) => asked(access, place, { method: 'GET' }),
    delete: (place) => asked(access, place, { method: 'DELETE' }),
  }
}

interface Asking {
  readonly method: 'POST' | 'GET' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function asked(
  { url, user, password }: RestAccess,
  { product, path }: RestPlace,
  asking: Asking,
): Promise<RestAnswer> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const { statusCode, body } = await request((url ?? `https://${product}.twilio.com`) + path, {
    ...asking,
    headers: { ...asking.headers, authorization },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  return { status: statusCode, body: jsonOf(await body.text()) }
}

function formOf(form: Parameters): Pick<Asking, 'headers' | 'body'> {
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString(),
  }
}

/** What was deleted is answered with nothing. */
export function jsonOf(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text)
}

/** A caller may be waiting for the turn that this request is part of. */
const TIMEOUT_MS = 10_000
