import { setTimeout as sleep } from 'node:timers/promises'
import { signatureOf } from '../../src/signature/signature.ts'
import type { Answer, Delivery, DeliveryKind, Journal } from './journal.ts'

/** Who posts, and where to. */
export interface LineSettings {
  readonly origin: string
  readonly token: string
  readonly account: string
  readonly journal: Journal
}

/** A request as the carrier makes it. */
export interface Wanted {
  readonly kind: DeliveryKind
  /** Path and query, or a whole URL that the server has given out. */
  readonly url: string
  readonly params: Readonly<Record<string, string>>
  /** How often it is made at most; what is not answered is made again under the same token. */
  readonly attempts?: number
}

interface Insisted {
  readonly answer: Answer
  readonly attempts: number
}

/** The parameter by which a delivery is known. */
export const ID = 'Delivery'

/** Makes the carrier's requests as Twilio does: signed, and made again only when they were not answered, under the same idempotency token. */
export class Line {
  readonly #settings: LineSettings

  constructor(settings: LineSettings) {
    this.#settings = settings
  }

  /** What was answered in the end; nothing, where nobody has waited for it. */
  async ask({ kind, url, params, attempts = MANY }: Wanted): Promise<Delivery> {
    const { journal, origin } = this.#settings
    const delivery: Delivery = { id: journal.id(), kind, sentAt: Date.now(), attempts: 0 }
    journal.deliveries.push(delivery)
    const target = new URL(url, origin).href
    while (!delivery.answer && delivery.attempts < attempts) {
      if (delivery.attempts > 0) await sleep(PAUSE_MS)
      delivery.attempts += 1
      const answer = await this.#attempt(delivery, target, { ...params, [ID]: delivery.id })
      if (answer) delivery.answer = answer
    }
    this.#judge(delivery, attempts)
    return delivery
  }

  /** A request to an API behind the account's credentials. */
  async api(path: string, form?: Readonly<Record<string, string>>): Promise<Answer | undefined> {
    const { origin, account, token } = this.#settings
    const authorization = `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`
    const answer = await answered(origin + path, {
      headers: { authorization },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    return answer === 'given up' ? undefined : answer
  }

  /** Asks the API until it answers; how often that took is told, too. */
  async insist(path: string, form: Readonly<Record<string, string>>): Promise<Insisted> {
    for (let attempts = 1; ; attempts += 1) {
      const answer = await this.api(path, form)
      if (answer && !isRefusal(answer)) return { answer, attempts }
      await sleep(200)
    }
  }

  async #attempt(delivery: Delivery, url: string, params: Wanted['params']): Promise<Answer | undefined> {
    const headers = {
      'x-twilio-signature': signatureOf(this.#settings.token, url, Object.entries(params)),
      ...(bearsToken(delivery) && { 'i-twilio-idempotency-token': delivery.id }),
    }
    const answer = await answered(url, { method: 'POST', body: new URLSearchParams(params), headers })
    if (answer === 'given up') delivery.isGivenUp = true
    else if (answer && !isRefusal(answer)) return answer
    else if (answer) this.#settings.journal.refusals += 1
    return undefined
  }

  #judge({ id, kind, answer }: Delivery, attempts: number): void {
    const { complaints } = this.#settings.journal
    if (!answer && attempts === MANY) complaints.push(`${kind} ${id} was not answered in ${MANY} attempts`)
    if (answer && answer.status >= 300) complaints.push(`${kind} ${id} was answered ${answer.status}: ${answer.body}`)
    if (answer?.body.includes('application error')) complaints.push(`${kind} ${id} was answered with an apology`)
  }
}

/** Twilio says of attempts that are made again that they bear a token (twiml.md 2.1); of the first ones here only every other does. */
function bearsToken({ id, attempts }: Delivery): boolean {
  return attempts > 1 || Number(id.slice(1)) % 2 === 0
}

const PAUSE_MS = 150
/** As often as somebody asks who does not give up: on a busy machine servers begin slowly, and may be killed before they have. */
export const MANY = 800

/** Asks to come again. */
function isRefusal({ status }: Answer): boolean {
  return status >= 500 || status === 429
}

/** The answer to an attempt; nothing where there was none, be it because the server was gone. */
async function answered(url: string, options: RequestInit): Promise<Answer | 'given up' | undefined> {
  const askedAt = Date.now()
  try {
    const response = await fetch(url, { ...options, signal: AbortSignal.timeout(15_000) })
    const body = await response.text()
    return { askedAt, at: Date.now(), status: response.status, body }
  } catch (error) {
    return error instanceof DOMException && error.name === 'TimeoutError' ? 'given up' : undefined
  }
}
