import { request } from 'undici'
import type { Parameters } from './parameters.ts'

/** The carrier's REST API: a form goes in, a status and JSON come out. Throws when there is no answer. */
export interface RestApi {
  post(request: RestRequest): Promise<RestAnswer>
}

/** What is posted, and where. */
export interface RestRequest {
  readonly product: Product
  /** The whole path, such as `/2010-04-01/Accounts/AC…/Messages.json`. */
  readonly path: string
  readonly form: Parameters
  /** The same whenever the same is asked for again, after a crash, too. */
  readonly token: string
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
    async post({ product, path, form, token }) {
      const { statusCode, body } = await request((url ?? `https://${product}.twilio.com`) + path, {
        method: 'POST',
        headers: {
          authorization,
          'content-type': 'application/x-www-form-urlencoded',
          'i-twilio-idempotency-token': token,
        },
        body: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString(),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      return { status: statusCode, body: JSON.parse(await body.text()) }
    },
  }
}

/** A caller may be waiting for the turn that this request is part of. */
const TIMEOUT_MS = 10_000
