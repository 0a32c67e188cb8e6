import type { Form } from '../../signature/signature.ts'
import type { Destination } from '../document/destination.ts'
import type { StatusCallback } from '../webhooks.ts'
import { callbackIn, hookIn, one } from './parameters.ts'
import { invalid } from './refused.ts'

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
