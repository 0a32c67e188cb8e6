import type { Params } from '../line/web-request.ts'
import type { CallPlan } from '../plans.ts'
import { afterSeconds } from '../seconds.ts'
import type { Hook } from '../webhooks.ts'
import type { Leg } from './leg.ts'
import { report } from './requests.ts'

/** What answering-machine detection is asked for (twiml.md 6.4). */
export interface Detection {
  readonly mode: 'Enable' | 'DetectMessageEnd'
  /** Seconds after which it gives up. */
  readonly timeout: number
}

/** Seconds after which it gives up, unless it is told otherwise. */
export const USUAL_TIMEOUT_S = 30

/** What it finds out about whoever answered, and after how many seconds. */
export interface Detected {
  readonly answeredBy: string
  readonly seconds: number
}

/** What detection makes of whoever answers as planned. */
export function detected(plan: CallPlan, detection: Detection): Detected {
  const found = inTheEnd(plan, detection)
  return found.seconds < detection.timeout ? found : { answeredBy: 'unknown', seconds: detection.timeout }
}

function inTheEnd({ answeredBy = 'unknown' }: CallPlan, { mode, timeout }: Detection): Detected {
  switch (answeredBy) {
    case 'human':
      return { answeredBy: 'human', seconds: 2 }
    case 'fax':
      return { answeredBy: 'fax', seconds: 3 }
    case 'unknown':
      return { answeredBy: 'unknown', seconds: timeout }
    case 'machine':
      return mode === 'Enable'
        ? { answeredBy: 'machine_start', seconds: 4 }
        : { answeredBy: 'machine_end_beep', seconds: 12 }
    default:
      return answeredBy satisfies never
  }
}

/** The parameters that tell of it. */
export function detectionParams({ answeredBy, seconds }: Detected): Params {
  return { AnsweredBy: answeredBy, MachineDetectionDuration: String(Math.round(seconds * 1_000)) }
}

/** Finds it out while the call goes on, and tells a callback. */
export function detectBeside(leg: Leg, found: Detected, callback: Hook | undefined): void {
  afterSeconds(leg.ground.clock, found.seconds, () => {
    if (leg.isOver) return
    leg.answeredBy = found.answeredBy
    if (callback) report(leg, callback, { CallSid: leg.sid, ...detectionParams(found) })
  })
}
