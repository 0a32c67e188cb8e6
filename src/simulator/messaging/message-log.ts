import { Shelf } from '../shelf.ts'
import { isUnderWay, type Message } from './message.ts'

/** The messages of a network that are remembered, by their sid, in the order in which they came. */
export class MessageLog {
  readonly #kept = new Shelf<Message>({
    begunAt: ({ createdAt }) => createdAt,
    isOver: (message) => !isUnderWay(message),
  })

  keep(message: Message): Message {
    return this.#kept.put(message)
  }

  get(sid: string): Message | undefined {
    return this.#kept.get(sid)
  }

  remove(sid: string): boolean {
    return this.#kept.remove(sid)
  }

  /** Oldest first. */
  list(): readonly Message[] {
    return this.#kept.list()
  }
}
