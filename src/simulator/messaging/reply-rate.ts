import type { Clock } from '../../clock/clock.ts'
import { fault, type Problem } from '../problem.ts'

/** Stops two numbers that answer each other without end (twiml.md 1.2, 14107). */
export class ReplyRate {
  readonly #clock: Clock
  readonly #sent = new Map<string, readonly number[]>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Counts a reply from one number to another; a problem where it is one too many. */
  count(from: string, to: string): Problem | undefined {
    const pair = `${from} ${to}`
    const now = this.#clock.now()
    const recent = (this.#sent.get(pair) ?? []).filter((time) => time > now - WITHIN_MS)
    if (recent.length >= MOST) return fault(14107, `more than ${MOST} replies from ${from} to ${to} in 30 seconds`)
    this.#sent.delete(pair) // the longest unused comes first
    this.#sent.set(pair, [...recent, now])
    this.#forget(now - WITHIN_MS)
    return undefined
  }

  #forget(before: number): void {
    for (const [pair, times] of this.#sent) {
      if ((times.at(-1) ?? before) > before) return
      this.#sent.delete(pair)
    }
  }
}

const MOST = 15
const WITHIN_MS = 30_000
