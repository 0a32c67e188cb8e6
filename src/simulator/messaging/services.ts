import type { Hook } from '../webhooks.ts'

/** A Messaging Service: numbers that send in turn, and what is asked for all of them (twiml.md 8.1). */
export interface MessagingService {
  readonly numbers: readonly string[]
  /** Asked instead of the webhooks of the number that a message came to. */
  readonly message?: Hook | undefined
  readonly messageFallback?: Hook | undefined
  /** Told of messages that name no callback of their own. */
  readonly statusCallback?: string | undefined
}

/** The Messaging Services of a network, by their sids. */
export class MessagingServices {
  readonly #attached = new Map<string, MessagingService>()
  readonly #chosen = new Map<string, string>()

  attach(sid: string, service: MessagingService): void {
    this.#attached.set(sid, service)
  }

  get(sid: string): MessagingService | undefined {
    return this.#attached.get(sid)
  }

  /** The sid of the service that a number belongs to. */
  holding(number: string): string | undefined {
    return [...this.#attached].find(([, { numbers }]) => numbers.includes(number))?.[0]
  }

  /** The number that writes to somebody: always the same one to the same person, in turn to new ones. */
  senderFor(person: string, { sid, numbers }: { readonly sid: string; readonly numbers: readonly string[] }) {
    const pair = `${sid} ${person}`
    const known = this.#chosen.get(pair)
    if (known !== undefined && numbers.includes(known)) return known
    const next = numbers[this.#chosen.size % Math.max(numbers.length, 1)]
    if (next !== undefined) this.#chosen.set(pair, next)
    return next
  }
}
