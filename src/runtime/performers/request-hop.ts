import { unescape as unescaped } from 'node:querystring'
import { type Form, signatureOf, withBodyHash } from '../../signature/signature.ts'

/** One request of the chain that redirects make of a request. */
export interface Hop {
  readonly method: 'GET' | 'POST'
  /** May hold user info, which is signed but not asked for. */
  readonly url: URL
  readonly payload?: Payload | undefined
  /** Only for the origin it was meant for. */
  readonly authorization?: string | undefined
  /** `I-Twilio-Idempotency-Token`, by which a service can tell a request that comes once more. */
  readonly token?: string | undefined
  /** Whether X-Twilio-Signature is sent: somebody else's redirect must not make us sign a request to a third. */
  readonly signs: boolean
  /** A redirect leads to whatever is there. */
  readonly callsFunction?: boolean
}

export interface Payload {
  readonly contentType: string
  readonly text: string
}

/** What goes over the wire for a hop. */
export interface WireRequest {
  readonly url: URL
  readonly headers: Record<string, string>
}

/** Puts a hop into the form in which it is sent; signed where there is a token (engine.md 6). */
export function wireRequest(hop: Hop, token: string | undefined): WireRequest {
  const signing = hop.signs ? token : undefined
  const href =
    signing !== undefined && hop.payload && isHashed(hop.payload)
      ? withBodyHash(hop.url.href, hop.payload.text)
      : hop.url.href
  return {
    url: withoutUserInfo(new URL(href)),
    headers: {
      'user-agent': USER_AGENT,
      accept: '*/*',
      'accept-encoding': 'identity', // so that the limit of the body is the limit of what was sent
      ...(hop.payload && { 'content-type': hop.payload.contentType }),
      ...(hop.authorization !== undefined && { authorization: hop.authorization }),
      ...(hop.token !== undefined && { 'i-twilio-idempotency-token': hop.token }),
      ...(signing !== undefined && { 'x-twilio-signature': signatureOf(signing, href, formOf(hop.payload)) }),
    },
  }
}

/** The request that a redirect asks for; a POST stays one only where the status says so. */
export function nextHop(hop: Hop, status: number, url: URL): Hop {
  const sameOrigin = url.origin === hop.url.origin
  const keepsBody = status === 307 || status === 308
  return {
    method: keepsBody ? hop.method : 'GET',
    url,
    payload: keepsBody ? hop.payload : undefined,
    authorization: basicOf(url) ?? (sameOrigin ? hop.authorization : undefined),
    token: hop.token,
    signs: hop.signs && (sameOrigin || isUpgrade(hop.url, url)),
  }
}

/** Basic authentication by the user info of a URL, if it has any. */
export function basicOf({ username, password }: URL): string | undefined {
  return username || password ? basic(unescaped(username), unescaped(password)) : undefined
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** Not Twilio's name: servers that let only Twilio in are to check the signature, and logs are to tell the truth. */
const USER_AGENT = 'Trunkline'

function isForm({ contentType }: Payload): boolean {
  return /^\s*application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType)
}

function isHashed(payload: Payload): boolean {
  return payload.text !== '' && !isForm(payload)
}

function formOf(payload: Payload | undefined): Form {
  return payload && isForm(payload) ? [...new URLSearchParams(payload.text)] : []
}

function withoutUserInfo(url: URL): URL {
  url.username = ''
  url.password = ''
  return url
}

/** The same server by TLS, each at its standard port. */
function isUpgrade(from: URL, to: URL): boolean {
  const secure = from.protocol === 'http:' && to.protocol === 'https:'
  return secure && from.hostname === to.hostname && from.port === '' && to.port === ''
}
