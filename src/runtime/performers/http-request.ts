import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request as send } from 'undici'
import type { Form } from '../../signature/signature.ts'
import { type AllowPrivate, addressGuard } from './address-guard.ts'
import { guardedConnector } from './guarded-connector.ts'
import { failure, type HttpOutcome, outcomeOf, RequestFailed } from './http-outcome.ts'
import { basic, basicOf, type Hop, nextHop, type Payload, wireRequest } from './request-hop.ts'

/** A request that a flow makes. */
interface HttpRequest {
  readonly method: 'GET' | 'POST'
  /** Absolute; user info in it becomes Basic authentication. */
  readonly url: string
  readonly contentType?: string
  /** Sent with POST only. */
  readonly body?: string
  /** Takes the place of `body`. */
  readonly form?: Form
  /** Takes the place of user info: the account's own credentials. */
  readonly authorization?: 'twilio'
  /** The same whenever the same is asked for again, after a crash. */
  readonly token?: string
}

export interface HttpClientSettings {
  readonly allowPrivate: AllowPrivate
  /** The first one signs. */
  readonly tokens: readonly string[]
  readonly accountSid?: string
  /** For everything: connecting, redirects and the whole body. */
  readonly timeoutMs?: number
  readonly maxBytes?: number
  readonly maxRedirects?: number
  readonly lookup?: LookupFunction
}

export interface HttpClient {
  /** Never throws. */
  request(request: HttpRequest): Promise<HttpOutcome>
  /** Gives up what is under way. */
  close(): Promise<void>
}

/** Asks web services as flows want it, and cannot be made to wait, to swallow or to reach more than is allowed. */
export function httpClient(settings: HttpClientSettings): HttpClient {
  const limits = { ...LIMITS, ...settings }
  const connect = guardedConnector({ lookup, ...limits, admits: addressGuard(settings.allowPrivate) })
  const agent = new Agent({ connect })
  return {
    async request(request) {
      const deadline = AbortSignal.timeout(limits.timeoutMs)
      try {
        // undici does not hear of the deadline before a connection stands.
        return await Promise.race([
          follow(firstHop(request, settings), { ...limits, agent, deadline }),
          passed(deadline),
        ])
      } catch (error) {
        return failure(error, request.url, limits.timeoutMs)
      }
    },
    close: () => agent.destroy(),
  }
}

/** Studio's own limits (widgets.md 3.20). */
const LIMITS = { timeoutMs: 10_000, maxBytes: 65_536, maxRedirects: 10 }

interface Journey {
  readonly agent: Agent
  readonly deadline: AbortSignal
  readonly tokens: readonly string[]
  readonly maxBytes: number
  readonly maxRedirects: number
}

function firstHop(request: HttpRequest, { accountSid = '', tokens: [token = ''] }: HttpClientSettings): Hop {
  const url = webUrl(request.url)
  const authorization = request.authorization === 'twilio' ? basic(accountSid, token) : basicOf(url)
  return { method: request.method, url, payload: payloadOf(request), authorization, token: request.token, signs: true }
}

const FORM = 'application/x-www-form-urlencoded;charset=utf-8'

function payloadOf({ method, contentType = FORM, body, form }: HttpRequest): Payload | undefined {
  if (method === 'GET') return undefined
  if (form)
    return {
      contentType: FORM,
      text: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString(),
    }
  return body === undefined ? undefined : { contentType, text: body }
}

async function follow(first: Hop, journey: Journey): Promise<HttpOutcome> {
  let hop = first
  for (let redirects = 0; redirects <= journey.maxRedirects; redirects++) {
    const answer = await ask(hop, journey)
    const location = locationOf(answer)
    if (location === undefined) return await outcomeOf(answer, journey.maxBytes)
    abandon(answer)
    hop = nextHop(hop, answer.statusCode, webUrl(location, hop.url.href))
  }
  throw new RequestFailed('too-many-redirects', `the request was redirected more than ${journey.maxRedirects} times`)
}

async function ask(hop: Hop, { agent, deadline, tokens }: Journey): Promise<Dispatcher.ResponseData> {
  deadline.throwIfAborted()
  const { url, headers } = wireRequest(hop, tokens[0])
  const body = hop.payload?.text ?? null
  return await send(url, { method: hop.method, headers, body, dispatcher: agent, signal: deadline })
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

function locationOf({ statusCode, headers: { location } }: Dispatcher.ResponseData): string | undefined {
  return REDIRECTS.has(statusCode) ? [location].flat()[0] : undefined
}

/** Does not wait for the rest of a body that may never end. */
function abandon({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => {}) // it tells of its own abandoning
  body.destroy()
}

function webUrl(text: string, base?: string): URL {
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new RequestFailed('invalid-url', `${JSON.stringify(text)} is no http or https URL`)
  }
  url.hash = ''
  if (url.search === '') url.search = '' // a lone question mark would be signed but not sent
  return url
}

function passed(deadline: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason), { once: true })
  })
}
