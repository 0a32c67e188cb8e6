import type { Logger } from 'pino'
import type { Clock } from '../clock/clock.ts'
import type { Store } from '../store/store.ts'

/** What retention is made of. */
export interface RetentionParts {
  readonly store: Store
  readonly log: Logger
  readonly clock: Clock
  /** How long executions are kept. */
  readonly executionDays: number
}

/** Removes what is kept long enough: executions by their age, counted from their start as at Studio (engine.md 1.2), answers once no repeated delivery can come any more. */
export class Retention {
  readonly #parts: RetentionParts
  #timer: NodeJS.Timeout | undefined
  #sweeping: Promise<void> = Promise.resolve()

  constructor(parts: RetentionParts) {
    this.#parts = parts
  }

  /** Sweeps now, for processes that do not live long, and every hour. */
  start(): void {
    const sweep = () => {
      this.#sweeping = this.sweep(this.#parts.clock.now()).catch((error: unknown) =>
        this.#parts.log.error({ err: error }, 'old executions could not be removed'),
      )
    }
    this.#timer = setInterval(sweep, HOUR_MS)
    this.#timer.unref()
    sweep()
  }

  /** `now` in epoch milliseconds. */
  async sweep(now: number): Promise<void> {
    const { store, executionDays } = this.#parts
    await store.forgetDeliveries(now - DAY_MS)
    // One that has just expired is kept for a day, so that somebody can read why it ended (decisions, "Execution age").
    await store.removeExecutions({
      startedBefore: now - executionDays * DAY_MS,
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
