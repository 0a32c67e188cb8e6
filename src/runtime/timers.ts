import type { Logger } from 'pino'
import type { Clock } from '../clock/clock.ts'
import { topFrame } from '../engine/execution.ts'
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
      .catch((error: unknown) => this.#log.error({ err: error }, 'timers could not be fired'))
      .then(() => this.start())
      .catch((error: unknown) => this.#log.error({ err: error }, 'timers could not be read'))
  }

  async #fireDue(): Promise<void> {
    for (const execution of await this.#store.due(this.#clock.now(), BATCH)) {
      await this.#runtime.handle(execution.sid, { type: 'time-ran-out', step: topFrame(execution).step })
    }
  }
}

const BATCH = 100
