import type { Message } from '../messaging/message.ts'
import type { Network } from '../network.ts'
import type { Time } from '../time.ts'

/** A person who texts with one number. */
export class Texter {
  readonly #network: Network
  readonly #ends: { readonly from: string; readonly to: string }
  readonly #time: Time

  constructor(network: Network, ends: { readonly from: string; readonly to: string }, time: Time) {
    this.#network = network
    this.#ends = ends
    this.#time = time
  }

  /** Sends a text; resolves once everything that needs no more time has come of it. */
  async text(body: string, media: readonly string[] = []): Promise<void> {
    await this.#network.text({ ...this.#ends, body, media })
    await this.#time.settle()
  }

  /** Everything that came from that number, oldest first. */
  inbox(): readonly Message[] {
    const { from, to } = this.#ends
    return this.#network.messages.inbox(from).filter((message) => message.from === to)
  }
}
