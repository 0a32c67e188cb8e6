import type { Logger } from 'pino'
import { topFrame } from '../engine/execution.ts'
import type { Store } from '../store/store.ts'
import type { Runtime } from './runtime.ts'

/** Turns waits whose time is up into events. The times are in the database; one timer runs to the nearest. */
export class Timers {
  readonly #store: Store
  readonly #runtime: Runtime
  readonly #log: Logger
  #timer: NodeJS.Timeout | undefined
  #next = Number.POSITIVE_INFINITY
  #firing: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(store: Store, runtime: Runtime, log: Logger) {
    this.#store = store
    this.#runtime = runtime
    this.#log = log
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
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#fire(), Math.min(Math.max(at - Date.now(), 0), LONGEST_TIMER_MS))
    this.#timer.unref()
  }

  /** Resolves when the events now being fired are dealt with; no more are fired after it. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#firing
  }

  #fire(): void {
    this.#next = Number.POSITIVE_INFINITY
    this.#firing = this.#fireDue()
      .catch((error: unknown) => this.#log.error({ err: error }, 'timers could not be fired'))
      .then(() => this.start())
      .catch((error: unknown) => this.#log.error({ err: error }, 'timers could not be read'))
  }

  async #fireDue(): Promise<void> {
    for (const execution of await this.#store.due(Date.now(), BATCH)) {
      await this.#runtime.handle(execution.sid, { type: 'time-ran-out', step: topFrame(execution).step })
    }
  }
}

/** Node's timers count in 32 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

const BATCH = 100
