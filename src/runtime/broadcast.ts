import type { Execution, Step } from '../engine/execution.ts'
import type { LoggedWarning } from '../engine/record.ts'
import type { Move } from './move.ts'

/** What can be seen of a move from outside, here or in another instance. */
export interface SeenMove {
  readonly execution: Execution
  readonly steps: readonly Step[]
  readonly warnings: readonly LoggedWarning[]
  /** Whether it asks for something and so does not rest yet. */
  readonly asks: boolean
  /** Whether it had ended before. */
  readonly wasEnded: boolean
}

/** Tells whoever listens of every move that is saved. A listener must not throw, and must not take long. */
export class Broadcast {
  readonly #listeners = new Set<Listener>()
  readonly #ownListeners = new Set<Listener>()

  /** Whether anybody wants to know what happens elsewhere, too. */
  get isFollowed(): boolean {
    return this.#listeners.size > 0
  }

  /** Tells of every move from now on; the answer ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Tells of the moves that are made here. */
  listenHere(listener: Listener): void {
    this.#ownListeners.add(listener)
  }

  tell(move: SeenMove): void {
    for (const listener of this.#ownListeners) listener(move)
    this.retell(move)
  }

  /** Tells of a move that was made in another instance. */
  retell(move: SeenMove): void {
    for (const listener of this.#listeners) listener(move)
  }
}

type Listener = (move: SeenMove) => void

/** What is seen of a move. */
export function seenOf({ execution, before, steps, warnings, effect }: Move): SeenMove {
  return { execution, steps, warnings, asks: effect !== undefined, wasEnded: before?.status === 'ended' }
}
