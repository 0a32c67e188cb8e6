import type { CallStatus } from '../happening.ts'
import type { Office } from '../office.ts'
import type { CallPlan } from '../plans.ts'
import type { StatusCallback } from '../webhooks.ts'
import { isAbout } from './input.ts'
import { Interrupted } from './interruption.ts'
import { Leg, type LegSetup } from './leg.ts'
import { reportStatus } from './status-callback.ts'

/** Four hours: no call lasts longer, unless its `timeLimit` says so (twiml.md 4.6). */
export const LONGEST_CALL_S = 14_400

/** Seconds that a Dial waits for somebody, unless its `timeout` says so (twiml.md 4.6). */
export const DIAL_RINGS_S = 30

/** A phone that is to be rung. */
export interface Ringing {
  readonly setup: LegSetup
  readonly plan: CallPlan
  /** Seconds that it rings at most. */
  readonly timeout: number
  readonly statusCallback?: StatusCallback | undefined
}

/** A leg to a phone that is to be rung; it rings when `ring` is called. */
export function outgoingLeg(office: Office, { setup, statusCallback }: Pick<Ringing, 'setup' | 'statusCallback'>): Leg {
  const leg = new Leg(office, setup)
  office.register(leg)
  if (statusCallback) reportStatus(leg, statusCallback)
  return leg
}

/** Rings until the phone is answered, or is not (twiml.md 6.3); answers the status it then has. Throws `Interrupted`. */
export async function ring(leg: Leg, { plan, timeout }: Pick<Ringing, 'plan' | 'timeout'>): Promise<CallStatus> {
  leg.become('initiated')
  if (plan.outcome === 'failed') return became(leg, 'failed')
  leg.become('ringing')
  const answers = plan.outcome !== 'no-answer' && plan.after <= timeout
  await leg.wait({ seconds: answers ? plan.after : timeout })
  if (!answers) return became(leg, 'no-answer')
  return became(leg, plan.outcome === 'answered' ? 'in-progress' : 'busy')
}

/** Rings as long as a call at a number of this network is not answered, but no longer than the time; answers the status it then has. Throws `Interrupted`. */
export async function ringThrough(leg: Leg, { far, timeout }: { far: Leg; timeout: number }): Promise<CallStatus> {
  leg.become('initiated')
  leg.become('ringing')
  far.onStatus(() => leg.give({ kind: 'signal', about: far }))
  if (far.status === 'ringing') await leg.wait({ seconds: timeout, takes: (input) => isAbout(far, input) })
  if (far.status === 'ringing') return became(leg, 'no-answer')
  if (far.status === 'in-progress' || far.status === 'completed') return became(leg, 'in-progress')
  return became(leg, far.status)
}

/** Stays on the line as long as the call at the other number lasts, or until cut off; then the leg is over. */
export async function stayOnThrough(leg: Leg, far: Leg): Promise<void> {
  if (!far.isOver) await leg.wait({ takes: (input) => isAbout(far, input) && far.isOver })
  leg.become('completed')
}

function became(leg: Leg, status: CallStatus): CallStatus {
  leg.become(status)
  return leg.status
}

/** Stays on the line until the far end has talked enough, or is cut off; then the leg is over. Throws `Interrupted` where it is sent elsewhere. */
export async function talk(leg: Leg, { talks }: CallPlan): Promise<void> {
  try {
    await leg.wait(talks === undefined ? {} : { seconds: talks })
  } catch (error) {
    if (!(error instanceof Interrupted) || error.by.kind === 'redirected') throw error
  }
  leg.become('completed')
}
