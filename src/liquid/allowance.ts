/** The work that templates may take which are filled in one go, as those of one visit: nobody else has a turn meanwhile. */
export class Allowance {
  #left: number

  constructor(steps: number) {
    this.#left = steps
  }

  /** Whether there was still enough. */
  take(steps: number): boolean {
    this.#left -= steps
    return this.#left >= 0
  }
}
