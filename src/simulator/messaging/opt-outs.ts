/** Who wants no more messages from whom (twiml.md 8.3); the newest thousand are remembered. */
export class OptOuts {
  readonly #out = new Set<string>()

  /** Takes a word that ends or begins a subscription; the message goes on to its webhook all the same. */
  heed({ sender, person, body }: Pair & { readonly body: string }): void {
    const word = body.trim().toUpperCase()
    if (STOP.has(word)) this.#add(keyOf({ sender, person }))
    if (START.has(word)) this.#out.delete(keyOf({ sender, person }))
  }

  has(pair: Pair): boolean {
    return this.#out.has(keyOf(pair))
  }

  #add(key: string): void {
    this.#out.delete(key) // the oldest comes first
    this.#out.add(key)
    for (const oldest of this.#out) {
      if (this.#out.size <= MOST_KEPT) return
      this.#out.delete(oldest)
    }
  }
}

/** A sender, a number or a whole Messaging Service, and whoever it writes to. */
export interface Pair {
  readonly sender: string
  readonly person: string
}

const MOST_KEPT = 1_000

const STOP: ReadonlySet<string> = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'OPTOUT',
  'REVOKE',
])
const START: ReadonlySet<string> = new Set(['START', 'YES', 'UNSTOP'])

function keyOf({ sender, person }: Pair): string {
  return `${sender} ${person}`
}
