import { setImmediate as othersFirst } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Clock } from '../clock/clock.ts'
import type { Store } from '../store/store.ts'
import type { Runtime } from './runtime.ts'

export interface TimerParts {
  readonly store: Pick<Store, 'due' | 'nextDue' | 'fellows'>
  readonly runtime: Runtime
  readonly log: Logger
  readonly clock: Clock
}

/** Turns waits whose time is up into events. The times are in the database; one timer runs to the nearest. What an event leads to may take long and holds up no other. */
export class Timers {
  readonly #store: TimerParts['store']
  readonly #runtime: Runtime
  readonly #log: Logger
  readonly #clock: Clock
  /** Executions that are told now that their time is up, until they rest. */
  readonly #underway = new Map<string, Promise<void>>()
  /** When those are told again that could not be, soonest first. */
  readonly #failed = new Map<string, number>()
  #cancel: () => void = () => {}
  #next = Number.POSITIVE_INFINITY
  #firing: Promise<void> = Promise.resolve()
  #isCrowded = false
  #isStopped = false

  constructor({ store, runtime, log, clock }: TimerParts) {
    this.#store = store
    this.#runtime = runtime
    this.#log = log
    this.#clock = clock
  }

  /** Fires what came due while the process was down, and everything after it. To be called again where another one may have set times that it cannot fire any more. */
  start(): Promise<void> {
    return this.#expectAfter(0)
  }

  /** Makes sure that the timer runs out at this time at the latest; epoch milliseconds. */
  expect(at: number): void {
    if (this.#isStopped || at >= this.#next) return
    this.#next = at
    this.#cancel()
    this.#cancel = this.#clock.at(at, () => this.#fire())
  }

  /** Resolves when the events now being fired are dealt with; no more are fired after it. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancel()
    await this.settled()
  }

  /** Resolves when the events now being fired are dealt with. */
  async settled(): Promise<void> {
    let firing: Promise<void>
    do {
      firing = this.#firing
      await firing
      await Promise.all(this.#underway.values())
    } while (firing !== this.#firing)
  }

  #fire(): void {
    this.#next = Number.POSITIVE_INFINITY
    this.#isCrowded = false
    this.#firing = this.#firing
      .then(() => this.#fireAll(this.#clock.now()))
      .catch((error: unknown) => {
        this.#log.error({ err: error }, 'timers could not be read')
        this.expect(this.#clock.now() + RETRY_MS)
      })
  }

  /** Fires batch after batch, as far as there is room. */
  async #fireAll(now: number): Promise<void> {
    for (const [sid, again] of this.#failed) if (again <= now) this.#failed.delete(sid)
    while (!this.#isStopped && (await this.#fireBatch(now))) await othersFirst()
    this.#isCrowded = this.#underway.size === MOST_UNDERWAY
    await this.#expectAfter(now)
  }

  async #fireBatch(now: number): Promise<boolean> {
    const size = Math.min(BATCH, MOST_UNDERWAY - this.#underway.size)
    const batch = await this.#due(now, size)
    for (const sid of batch) this.#underway.set(sid, this.#fireOne(sid))
    return batch.length > 0
  }

  /** Those that nobody has yet. */
  async #due(now: number, size: number): Promise<readonly string[]> {
    const { fellows } = this.#store
    const known = size + this.#underway.size + this.#failed.size
    const due = await (fellows?.due(now, size) ?? this.#store.due(now, known))
    return due.filter((sid) => !this.#underway.has(sid) && !this.#failed.has(sid)).slice(0, size)
  }

  async #fireOne(sid: string): Promise<void> {
    try {
      await this.#runtime.handle(sid, { type: 'time-ran-out' })
    } catch (error) {
      this.#log.error({ err: error, executionSid: sid }, 'a wait could not be ended')
      this.#failed.set(sid, this.#clock.now() + RETRY_MS)
      this.expect(this.#clock.now() + RETRY_MS)
    }
    this.#underway.delete(sid)
    if (this.#isCrowded && this.#underway.size <= MOST_UNDERWAY - BATCH) this.#fire()
  }

  /** Sets the timer to the next time after `now`: what was due until then is fired, or waits to be tried again. */
  async #expectAfter(now: number): Promise<void> {
    const [again = Number.POSITIVE_INFINITY] = this.#failed.values()
    this.expect(Math.min(again, (await this.#store.nextDue(now)) ?? again))
  }
}

/** How many are fired before others are let in: few enough that callers do not notice. */
const BATCH = 50

/** How many may take long before further ones have to wait. */
const MOST_UNDERWAY = 1_000

/** How long one that could not be fired rests. */
const RETRY_MS = 5_000
