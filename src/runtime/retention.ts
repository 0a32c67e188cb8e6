import type { Logger } from 'pino'
import type { Store } from '../store/store.ts'

/** Removes what is kept long enough: executions by their age, counted from their start as at Studio (engine.md 1.2), answers once no repeated delivery can come any more. */
export class Retention {
  readonly #store: Store
  readonly #log: Logger
  readonly #executionDays: number
  #timer: NodeJS.Timeout | undefined
  #sweeping: Promise<void> = Promise.resolve()

  constructor(store: Store, log: Logger, executionDays: number) {
    this.#store = store
    this.#log = log
    this.#executionDays = executionDays
  }

  /** Sweeps now, for processes that do not live long, and every hour. */
  start(): void {
    const sweep = () => {
      this.#sweeping = this.sweep(Date.now()).catch((error: unknown) =>
        this.#log.error({ err: error }, 'old executions could not be removed'),
      )
    }
    this.#timer = setInterval(sweep, HOUR_MS)
    this.#timer.unref()
    sweep()
  }

  /** `now` in epoch milliseconds. */
  async sweep(now: number): Promise<void> {
    await this.#store.forgetDeliveries(now - DAY_MS)
    // Of one that has just expired it can be read for a day why it has ended (decisions, "Execution age").
    await this.#store.removeExecutions({
      startedBefore: now - this.#executionDays * DAY_MS,
      endedBefore: now - DAY_MS,
    })
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#sweeping
  }
}

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
