import type { Move } from './moves.ts'

/** Tells whoever listens of every move that is saved. A listener must not throw, and must not take long. */
export class Broadcast {
  readonly #listeners = new Set<(move: Move) => void>()

  /** Tells of every move from now on; the answer ends it. */
  listen(listener: (move: Move) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(move: Move): void {
    for (const listener of this.#listeners) listener(move)
  }
}
