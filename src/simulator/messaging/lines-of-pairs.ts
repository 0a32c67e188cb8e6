import type { Line } from '../line/line.ts'
import type { Office } from '../office.ts'

/** Cookies of a conversation: kept for a pair of numbers, until four hours without a message (twiml.md 1.4). */
export class LinesOfPairs {
  readonly #office: Pick<Office, 'line' | 'clock'>
  readonly #open = new Map<string, { readonly line: Line; readonly usedAt: number }>()

  constructor(office: Pick<Office, 'line' | 'clock'>) {
    this.#office = office
  }

  /** The line for messages from one address to another. */
  between(from: string, to: string): Line {
    const pair = `${from} ${to}`
    const now = this.#office.clock.now()
    const open = this.#open.get(pair)
    const line = open && now - open.usedAt < FORGOTTEN_AFTER_MS ? open.line : this.#office.line()
    this.#open.delete(pair) // the longest unused comes first
    this.#open.set(pair, { line, usedAt: now })
    this.#forget(now - FORGOTTEN_AFTER_MS)
    return line
  }

  #forget(before: number): void {
    for (const [pair, { usedAt }] of this.#open) {
      if (usedAt > before) return
      this.#open.delete(pair)
    }
  }
}

const FORGOTTEN_AFTER_MS = 4 * 60 * 60 * 1_000
