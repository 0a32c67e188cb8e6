import type { Logger } from 'pino'
import type { Clock } from '../clock/clock.ts'
import { type Execution, topFrame } from '../engine/execution.ts'
import type { Store } from '../store/store.ts'
import type { Runtime } from './runtime.ts'

export interface TimerParts {
  readonly store: Store
  readonly runtime: Runtime
  readonly log: Logger
  readonly clock: Clock
}

/** Turns waits whose time is up into events. The times are in the database; one timer runs to the nearest. */
export class Timers {
  readonly #store: Store
  readonly #runtime: Runtime
  readonly #log: Logger
  readonly #clock: Clock
  #cancel: () => void = () => {}
  #next = Number.POSITIVE_INFINITY
  #firing: Promise<void> = Promise.resolve()
  #stopped = false

  constructor({ store, runtime, log, clock }: TimerParts) {
    this.#store = store
    this.#runtime = runtime
    this.#log = log
    this.#clock = clock
  }

  /** Fires what came due while the process was down, and everything after it. */
  async start(): Promise<void> {
    const next = await this.#store.nextDue()
    if (next !== undefined) this.expect(next)
  }

  /** Makes sure that the timer runs out at this time at the latest; epoch milliseconds. */
  expect(at: number): void {
    if (this.#stopped || at >= this.#next) return
    this.#next = at
    this.#cancel()
    this.#cancel = this.#clock.at(at, () => this.#fire())
  }

  /** Resolves when the events now being fired are dealt with; no more are fired after it. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#cancel()
    await this.#firing
  }

  /** Resolves when the events now being fired are dealt with. */
  async settled(): Promise<void> {
    let firing: Promise<void>
    do {
      firing = this.#firing
      await firing
    } while (firing !== this.#firing)
  }

  #fire(): void {
    this.#next = Number.POSITIVE_INFINITY
    this.#firing = this.#fireDue()
      .then((left) => (left === 0 ? this.start() : this.expect(this.#clock.now() + RETRY_MS)))
      .catch((error: unknown) => {
        this.#log.error({ err: error }, 'timers could not be read')
        this.expect(this.#clock.now() + RETRY_MS)
      })
  }

  /** Answers how many could not be fired: one that fails must not hold up the others. */
  async #fireDue(): Promise<number> {
    const due = await this.#store.due(this.#clock.now(), BATCH)
    const fired = await Promise.all(due.map((execution) => this.#fireOne(execution)))
    return fired.filter((done) => !done).length
  }

  async #fireOne(execution: Execution): Promise<boolean> {
    try {
      await this.#runtime.handle(execution.sid, { type: 'time-ran-out', step: topFrame(execution).step })
      return true
    } catch (error) {
      this.#log.error({ err: error, executionSid: execution.sid }, 'a wait could not be ended')
      return false
    }
  }
}

const BATCH = 100

/** How long timers rest after one that failed. */
const RETRY_MS = 1_000
