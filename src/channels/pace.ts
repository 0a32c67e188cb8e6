import { type Clock, reached } from '../clock/clock.ts'
import { Unanswered } from './unanswered.ts'

interface Limit {
  readonly perSecond: number
  readonly clock: Clock
}

/** When requests may go out: so many a second, evenly spread, in the order in which they ask for a turn. */
export class Pace {
  readonly #perSecond: number
  readonly #clock: Clock
  /** When the next turn is; epoch milliseconds. */
  #free: number

  constructor({ perSecond, clock }: Limit) {
    this.#perSecond = perSecond
    this.#clock = clock
    this.#free = clock.now()
  }

  /** Takes a turn and resolves when it comes; throws `Unanswered` when that would be too long. */
  async turn(): Promise<void> {
    const turn = Math.max(this.#free, this.#clock.now())
    if (turn - this.#clock.now() > LONGEST_WAIT_MS) throw crowded(this.#perSecond)
    this.#free = turn + 1_000 / this.#perSecond
    await reached(this.#clock, turn)
  }

  /** Resolves when a turn can be had at once. */
  async quiet(): Promise<void> {
    while (this.#free > this.#clock.now()) await reached(this.#clock, this.#free)
  }
}

const LONGEST_WAIT_MS = 5_000

function crowded(perSecond: number): Unanswered {
  const limit = `TWILIO_REQUESTS_PER_SECOND (${perSecond})`
  return new Unanswered(`more requests wait than ${limit} lets through in ${LONGEST_WAIT_MS / 1_000} s`, false)
}
