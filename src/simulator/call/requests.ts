import { callBack, exchange } from '../line/exchange.ts'
import type { Params, WebAnswer, WebRequest } from '../line/web-request.ts'
import { fault, type Problem } from '../problem.ts'
import type { Hook } from '../webhooks.ts'
import type { Leg } from './leg.ts'

/** Asks for the next document of a call, with its standard parameters. */
export function ask(leg: Leg, request: WebRequest): Promise<WebAnswer | Problem> {
  return exchange(leg, { ...request, params: { ...leg.parameters(), ...request.params } })
}

/** Tells a callback something about a call, with its standard parameters; the answer is not used. */
export function notify(leg: Leg, { url, method }: Hook, params: Params): void {
  tell(leg, { url, method, params: { ...leg.parameters(), ...params } })
}

/** Tells a callback something that is not about a call alone: only the account comes along. */
export function report(leg: Leg, { url, method }: Hook, params: Params): void {
  tell(leg, { url, method, params: { AccountSid: leg.ground.accountSid, ...params } })
}

/** Goes on beside whatever else does. */
function tell(leg: Leg, request: WebRequest): void {
  const problem = underscored(request)
  if (problem) leg.warn(problem)
  else void leg.ground.activity.during(() => callBack(leg, request, 15003))
}

/** The carrier calls no host back that is named so (twiml.md 1.4). */
function underscored({ url }: WebRequest): Problem | undefined {
  if (!URL.canParse(url) || !new URL(url).hostname.includes('_')) return undefined
  return fault(11100, `the callback ${url} has a host name with an underscore; expected one without`)
}
