import type { Logger } from 'pino'
import { Refusal } from '../errors.ts'
import { AlreadyDelivered } from '../store/saved-delivery.ts'

/** Work that goes on while nobody waits for it: what breaks off is logged, and a stop waits for the rest. */
export class Background {
  readonly #log: Logger
  readonly #work = new Set<Promise<unknown>>()

  constructor(log: Logger) {
    this.#log = log
  }

  /** Takes work on; `about` and the message are logged when it breaks off. */
  add(work: Promise<unknown>, about: object, message: string): void {
    this.#work.add(work)
    const done = () => this.#work.delete(work)
    work.then(done, (error: unknown) => {
      done()
      if (error instanceof Refusal || error instanceof AlreadyDelivered) return // whoever asked is told
      this.#log.error({ err: error, ...about }, message)
    })
  }

  /** Resolves when nothing is left of it. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) await Promise.allSettled(this.#work)
  }
}
