import { machineMs } from './clock.ts'
import type { CallMessage } from './messages.ts'
import type { Outcome } from './outcome.ts'

/** How long a call may wait for the one before it, in milliseconds. */
export const AHEAD_MS = 20

/** What a child was sent and has not answered: one call that is under way, and those that were sent ahead of their time. One that waits for too long comes back `unheard`. */
export class SentCalls {
  #calls: Sent[] = []
  #isBegun = false
  /** When the last one has begun, by the machine's clock. */
  #begun = 0
  /** Whether the last one that is over was over soon. */
  #wasShort = false
  /** How often the child was heard. */
  #heard = 0
  #recall: NodeJS.Timeout | undefined

  get size(): number {
    return this.#calls.length
  }

  get underWay(): CallMessage | undefined {
    return this.#isBegun ? this.#calls[0]?.message : undefined
  }

  /** Whether the next one would soon be begun, for all that is known. */
  get areShort(): boolean {
    return this.#wasShort && this.#isRecent
  }

  get #isRecent(): boolean {
    return machineMs() - this.#begun < AHEAD_MS
  }

  add(message: CallMessage): Promise<Outcome> {
    if (message.until !== undefined) this.#recallSoon()
    return new Promise((resolve) => this.#calls.push({ message, resolve }))
  }

  /** The child goes on to the next, if there is one. */
  begin(): CallMessage | undefined {
    this.#isBegun = true
    this.#begun = machineMs()
    return this.underWay
  }

  /** What comes of the one that is under way. */
  finish(outcome: Outcome): void {
    if (this.underWay) this.#calls.shift()?.resolve(outcome)
    this.#isBegun = false
  }

  /** Nothing is left of it. */
  rested(): void {
    this.#wasShort = this.#isRecent
  }

  /** The child has not begun it, and will not. */
  giveBack(nth: number): void {
    if (this.underWay?.nth === nth) this.#isBegun = false
    this.#giveBack((message) => message.nth === nth)
  }

  /** None of them is under way, and none will be. */
  giveBackAll(): void {
    clearTimeout(this.#recall)
    this.#isBegun = false
    this.#giveBack(() => true)
  }

  /** To be told of whatever the child says, before anything comes of it. */
  heard(): void {
    this.#heard += 1
  }

  #recallSoon(): void {
    this.#recall ??= setTimeout(() => this.#look(), AHEAD_MS)
  }

  /** A child says that it has rested before it begins the next call. When the event loop has come round and nothing was heard, all that it had said by now is known. */
  #look(): void {
    const [now, heard] = [machineMs(), this.#heard]
    setImmediate(() => {
      if (heard === this.#heard) this.#recallBefore(now)
      else this.#look()
    })
  }

  #recallBefore(time: number): void {
    this.#giveBack(({ until, nth }) => until !== undefined && until < time && nth !== this.underWay?.nth)
    this.#recall = undefined
    if (this.#calls.some(({ message }) => message.until !== undefined && message !== this.underWay)) this.#recallSoon()
  }

  #giveBack(which: (message: CallMessage) => boolean): void {
    const calls = this.#calls
    this.#calls = calls.filter(({ message }) => !which(message))
    for (const { message, resolve } of calls) if (which(message)) resolve({ kind: 'unheard' })
  }
}

interface Sent {
  readonly message: CallMessage
  resolve(outcome: Outcome): void
}
