import type { Move } from '../runtime/move.ts'
import type { Happening } from '../simulator/happening.ts'
import type { Asked } from './services.ts'

/** Something that came to be known while a scenario was played. */
type Entry =
  | { readonly kind: 'happening'; readonly happening: Happening }
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'asked'; readonly asked: Asked }

/** Keeps all that happens in its order, and knows what has happened since the last act. */
export class Ledger {
  readonly #entries: Entry[] = []
  #mark = 0

  add(entry: Entry): void {
    this.#entries.push(entry)
  }

  /** From here on is what happens next. */
  mark(): void {
    this.#mark = this.#entries.length
  }

  /** What has happened since the last act. */
  get recent(): Seen {
    return new Seen(this.#entries.slice(this.#mark))
  }

  get all(): Seen {
    return new Seen(this.#entries)
  }
}

/** A stretch of what happened. */
export class Seen {
  readonly happenings: readonly Happening[]
  readonly moves: readonly Move[]
  readonly asked: readonly Asked[]

  constructor(entries: readonly Entry[]) {
    this.happenings = entries.flatMap((entry) => (entry.kind === 'happening' ? [entry.happening] : []))
    this.moves = entries.flatMap((entry) => (entry.kind === 'move' ? [entry.move] : []))
    this.asked = entries.flatMap((entry) => (entry.kind === 'asked' ? [entry.asked] : []))
  }

  /** What was said and played in a call. */
  heardIn(callSid: string | undefined): readonly string[] {
    return this.happenings.flatMap((happening) => {
      if (happening.sid !== callSid) return []
      if (happening.type === 'said') return [happening.text]
      return happening.type === 'played' ? [happening.url] : []
    })
  }

  /** Messages that people were sent, whether they arrive or not. */
  get messages(): readonly Message[] {
    return this.happenings.filter((one): one is Message => one.type === 'message' && one.direction === 'outbound')
  }

  /** TwiML documents, whosever they are. */
  get documents(): readonly string[] {
    return this.happenings.flatMap((one) => (one.type === 'answered' && one.body !== '' ? [one.body] : []))
  }
}

export type Message = Extract<Happening, { type: 'message' }>
