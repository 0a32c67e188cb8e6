/** How the things on a shelf are told apart, and which of them may go. */
export interface Shelved<Item> {
  /** When it began; epoch milliseconds. */
  begunAt(item: Item): number
  /** Whether nothing more becomes of it. */
  isOver(item: Item): boolean
}

/** Keeps what a network remembers, by its sid, in the order in which it came: when something new comes, what is over goes if it began a day before that, or is not among the newest thousand. */
export class Shelf<Item extends { readonly sid: string }> {
  readonly #kept = new Map<string, Item>()
  readonly #shelved: Shelved<Item>

  constructor(shelved: Shelved<Item>) {
    this.#shelved = shelved
  }

  /** Takes the place of what has the same sid. */
  put(item: Item): Item {
    this.#kept.set(item.sid, item)
    this.#clear(this.#shelved.begunAt(item) - LONGEST_KEPT_MS)
    return item
  }

  get(sid: string): Item | undefined {
    return this.#kept.get(sid)
  }

  remove(sid: string): boolean {
    return this.#kept.delete(sid)
  }

  /** Oldest first. */
  list(): readonly Item[] {
    return [...this.#kept.values()]
  }

  #clear(oldest: number): void {
    for (const [sid, item] of this.#kept) {
      if (this.#kept.size <= MOST_KEPT && this.#shelved.begunAt(item) > oldest) return
      if (this.#shelved.isOver(item)) this.#kept.delete(sid)
    }
  }
}

const MOST_KEPT = 1_000
const LONGEST_KEPT_MS = 24 * 60 * 60 * 1_000
