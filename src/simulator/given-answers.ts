interface GivenAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string | Buffer
}

/** The newest thousand answers that were given, each under the name of what it answered. */
export class GivenAnswers {
  readonly #given = new Map<string, GivenAnswer>()

  /** The answer that was given under this name, or else the one that is given now; what throws gives none. */
  once(name: string, answer: () => GivenAnswer): GivenAnswer {
    const given = this.#given.get(name) ?? answer()
    this.#given.set(name, given)
    for (const oldest of this.#given.keys()) {
      if (this.#given.size <= MOST_KEPT) break
      this.#given.delete(oldest)
    }
    return given
  }
}

const MOST_KEPT = 1_000
