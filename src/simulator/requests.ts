import type { News } from './happening.ts'
import type { Leg } from './leg.ts'
import type { Line } from './line.ts'
import { caution, fault, type Problem } from './problem.ts'
import type { WebAnswer, WebRequest } from './web-request.ts'

/** Asks for the next document of a call, with its standard parameters. */
export function ask(leg: Leg, request: WebRequest): Promise<WebAnswer | Problem> {
  return exchange(leg, { ...request, params: { ...leg.parameters(), ...request.params } })
}

/** Tells a callback URL something, beside whatever else goes on; the answer is not used. */
export function notify(leg: Leg, request: WebRequest): void {
  report(leg, { ...request, params: { ...leg.parameters(), ...request.params } })
}

/** Tells a callback URL something that is not about the call alone: without the standard parameters. */
export function report(leg: Leg, request: WebRequest): void {
  const problem = underscored(request)
  if (problem) leg.warn(problem)
  else void tellOf(leg, request)
}

async function tellOf(leg: Leg, request: WebRequest): Promise<void> {
  await leg.ground.activity.during(async () => {
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
export async function exchange(asker: Asker, request: WebRequest): Promise<WebAnswer | Problem> {
  asker.tell({ type: 'asked', ...request })
  const answer = await asker.line.ask(request)
  if ('code' in answer) asker.warn(answer)
  else asker.tell({ type: 'answered', status: answer.status, contentType: answer.contentType, body: answer.body })
  return answer
}

/** The carrier calls no host back that is named so (twiml.md 1.4). */
function underscored({ url }: WebRequest): Problem | undefined {
  if (!URL.canParse(url) || !new URL(url).hostname.includes('_')) return undefined
  return fault(11100, `the callback ${url} has a host name with an underscore; expected one without`)
}
