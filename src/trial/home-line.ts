import { randomBytes } from 'node:crypto'
import { signatureOf } from '../signature/signature.ts'
import { askedUrl, type Line } from '../simulator/line/line.ts'
import type { WebAnswer, WebRequest } from '../simulator/line/web-request.ts'
import { fault, type Problem } from '../simulator/problem.ts'

/** This very server, asked without a connection: it need not listen, nor be reached by its public name from here. */
export interface Home {
  /** The hosts by which it is called beside its public URL, with their ports. */
  hosts(): readonly string[]
  /** Base of every URL given out, against which signatures are checked; undefined: as each request says. */
  readonly publicUrl: string | undefined
  /** Signs. */
  readonly authToken: string
  ask(request: HomeRequest): Promise<HomeAnswer>
}

export interface HomeRequest {
  readonly method: 'GET' | 'POST'
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface HomeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Buffer
}

/** A line that has this server answer what is asked of it, or of Studio, to which the TwiML of others sends a contact back; everything else goes out. */
export function homeLine(home: Home, elsewhere: Line): Line {
  return {
    async ask(request) {
      const url = askedUrl(request)
      if (url === undefined || !isHome(new URL(url), home)) return elsewhere.ask(request)
      return follow(request, new URL(url), home)
    },
  }
}

function isHome({ host, href }: URL, { hosts, publicUrl }: Home): boolean {
  return host === STUDIO || hosts().includes(host) || (publicUrl !== undefined && href.startsWith(`${publicUrl}/`))
}

const STUDIO = 'webhooks.twilio.com'

async function follow(request: WebRequest, target: URL, home: Home): Promise<WebAnswer | Problem> {
  const { href: url } = target
  const answer = await home.ask(signed(request, target, home)).catch(() => undefined)
  if (!answer) return fault(11205, `${url} cannot be reached: the server stops`)
  const { status, headers, body } = answer
  const [contentType = ''] = String(headers['content-type'] ?? '')
    .toLowerCase()
    .split(/\s*;/, 1)
  if (request.wants === 'media') return { status, contentType, body: '', url, beginning: body.subarray(0, 4 * 1024) }
  if (body.length > MOST_BYTES) return fault(11750, `the answer of ${url} has more than ${MOST_BYTES} bytes`)
  return { status, contentType, body: body.toString(), url }
}

const MOST_BYTES = 64 * 1024

/** Signed over the URL that the server takes the request to be made for. */
function signed({ method, params }: WebRequest, target: URL, home: Home): HomeRequest {
  const { host } = target
  const url = pathIn(target, home)
  const form = method === 'POST' ? Object.entries(params) : []
  const base = home.publicUrl ?? `http://${host}`
  return {
    method,
    url,
    body: new URLSearchParams(form).toString(),
    headers: {
      host,
      'user-agent': 'TwilioProxy/1.1',
      'x-twilio-signature': signatureOf(home.authToken, base + url, form),
      'i-twilio-idempotency-token': randomBytes(16).toString('hex'),
      ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }),
    },
  }
}

/** A public URL may have a path of its own, which is taken off on the way. */
function pathIn({ href, pathname, search }: URL, { publicUrl }: Home): string {
  const isBelow = publicUrl !== undefined && href.startsWith(`${publicUrl}/`)
  return isBelow ? href.slice(publicUrl.length) : pathname + search
}
