import { request } from 'undici'
import type { Parameters } from './parameters.ts'

/** The carrier's REST API: a form goes in where something is posted, a status and JSON come out. Throws when there is no answer. */
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
  readonly form?: Parameters | undefined
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
export function restApiAt({ url, user, password }: RestAccess): RestApi {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return {
    async ask({ method, product, path, form }) {
      const { statusCode, body } = await request((url ?? `https://${product}.twilio.com`) + path, {
        method,
        headers: { authorization, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
        body: form ? formText(form) : null,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      return { status: statusCode, body: jsonOf(await body.text()) }
    },
  }
}

function formText(form: Parameters): string {
  return new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString()
}

/** What was deleted is answered with nothing. */
export function jsonOf(text: string): unknown {
  return text === '' ? undefined : JSON.parse(text)
}

/** A caller may be waiting for the turn that this request is part of. */
const TIMEOUT_MS = 10_000
