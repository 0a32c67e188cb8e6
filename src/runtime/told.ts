/** Tells each of some lines when it comes up, and not again while it stays true. */
export class Told {
  readonly #tell: (line: string) => void
  #lines: ReadonlySet<string> = new Set()

  constructor(tell: (line: string) => void) {
    this.#tell = tell
  }

  /** What is true now, all of it. */
  say(lines: readonly string[]): void {
    for (const line of lines) if (!this.#lines.has(line)) this.#tell(line)
    this.#lines = new Set(lines)
  }
}
