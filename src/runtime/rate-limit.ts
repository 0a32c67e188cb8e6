import type { Clock } from '../clock/clock.ts'
import { Refusal } from '../errors.ts'

/** Lets so many things begin in a second, and refuses the rest. What a second leaves unused is there in the next, up to a second's worth (engine.md 1.6). */
export class RateLimit {
  readonly #perSecond: number
  readonly #what: string
  readonly #clock: Clock
  #left: number
  #countedAt: number

  /** No limit where `perSecond` is 0. `what` names what begins, for the refusal. */
  constructor(perSecond: number, what: string, clock: Clock) {
    this.#perSecond = perSecond
    this.#what = what
    this.#clock = clock
    this.#left = perSecond
    this.#countedAt = clock.now()
  }

  /** Counts one more; throws a `Refusal` where it is one too many. */
  count(): void {
    if (this.#perSecond === 0) return
    const now = this.#clock.now()
    const earned = ((now - this.#countedAt) / 1_000) * this.#perSecond
    this.#left = Math.min(this.#left + Math.max(earned, 0), this.#perSecond)
    this.#countedAt = now
    if (this.#left < 1)
      throw new Refusal(
        'tooManyRequests',
        `Too many requests: at most ${this.#perSecond} ${this.#what} begin in a second`,
      )
    this.#left -= 1
  }
}
