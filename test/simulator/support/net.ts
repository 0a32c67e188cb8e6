import { onTestFinished } from 'vitest'
import { ManualClock } from '../../../src/clock/manual-clock.ts'
import type { Happening } from '../../../src/simulator/happening.ts'
import { Network } from '../../../src/simulator/network.ts'
import { Texter } from '../../../src/simulator/people/texter.ts'
import { timeOf } from '../../../src/simulator/time.ts'
import type { Webhooks } from '../../../src/simulator/webhooks.ts'
import { TOKEN } from './site.ts'

export const ACCOUNT = `AC${'0'.repeat(32)}`
/** A person's number, and the number of an application. */
export const PERSON = '+15550001'
export const OWN = '+15550002'
export const NOON = Date.UTC(2026, 10, 25, 12)

/** A network whose time is moved by hand, with one number that has these webhooks; closed when the test is over. */
export function networkWith(webhooks: Webhooks = {}) {
  const clock = new ManualClock(NOON)
  const network = new Network({ clock, accountSid: ACCOUNT, authToken: TOKEN })
  network.attach(OWN, webhooks)
  const time = timeOf(clock, () => network.activity.idle())
  const happenings: Happening[] = []
  network.watch((happening) => happenings.push(happening))
  onTestFinished(() => network.close())
  const texter = (from = PERSON) => new Texter(network, { from, to: OWN }, time)
  return { network, time, clock, happenings, texter, ...readings(happenings) }
}

function readings(happenings: readonly Happening[]) {
  return {
    /** Codes of everything that was warned of. */
    codes: () => happenings.flatMap((one) => (one.type === 'problem' ? [one.problem.code] : [])),
    /** Every status of every message, in order. */
    statuses: () => happenings.flatMap((one) => (one.type === 'message-status' ? [one.status] : [])),
  }
}
