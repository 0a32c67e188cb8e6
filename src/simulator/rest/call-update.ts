import type { Form } from '../../signature/signature.ts'
import { hangUpAfter } from '../call/calls.ts'
import type { Leg } from '../call/leg.ts'
import { reportStatus } from '../call/status-callback.ts'
import { destinationIn, statusCallbackIn, timeLimitIn } from './call-parameters.ts'
import { hookIn, oneOf } from './parameters.ts'
import { invalid } from './refused.ts'

/** Changes a live call (twiml.md 6.5); throws `Refused`. */
export function updateCall(leg: Leg, form: Form): void {
  if (leg.isOver) throw invalid(21220, `Invalid call state: call ${leg.sid} is over (${leg.status})`)
  const status = oneOf(form, 'Status', ['completed', 'canceled'])
  const to = destinationIn(form)
  const callback = statusCallbackIn(form)
  const timeLimit = timeLimitIn(form)
  const fallback = hookIn(form, { url: 'FallbackUrl', method: 'FallbackMethod', code: 21205 })
  if (to && leg.status !== 'in-progress')
    throw invalid(
      21220,
      `Invalid call state: call ${leg.sid} is ${leg.status}, not in-progress; it cannot be redirected`,
    )
  if (callback) reportStatus(leg, callback)
  if (fallback) leg.fallback = fallback
  if (timeLimit !== undefined) hangUpAfter(leg, timeLimit, 'server')
  if (status) end(leg, status)
  else if (to) leg.interrupt({ kind: 'redirected', to })
}

/** `canceled` means nothing to a call that was answered. */
function end(leg: Leg, status: 'completed' | 'canceled'): void {
  if (status === 'canceled' && leg.status === 'in-progress') return
  leg.tell({ type: 'hung-up', by: 'server' })
  if (status === 'canceled') leg.become('canceled')
  leg.interrupt({ kind: 'hung-up', by: 'server' })
}
