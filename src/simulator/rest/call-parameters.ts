import type { Form } from '../../signature/signature.ts'
import type { Destination } from '../document/destination.ts'
import { isCallable } from '../messaging/addresses.ts'
import type { StatusCallback } from '../webhooks.ts'
import { callbackIn, hookIn, one, whole } from './parameters.ts'
import { invalid } from './refused.ts'

/** Both ends of a call that is to be placed. */
export function endsIn(form: Form): { readonly to: string; readonly from: string } {
  const [to, from] = [one(form, 'To'), one(form, 'From')]
  if (to === undefined) throw invalid(21201, "A 'To' number is required")
  if (from === undefined) throw invalid(21213, "A 'From' number is required")
  if (!isCallable(to)) throw invalid(21211, `The 'To' number ${to} is not a valid phone number`)
  if (!isCallable(from)) throw invalid(21212, `The 'From' number ${from} is not a valid caller id`)
  return { to, from }
}

/** Seconds that it rings at most, and that it lasts at most. */
export function timesIn(form: Form): { readonly timeout: number; readonly timeLimit: number | undefined } {
  return {
    timeout: whole(form, 'Timeout', { least: 1, most: 600, code: 21208 }) ?? RING_S,
    timeLimit: timeLimitIn(form),
  }
}

const RING_S = 60

/** Seconds after which a call is cut off. */
export function timeLimitIn(form: Form): number | undefined {
  return whole(form, 'TimeLimit', { least: 1, most: 86_400 })
}

/** Where a call goes on: at `Url`, which wins, or with `Twiml`. */
export function destinationIn(form: Form): Destination | undefined {
  const hook = hookIn(form, { url: 'Url', method: 'Method', code: 21205 })
  if (hook) return { kind: 'url', ...hook }
  const text = one(form, 'Twiml')
  if (text === undefined) return undefined
  if (text.length > LONGEST_TWIML)
    throw invalid(20001, `Twiml has ${text.length} characters; at most ${LONGEST_TWIML} are taken`)
  return { kind: 'twiml', text }
}

/** Characters of TwiML in a parameter (twiml.md 1.2). */
const LONGEST_TWIML = 4_000

/** Who is told how a call goes. */
export function statusCallbackIn(form: Form): StatusCallback | undefined {
  return callbackIn(form, 'StatusCallback', {
    known: ['initiated', 'ringing', 'answered', 'completed'],
    usual: 'completed',
  })
}
