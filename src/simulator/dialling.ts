import type { CallStatus } from './happening.ts'
import { Interrupted, Leg, type LegSetup } from './leg.ts'
import type { Office, Plan } from './office.ts'
import { reportStatus, type StatusCallback } from './status-callback.ts'

/** A phone that is to be rung. */
export interface Ringing {
  readonly setup: LegSetup
  readonly plan: Plan
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

function became(leg: Leg, status: CallStatus): CallStatus {
  leg.become(status)
  return leg.status
}

/** Stays on the line until the far end has talked enough, or is cut off; then the leg is over. */
export async function talk(leg: Leg, { talks }: Plan): Promise<void> {
  try {
    await leg.wait(talks === undefined ? {} : { seconds: talks })
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
  }
  leg.become('completed')
}
