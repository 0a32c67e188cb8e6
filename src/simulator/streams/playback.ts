import type { Clock } from '../../clock/clock.ts'
import { jsonObjectIn } from '../json-object.ts'
import { caution, type Problem } from '../problem.ts'

/** What a server's stream plays to a caller: sound takes its time, and a mark comes back when it is reached. */
export class Playback {
  readonly #clock: Clock
  readonly #reached: (mark: string) => void
  /** Epoch milliseconds at which everything so far has been heard. */
  #endsAt = 0
  #marks: readonly { readonly name: string; readonly cancel: () => void }[] = []
  /** Whether the last message broke a silence. */
  hasBegun = false

  constructor(clock: Clock, reached: (mark: string) => void) {
    this.#clock = clock
    this.#reached = reached
  }

  /** Does what a message says; the answer is what is wrong with it. */
  take(text: string): Problem | undefined {
    this.hasBegun = false
    const message: Message | undefined = jsonObjectIn(text)
    switch (message?.event) {
      case 'media':
        return this.#play(message.media?.payload)
      case 'mark':
        return this.#mark(message.mark?.name)
      case 'clear':
        return this.clear()
      default:
        return caution(31951, `${text.slice(0, MOST_SHOWN)} is no message of a stream; expected media, mark or clear`)
    }
  }

  /** Forgets what was not heard yet; its marks come back at once. */
  clear(): undefined {
    this.#endsAt = this.#clock.now()
    const marks = this.#marks
    this.#marks = []
    for (const { name, cancel } of marks) {
      cancel()
      this.#reached(name)
    }
  }

  #play(payload: unknown): Problem | undefined {
    if (typeof payload !== 'string') return caution(31950, 'a media message has no payload')
    const now = this.#clock.now()
    this.hasBegun = this.#endsAt <= now
    this.#endsAt = Math.max(now, this.#endsAt) + Buffer.from(payload, 'base64').length / SAMPLES_A_MS
    return undefined
  }

  #mark(name: unknown): Problem | undefined {
    if (typeof name !== 'string') return caution(31950, 'a mark message has no name')
    const cancel = this.#clock.at(Math.max(this.#endsAt, this.#clock.now()), () => {
      this.#marks = this.#marks.filter((other) => other !== mark)
      this.#reached(name)
    })
    const mark = { name, cancel }
    this.#marks = [...this.#marks, mark]
    return undefined
  }
}

interface Message {
  readonly event?: unknown
  readonly media?: { readonly payload?: unknown }
  readonly mark?: { readonly name?: unknown }
}

const SAMPLES_A_MS = 8
const MOST_SHOWN = 100
