import type { News } from './happening.ts'
import type { Destination, Leg } from './leg.ts'
import type { Line, Params, WebAnswer } from './line.ts'
import type { LastRequest } from './outcome.ts'
import { caution, fault, type Problem } from './problem.ts'

/** Asks for the next document of a call, with its standard parameters. */
export function ask(leg: Leg, request: LastRequest): Promise<WebAnswer | Problem> {
  return exchange(leg, { ...request, params: { ...leg.parameters(), ...request.params } })
}

/** Tells a callback URL something, beside whatever else goes on; the answer is not used. */
export function notify(leg: Leg, request: LastRequest): void {
  report(leg, { ...request, params: { ...leg.parameters(), ...request.params } })
}

/** Tells a callback URL something that is not about the call alone: without the standard parameters. */
export function report(leg: Leg, request: LastRequest): void {
  const problem = underscored(request)
  if (problem) leg.warn(problem)
  else void tellOf(leg, request)
}

async function tellOf(leg: Leg, request: LastRequest): Promise<void> {
  await leg.office.activity.during(async () => {
    const answer = await exchange(leg, request)
    if ('status' in answer && answer.status >= 400)
      leg.warn(caution(15003, `the callback ${request.url} answered ${answer.status}`))
  })
}

/** Whatever asks servers: one end of a call, or a message. */
export interface Asker {
  readonly line: Line
  tell(news: News): void
  warn(problem: Problem): void
}

/** One request as it stands, with its answer, both told. */
export async function exchange(asker: Asker, request: LastRequest): Promise<WebAnswer | Problem> {
  asker.tell({ type: 'asked', ...request })
  const answer = await asker.line.ask(request)
  if ('code' in answer) asker.warn(answer)
  else asker.tell({ type: 'answered', status: answer.status, contentType: answer.contentType, body: answer.body })
  return answer
}

/** The carrier calls no host back that is named so (twiml.md 1.4). */
function underscored({ url }: LastRequest): Problem | undefined {
  if (!URL.canParse(url) || !new URL(url).hostname.includes('_')) return undefined
  return fault(11100, `the callback ${url} has a host name with an underscore; expected one without`)
}

/** An absolute URL from an attribute; a problem where it is relative to nothing, or no URL. */
export function absolute(url: string, base: string | undefined): string | Problem {
  if (URL.canParse(url)) return url
  if (base === undefined) return fault(15004, `${JSON.stringify(url)} is relative, and this TwiML came from no URL`)
  return URL.canParse(url, base) ? new URL(url, base).href : fault(11100, `${JSON.stringify(url)} is no URL`)
}

/** The destination of a verb that goes on elsewhere; without a URL, where the document came from. */
export function destination(
  {
    url = '',
    method,
    params,
  }: { readonly url?: string | undefined; readonly method: 'GET' | 'POST'; readonly params?: Params },
  base: string | undefined,
): Destination | Problem {
  if (url.trim() === '' && base === undefined) return fault(15004, 'there is no URL to go on at')
  const target = url.trim() === '' ? (base ?? '') : absolute(url.trim(), base)
  return typeof target === 'string' ? { kind: 'url', url: target, method, ...(params && { params }) } : target
}
