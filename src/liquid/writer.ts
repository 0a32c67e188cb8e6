import type { Emitter } from 'liquidjs'
import type { Rendering } from './rendering.ts'

/** The text of a render, or of one `capture`: cut off while it is written, so that it never grows past the limit. */
export class Writer implements Emitter {
  buffer = ''
  readonly #run: Rendering
  constructor(run: Rendering) {
    this.#run = run
  }

  write(text: string): void {
    this.#run.spend(text.length)
    const limit = this.#run.settings.outputLength
    if (this.buffer.length + text.length > limit) this.#run.refuse(`the template writes more than ${limit} characters`)
    this.buffer += text
  }

  /** Takes back what was written after the given length. */
  cut(length: number): void {
    this.buffer = this.buffer.slice(0, length)
  }
}
