import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../clock/clock.ts'

/** Somebody who has signed in on a page. */
export interface Session {
  readonly id: string
  /** The account or the API key. */
  readonly user: string
  /** Epoch milliseconds. */
  readonly endsAt: number
}

/** Twelve hours: a working day. */
export const SESSION_MS = 12 * 60 * 60 * 1_000

/** The sessions of pages. A token says all of one and is signed, so that every instance knows it, also after a restart; one that was ended is remembered here until it would have ended anyway. */
export class Sessions {
  readonly #secret: string
  readonly #clock: Clock
  readonly #ended = new Map<string, number>()

  /** With another secret, such as after other credentials, no session holds any more. */
  constructor(secret: string, clock: Clock) {
    this.#secret = secret
    this.#clock = clock
  }

  /** Begins a session; answers the token by which it is known. */
  begin(user: string): string {
    const endsAt = this.#clock.now() + SESSION_MS
    const text = [endsAt, randomBytes(16).toString('base64url'), user].join('.')
    return `${text}.${this.#signatureOf(text)}`
  }

  /** The session of a token, while it lasts. */
  find(token: string): Session | undefined {
    const [, text = '', endsAt = '', id = '', user = '', signature = ''] = TOKEN.exec(token) ?? []
    if (!sameText(signature, this.#signatureOf(text))) return undefined
    const isOver = Number(endsAt) <= this.#clock.now() || this.#ended.has(id)
    return isOver ? undefined : { id, user, endsAt: Number(endsAt) }
  }

  end({ id, endsAt }: Session): void {
    const now = this.#clock.now()
    for (const [other, until] of this.#ended) if (until <= now) this.#ended.delete(other)
    this.#ended.set(id, endsAt)
  }

  #signatureOf(text: string): string {
    return createHmac('sha256', this.#secret).update(`session ${text}`).digest('base64url')
  }
}

/** When it ends, a random id, the user, and the signature of all three. */
const TOKEN = /^((\d{1,15})\.([\w-]{22})\.(\w{1,64}))\.([\w-]{43})$/

/** Takes the same time wherever the first difference is. */
function sameText(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
