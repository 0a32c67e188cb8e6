import { type Dispatcher, request as send } from 'undici'
import { signatureOf } from '../../signature/signature.ts'
import { fault, type Problem } from '../problem.ts'
import type { Agents } from './agents.ts'
import type { AnswerCache } from './answer-cache.ts'
import { basic, digest } from './authorization.ts'
import type { Connection } from './connection.ts'
import type { CookieJar } from './cookies.ts'
import { decoded } from './decode.ts'
import { readingWithin } from './reading-time.ts'
import type { WebAnswer, WebRequest } from './web-request.ts'

/** By what way a request goes out. */
export interface Way {
  readonly authToken: string
  readonly agents: Agents
  readonly jar: CookieJar
  readonly cache: AnswerCache
  readonly connection: Connection
  /** The same for every attempt at one request. */
  readonly idempotencyToken: string
  /** Ends all attempts together. */
  readonly deadline: AbortSignal
}

/** What one hop leads to: an answer, or another place. */
export type Hopped = WebAnswer | Problem | { readonly movedTo: string }

/** Asks once, at an absolute URL that has its query, and reads the answer. Throws what the connection throws. */
export async function hop({ method, params, wants }: WebRequest, url: string, way: Way): Promise<Hopped> {
  const target = new URL(url)
  const form = method === 'POST' ? Object.entries(params) : []
  const headers = {
    ...HEADERS,
    ...(wants && ANYTHING),
    // As it goes over the wire, which is all that the server sees.
    'x-twilio-signature': signatureOf(way.authToken, target.href, form),
    'i-twilio-idempotency-token': way.idempotencyToken,
    ...(method === 'POST' ? FORM : way.cache.headersFor(url)),
  }
  const body = method === 'POST' ? new URLSearchParams(params).toString() : null
  const answer = await authorized(target, { method, headers, body }, way)
  const location = MOVED.has(answer.statusCode) ? one(answer.headers.location) : undefined
  if (location === undefined) return await read(answer, { url, wants }, way)
  await answer.body.dump()
  return { movedTo: URL.canParse(location, url) ? new URL(location, url).href : location }
}

const HEADERS = {
  'user-agent': 'TwilioProxy/1.1',
  accept: 'text/xml, application/xml, text/html',
  'cache-control': 'max-age=259200',
}
/** What is played has its type judged when it is there. */
const ANYTHING = { accept: '*/*' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
const MOVED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const MOST_BYTES = 64 * 1024
/** As far as the length of a WAV file is usually known. */
const BEGINNING_BYTES = 4 * 1024

interface Sent {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** Asks with the name and password of the URL; once more where the server wants them as a digest. */
async function authorized(target: URL, sent: Sent, way: Way): Promise<Dispatcher.ResponseData> {
  const answer = await ask(target, withAuthorization(sent, basic(target)), way)
  const challenges = answer.statusCode === 401 ? [answer.headers['www-authenticate'] ?? []].flat() : []
  const proof = challenges.map((challenge) => digest(target, sent.method, challenge)).find(Boolean)
  if (proof === undefined) return answer
  await answer.body.dump()
  return ask(target, withAuthorization(sent, proof), way)
}

function withAuthorization({ headers, ...sent }: Sent, authorization: string | undefined): Sent {
  return { ...sent, headers: { ...headers, ...(authorization && { authorization }) } }
}

async function ask(target: URL, { method, headers, body }: Sent, way: Way): Promise<Dispatcher.ResponseData> {
  const { connectMs, readMs } = way.connection
  const answer = await send(`${target.origin}${target.pathname}${target.search}`, {
    method,
    headers: { ...headers, ...way.jar.headerFor(target) },
    body,
    dispatcher: way.agents.connectingWithin(connectMs).compose(readingWithin(readMs)),
    signal: way.deadline,
  })
  way.jar.keep(target, [answer.headers['set-cookie'] ?? []].flat())
  return answer
}

async function read(received: Dispatcher.ResponseData, from: From, { cache }: Way): Promise<WebAnswer | Problem> {
  const { statusCode: status, headers, body } = received
  const { url, wants } = from
  const type = one(headers['content-type']) ?? ''
  const [contentType = ''] = type.trim().toLowerCase().split(/\s*;/, 1)
  if (wants === 'media' || contentType.startsWith('audio/'))
    return { status, contentType, body: '', url, beginning: await beginningOf(body) }
  const bytes = await bytesOf(body)
  if (!bytes) return fault(11750, `the answer of ${url} has more than ${MOST_BYTES} bytes`)
  const same = status === 304 ? cache.answer(url) : undefined
  if (same) return same
  const answer = { status, contentType, body: decoded(bytes, type), url }
  cache.keep(url, { etag: one(headers.etag), lastModified: one(headers['last-modified']), answer })
  return answer
}

interface From {
  readonly url: string
  readonly wants: WebRequest['wants'] | undefined
}

/** Nobody listens here, however long it is. */
async function beginningOf(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  body.on('error', () => {}) // as it is when it is left before its end
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= BEGINNING_BYTES) break
  }
  return Buffer.concat(chunks).subarray(0, BEGINNING_BYTES)
}

/** Nothing where there are too many. */
async function bytesOf(body: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > MOST_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function one(value: string | string[] | undefined): string | undefined {
  return [value ?? []].flat()[0]
}
