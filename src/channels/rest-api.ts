import { request } from 'undici'
import type { Parameters } from './parameters.ts'

/** The carrier's REST API: a form goes in, a status and JSON come out. Throws when there is no answer. */
export interface RestApi {
  /** `path` is below `/2010-04-01/Accounts/{AccountSid}`, such as `/Messages.json`. */
  post(path: string, form: Parameters): Promise<RestAnswer>
}

export interface RestAnswer {
  readonly status: number
  readonly body: unknown
}

/** How to reach Twilio, or a service that speaks its REST API. */
export interface RestAccess {
  /** Such as `https://api.twilio.com`. */
  readonly url: string
  readonly accountSid: string
  /** `AC…` and the auth token, or `SK…` and the secret of an API key. */
  readonly user: string
  readonly password: string
}

/** The REST API over HTTP. */
export function restApiAt({ url, accountSid, user, password }: RestAccess): RestApi {
  const base = `${url}/2010-04-01/Accounts/${accountSid}`
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  return {
    async post(path, form) {
      const { statusCode, body } = await request(base + path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString(),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      return { status: statusCode, body: JSON.parse(await body.text()) }
    },
  }
}

/** A caller may be waiting for the turn that this request is part of. */
const TIMEOUT_MS = 10_000
