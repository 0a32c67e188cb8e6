import type { RelayMessage } from './relay-message.ts'

/** What a server has said in a relayed talk and nobody has heard yet, oldest first. */
export class RelayInbox {
  #messages: readonly RelayMessage[] = []
  #onWhole = () => {}

  get isEmpty(): boolean {
    return this.#messages.length === 0
  }

  put(message: RelayMessage): void {
    this.#messages = [...this.#messages, message]
    if (isWhole(message)) this.#onWhole()
  }

  take(): RelayMessage | undefined {
    const [message, ...rest] = this.#messages
    this.#messages = rest
    return message
  }

  /** Resolves when something whole is there to be heard, or after so many milliseconds of the world's time. */
  async whole(patience: number): Promise<void> {
    if (this.#messages.some(isWhole)) return
    await new Promise<void>((resolve) => {
      const giveUp = setTimeout(resolve, patience)
      this.#onWhole = () => {
        clearTimeout(giveUp)
        resolve()
      }
    })
  }
}

/** More tokens follow one that is not the last. */
function isWhole(message: RelayMessage): boolean {
  return message.type !== 'text' || message.last
}
