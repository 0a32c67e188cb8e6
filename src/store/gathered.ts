/** What is asked for in the same moment, so that it can be done in one go. */
export class Gathered<Wish, Answer> {
  readonly #begin: () => void
  #waiting: Waiting<Wish, Answer>[] = []

  /** Begins behind what runs now; whatever is asked for until it takes is taken with it. */
  constructor(begin: () => void) {
    this.#begin = begin
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.length
  }

  /** Resolves with what whoever takes it answers. */
  ask(wish: Wish): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ wish, resolve, reject })
      if (this.#waiting.length === 1) setImmediate(this.#begin)
    })
  }

  /** In the order in which they came, so many at most; for those that are left it begins again. */
  take(most = Number.POSITIVE_INFINITY): readonly Waiting<Wish, Answer>[] {
    const taken = this.#waiting.splice(0, most)
    if (this.#waiting.length > 0) setImmediate(this.#begin)
    return taken
  }

  /** Answers all that wait with a failure. */
  refuse(error: unknown): void {
    for (const { reject } of this.take()) reject(error)
  }
}

/** What somebody waits for. */
export interface Waiting<Wish, Answer> {
  readonly wish: Wish
  readonly resolve: (answer: Answer | PromiseLike<Answer>) => void
  readonly reject: (error: unknown) => void
}
