import { setTimeout as sleep } from 'node:timers/promises'
import type { Journal } from './journal.ts'
import type { Line } from './line.ts'

/** What people and programs outside have to do with. */
export interface World {
  readonly line: Line
  readonly journal: Journal
  /** Lets so many milliseconds pass. */
  pause(ms: number): Promise<void>
  /** Resolves with true when the server is about to live for long; with false when it is killed no more. */
  longLife(): Promise<boolean>
  /** Resolves when somebody, or a conversation, is written to, or when that takes too long. */
  written(to: string): Promise<void>
}

/** Who is told when somebody is written to. */
export class Post {
  readonly #waiting = new Map<string, () => void>()

  /** Resolves at the next message to somebody, or after a while without one. */
  async next(to: string): Promise<void> {
    const clock = new AbortController()
    const come = new Promise<void>((resolve) => void this.#waiting.set(to, resolve))
    await Promise.race([come, sleep(LONGEST_MS, undefined, { signal: clock.signal }).catch(() => undefined)])
    clock.abort()
    this.#waiting.delete(to)
  }

  deliver(to: string): void {
    this.#waiting.get(to)?.()
  }
}

const LONGEST_MS = 3_000
