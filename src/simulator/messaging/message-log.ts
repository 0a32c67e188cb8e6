import type { Message } from './message.ts'

/** Every message of a network, by its sid, in the order in which they came. */
export class MessageLog {
  readonly #kept = new Map<string, Message>()

  keep(message: Message): Message {
    this.#kept.set(message.sid, message)
    return message
  }

  get(sid: string): Message | undefined {
    return this.#kept.get(sid)
  }

  remove(sid: string): boolean {
    return this.#kept.delete(sid)
  }

  /** Oldest first. */
  list(): readonly Message[] {
    return [...this.#kept.values()]
  }
}
