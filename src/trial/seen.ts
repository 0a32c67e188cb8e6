import type { Happening } from '../simulator/happening.ts'

/** Something of a trial that can be seen, in order of its number. */
export interface Sight {
  readonly number: number
  readonly event: 'happening' | 'execution' | 'closed'
  readonly data: object
  /** Bytes, more or less. */
  readonly size: number
}

/** What has been seen of a trial: the newest of it is told again to whoever comes late. */
export class Seen {
  readonly #listeners = new Set<(sight: Sight) => void>()
  #sights: readonly Sight[] = []
  #size = 0
  #count = 0

  add(event: Sight['event'], data: object): void {
    this.#count += 1
    const sight = { number: this.#count, event, data, size: JSON.stringify(data).length }
    this.#sights = [...this.#sights, sight]
    this.#size += sight.size
    while (this.#size > MOST_BYTES) this.#forget()
    for (const listener of this.#listeners) listener(sight)
  }

  /** Tells what came after a number, and all from now on; the answer ends it. */
  watch(after: number, listener: (sight: Sight) => void): () => void {
    for (const sight of this.#sights) if (sight.number > after) listener(sight)
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get isWatched(): boolean {
    return this.#listeners.size > 0
  }

  #forget(): void {
    const [oldest, ...rest] = this.#sights
    this.#sights = rest
    this.#size -= oldest?.size ?? 0
  }
}

/** No more than a stream takes at once. */
const MOST_BYTES = 256 * 1024

/** Tells whose phone a happening concerns, by the ends of the call or the message that it belongs to. */
export class Belonging {
  readonly #addresses: ReadonlySet<string>
  readonly #known = new Map<string, string>()

  constructor(addresses: readonly string[]) {
    this.#addresses = new Set(addresses)
  }

  of(happening: Happening): string | undefined {
    const { sid } = happening
    const contact = this.#known.get(sid) ?? this.#amongEndsOf(happening)
    if (contact === undefined || this.#known.has(sid)) return contact
    this.#known.set(sid, contact)
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest)
    return contact
  }

  #amongEndsOf(happening: Happening): string | undefined {
    if (happening.type !== 'call' && happening.type !== 'message') return undefined
    const { from, to, direction } = happening
    const end = direction === 'inbound' ? from : to
    return this.#addresses.has(end) ? end : undefined
  }
}

/** Calls and messages. */
const MOST_KNOWN = 1_000
