import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, request as send } from 'undici'
import type { HttpRequestEffect } from '../../engine/effect.ts'
import type { Form } from '../../signature/signature.ts'
import { type AllowPrivate, addressGuard } from './address-guard.ts'
import { guardedConnector } from './guarded-connector.ts'
import { failure, type HttpOutcome, outcomeOf, RequestFailed } from './http-outcome.ts'
import type { OwnDomain } from './own-domain.ts'
import type { Answer } from './own-hop.ts'
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
  /** The function that it calls, if it calls one. */
  readonly function?: HttpRequestEffect['function']
  /** Nothing of it leaves this machine. */
  readonly staysHere?: boolean
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
  /** What is asked here is asked without the network. */
  readonly domain?: OwnDomain
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
        return await Promise.race([follow(request, { ...limits, agent, deadline }), passed(deadline)])
      } catch (error) {
        return failure(error, request.url, limits.timeoutMs)
      }
    },
    close: () => agent.destroy(),
  }
}

/** Studio's own limits (widgets.md 3.20). */
const LIMITS = { timeoutMs: 10_000, maxBytes: 65_536, maxRedirects: 10 }

interface Journey extends HttpClientSettings {
  readonly agent: Agent
  readonly deadline: AbortSignal
  readonly maxBytes: number
  readonly maxRedirects: number
}

function firstHop(request: HttpRequest, { accountSid = '', tokens: [token = ''], domain }: HttpClientSettings): Hop {
  const url = webUrl(domain?.urlOf(request) ?? request.url)
  const { method, authorization: wanted, token: id, function: called } = request
  const authorization = wanted === 'twilio' ? basic(accountSid, token) : basicOf(url)
  const payload = payloadOf(request)
  return { method, url, payload, authorization, token: id, signs: true, callsFunction: called !== undefined }
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

async function follow(request: HttpRequest, journey: Journey): Promise<HttpOutcome> {
  let hop = firstHop(request, journey)
  for (let redirects = 0; redirects <= journey.maxRedirects; redirects++) {
    journey.deadline.throwIfAborted()
    const answer = (await journey.domain?.answer(hop, journey.tokens[0])) ?? (await outside(hop, request, journey))
    const location = locationOf(answer)
    if (location === undefined) return await outcomeOf(answer, journey.maxBytes)
    abandon(answer)
    hop = nextHop(hop, answer.statusCode, webUrl(location, hop.url.href))
  }
  throw new RequestFailed('too-many-redirects', `the request was redirected more than ${journey.maxRedirects} times`)
}

async function outside(hop: Hop, { staysHere }: HttpRequest, { agent, deadline, tokens }: Journey): Promise<Answer> {
  if (staysHere) throw new RequestFailed('network', `redirected to ${hop.url.host}, which is not asked`)
  const { url, headers } = wireRequest(hop, tokens[0])
  const body = hop.payload?.text ?? null
  return await send(url, { method: hop.method, headers, body, dispatcher: agent, signal: deadline })
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

function locationOf({ statusCode, headers: { location } }: Answer): string | undefined {
  return REDIRECTS.has(statusCode) ? [location].flat()[0] : undefined
}

/** Does not wait for the rest of a body that may never end. */
function abandon({ body }: Answer): void {
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
