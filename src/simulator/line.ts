import { Agent, request as send } from 'undici'
import { signatureOf } from '../signature/signature.ts'
import { CookieJar } from './cookies.ts'
import { fault, type Problem } from './problem.ts'

/** Parameters of a request, one value a name. */
export type Params = Readonly<Record<string, string>>

/** What the carrier asks a server. */
export interface WebRequest {
  readonly method: 'GET' | 'POST'
  /** Absolute; what stands behind `#` steers the request and is not sent. */
  readonly url: string
  readonly params: Params
}

/** What a server answered, after redirects. */
export interface WebAnswer {
  readonly status: number
  /** Media type in lower case, without parameters; empty when there is none. */
  readonly contentType: string
  readonly body: string
  /** Where it came from. */
  readonly url: string
}

/** Carries the carrier's requests to servers, as Twilio does (twiml.md 1.4 and 2.1); one for each call. */
export interface Line {
  ask(request: WebRequest): Promise<WebAnswer | Problem>
}

export interface LineSettings {
  readonly accountSid: string
  /** Signs every request. */
  readonly authToken: string
  readonly agent: Agent
  /** Milliseconds for one whole answer; the carrier's own 15 s when it is left out. */
  readonly timeoutMs?: number
}

/** A line over HTTP: signed forms, cookies, redirects followed as GET without the form. */
export function httpLine(settings: LineSettings): Line {
  const jar = new CookieJar()
  return {
    async ask(request) {
      const deadline = AbortSignal.timeout(settings.timeoutMs ?? ANSWER_MS)
      try {
        return await follow(request, { ...settings, jar, deadline })
      } catch (error) {
        return refusal(error, request)
      }
    },
  }
}

/** An agent that many lines share. */
export function lineAgent(): Agent {
  return new Agent({ connect: { timeout: CONNECT_MS } })
}

/** The voice ceiling. */
const ANSWER_MS = 15_000
const CONNECT_MS = 5_000
const MOST_BYTES = 64 * 1024
const MOST_REDIRECTS = 10

interface Way extends LineSettings {
  readonly jar: CookieJar
  readonly deadline: AbortSignal
}

async function follow(first: WebRequest, way: Way): Promise<WebAnswer | Problem> {
  let hop = first
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const url = urlOf(hop)
    if (!url) return fault(11100, `${JSON.stringify(hop.url)} is no absolute http or https URL`)
    const answer = await exchange(hop, url, way)
    const location = REDIRECTS.has(answer.statusCode) ? one(answer.headers.location) : undefined
    if (location === undefined) return await read(answer, url)
    await answer.body.dump()
    hop = { method: 'GET', url: URL.canParse(location, url) ? new URL(location, url).href : location, params: {} }
  }
  return fault(11215, `${first.url} redirects more than ${MOST_REDIRECTS} times`)
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** The URL that is asked for and signed: parameters of a GET belong to it, what stands behind `#` does not. */
function urlOf({ method, url: text, params }: WebRequest): string | undefined {
  const [address = ''] = text.split('#', 1)
  if (!URL.canParse(address) || !/^https?:/i.test(address)) return undefined
  const query = new URLSearchParams(params).toString()
  if (method === 'POST' || query === '') return address
  return `${address}${address.includes('?') ? '&' : '?'}${query}`
}

async function exchange({ method, params }: WebRequest, url: string, { jar, deadline, agent, authToken }: Way) {
  const target = new URL(url)
  const form = method === 'POST' ? Object.entries(params) : []
  const answer = await send(`${target.origin}${target.pathname}${target.search}`, {
    method,
    headers: {
      ...HEADERS,
      'x-twilio-signature': signatureOf(authToken, target.href, form), // as it goes over the wire, which is all that the server sees
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }),
      ...(target.username && { authorization: basic(target) }),
      ...jar.headerFor(target),
    },
    body: method === 'POST' ? new URLSearchParams(params).toString() : null,
    dispatcher: agent,
    signal: deadline,
  })
  jar.keep(target, [answer.headers['set-cookie'] ?? []].flat())
  return answer
}

const HEADERS = {
  'user-agent': 'TwilioProxy/1.1',
  accept: 'text/xml, application/xml, text/html',
  'cache-control': 'max-age=259200',
}

function basic({ username, password }: URL): string {
  return `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`
}

function one(value: string | string[] | undefined): string | undefined {
  return [value ?? []].flat()[0]
}

async function read({ statusCode, headers, body }: Awaited<ReturnType<typeof send>>, url: string) {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > MOST_BYTES) return fault(11750, `the answer of ${url} has more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  const [contentType = ''] = (one(headers['content-type']) ?? '').split(';', 1)
  return {
    status: statusCode,
    contentType: contentType.trim().toLowerCase(),
    body: Buffer.concat(chunks).toString('utf8'),
    url,
  }
}

function refusal(error: unknown, { url }: WebRequest): Problem {
  const reason = error instanceof Error ? error.message : String(error)
  if (error instanceof Error && error.name === 'TimeoutError')
    return fault(11200, `${url} gave no whole answer within ${ANSWER_MS / 1_000} s`)
  return fault(11205, `${url} cannot be reached: ${reason}`)
}
