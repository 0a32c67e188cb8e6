/** Lets one piece of work at a time in for each name, in the order of arrival. */
export class Lock {
  readonly #last = new Map<string, Promise<unknown>>()

  /** Whether any work of this name is under way or waits. */
  isHeld(name: string): boolean {
    return this.#last.has(name)
  }

  /** Runs the work when all earlier work of this name is done, however that ended. */
  async hold<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name)
    const mine = before ? before.then(work, work) : work()
    this.#last.set(name, mine)
    try {
      return await mine
    } finally {
      if (this.#last.get(name) === mine) this.#last.delete(name)
    }
  }
}
