import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { parse, stringify } from 'node:querystring'

/** Decoded parameters in order, duplicates kept. */
export type Form = readonly (readonly [name: string, value: string])[]

/** What a signature is checked against. */
export interface SignedRequest {
  /** As the sender asked for it, query and user info included. No sender sends a fragment, so with one nothing fits. */
  readonly url: string
  /** The parameters of the body alone; of no account where there is a `rawBody`. */
  readonly form: Form
  /** A body that is no form: the URL carries its hash. */
  readonly rawBody?: string | Uint8Array
}

/** Whether X-Twilio-Signature was made with one of the tokens (engine.md 6). */
export function isSigned({ url, form, rawBody }: SignedRequest, signature: string, tokens: readonly string[]): boolean {
  if (rawBody !== undefined && !carriesHash(url, rawBody)) return false
  const parameters = rawBody === undefined ? inOrder(form) : ''
  for (const variant of variants(url)) {
    if (tokens.some((token) => sameText(signature, hmac(token, variant + parameters)))) return true
  }
  return false
}

/** X-Twilio-Signature of a request: of its URL, and of its parameters where they are sent as a form. */
export function signatureOf(token: string, url: string, form: Form): string {
  return hmac(token, withoutFragment(url) + inOrder(form))
}

/** Adds to the URL what makes the signature cover a body that is no form. */
export function withBodyHash(url: string, body: string): string {
  const hash = `${BODY_HASH}=${sha256(body)}`
  const [address = '', ...fragment] = url.split('#')
  if (address.includes(hash)) return url // a redirect may have kept it
  return [`${address}${address.includes('?') ? '&' : '?'}${hash}`, ...fragment].join('#')
}

const BODY_HASH = 'bodySHA256'

/** The senders do not agree on ports and escapes, so the vendor's own packages try these too. */
function* variants(url: string): Generator<string> {
  yield url
  yield* withEitherPort(url)
  if (!URL.canParse(url)) return
  const normalized = new URL(url).href
  if (normalized !== url) yield* withEitherPort(normalized)
  yield* withEitherPort(withQueryEncodedAgain(normalized))
}

/** Scheme, user info, host, port and all that follows, without changing a character. */
const PARTS = /^(https?:\/\/)([^/?#]*@)?(\[[^\]]*\]|[^/?#:]*)(:\d*)?(.*)$/is

function withEitherPort(url: string): string[] {
  const [, scheme = '', userInfo = '', host = '', port, rest = ''] = PARTS.exec(url) ?? []
  if (scheme === '') return [url]
  const standardPort = scheme.toLowerCase() === 'https://' ? ':443' : ':80'
  return [scheme + userInfo + host + rest, scheme + userInfo + host + (port ?? standardPort) + rest]
}

function withQueryEncodedAgain(url: string): string {
  const [path = '', ...query] = url.split('?')
  return query.length === 0 ? url : `${path}?${stringify(parse(query.join('?'), '&', '=', ALL))}`
}

/** Every parameter: whatever was left out would not be signed. */
const ALL = { maxKeys: 0 } as const

function hmac(token: string, text: string): string {
  return createHmac('sha1', token).update(text).digest('base64')
}

/** Names, and the values of a repeated name, are sorted as the vendor's packages do it; repeated pairs count once. */
function inOrder(form: Form): string {
  const sorted = [...form].sort(
    ([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue),
  )
  let text = ''
  let before: Form[number] | undefined
  for (const pair of sorted) {
    const [name, value] = pair
    if (name !== before?.[0] || value !== before[1]) text += name + value
    before = pair
  }
  return text
}

function order(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function carriesHash(url: string, body: string | Uint8Array): boolean {
  if (body.length === 0) return true // nothing to protect: the signature of the URL says all
  const carried = URL.canParse(url) ? new URL(url).searchParams.get(BODY_HASH) : null
  return carried !== null && sameText(carried.toLowerCase(), sha256(body))
}

function sha256(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('hex')
}

function withoutFragment(url: string): string {
  return url.split('#', 1)[0] ?? url
}

/** Takes the same time wherever the first difference is; the lengths are no secret. */
function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
