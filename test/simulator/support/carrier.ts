import twilio from 'twilio'
import type { RequestOptions } from 'twilio/lib/base/RequestClient.js'
import type { Webhooks } from '../../../src/simulator/webhooks.ts'
import { serving } from '../../support/server.ts'
import { ACCOUNT, networkWith } from './net.ts'
import { TOKEN } from './site.ts'

export const API_KEY = { user: `SK${'1'.repeat(32)}`, password: 'secret' }

/** A network with its REST API on a server, and the vendor's own client that talks to it. */
export async function carrierWith(webhooks: Webhooks = {}) {
  const stage = networkWith(webhooks)
  const { network } = stage
  const settings = { CARRIER: 'simulated', TWILIO_AUTH_TOKEN: TOKEN, API_KEYS: `${API_KEY.user}:${API_KEY.password}` }
  const { server } = await serving({}, settings, { network })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  return { ...stage, url, client: clientOf(url), raw: rawOf(url), clientOf: (as: Login) => clientOf(url, as) }
}

interface Login {
  readonly user: string
  readonly password: string
  readonly accountSid?: string
}

/** Twilio's package as it is; only the hosts are another. */
function clientOf(url: string, { user, password, accountSid = ACCOUNT }: Login = { user: ACCOUNT, password: TOKEN }) {
  const http = new twilio.RequestClient()
  const send = http.request.bind(http)
  http.request = (options: RequestOptions) =>
    send({ ...options, uri: options.uri.replace(/^https:\/\/[a-z-]+\.twilio\.com/, url) })
  return twilio(user, password, { accountSid, httpClient: http })
}

/** A request without any package. */
function rawOf(url: string) {
  return async (method: string, path: string, { form, token, as = `${ACCOUNT}:${TOKEN}` }: Raw = {}) => {
    const answer = await fetch(`${url}/2010-04-01/Accounts/${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(as).toString('base64')}`,
        ...(token && { 'i-twilio-idempotency-token': token }),
      },
      ...(form && { body: new URLSearchParams(form) }),
    })
    const body = Buffer.from(await answer.arrayBuffer())
    const contentType = answer.headers.get('content-type')
    return { status: answer.status, contentType, body, json: () => JSON.parse(body.toString()) as unknown }
  }
}

interface Raw {
  readonly form?: Record<string, string>
  readonly as?: string
  /** Of a request that may come twice. */
  readonly token?: string
}
