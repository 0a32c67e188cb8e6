/** Counts the work under way, so that time is moved only while nothing is. */
export class Activity {
  #running = 0
  #waiting: (() => void)[] = []

  begin(): void {
    this.#running += 1
  }

  end(): void {
    this.#running -= 1
    if (this.#running === 0) for (const wake of this.#waiting.splice(0)) wake()
  }

  /** Does a piece of work that counts. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.begin()
    try {
      return await work()
    } finally {
      this.end()
    }
  }

  /** Resolves when nothing has been under way for a turn of the event loop. */
  async idle(): Promise<void> {
    do {
      if (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
      await new Promise((resolve) => setImmediate(resolve))
    } while (this.#running > 0)
  }
}
