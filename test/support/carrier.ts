/** What the carrier asks a server. */
export interface Request {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly params: Params
}

export type Params = Readonly<Record<string, string>>

/** What a server answered. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** Carries requests to the server under test. */
export type Line = (request: Request) => Promise<Answer>

/** Who calls or texts whom, and the webhook of the number. */
export interface Subscriber {
  readonly webhook: string
  readonly accountSid: string
  readonly from: string
  readonly to: string
  /** 32 hexadecimal digits for the sids of this call or chat. */
  readonly id: string
  /** Parameters that come with every request beside the usual ones, or in their place. */
  readonly extra?: Params
}

/** The method that an attribute names (twiml.md 1.1). */
export function methodOf(method = 'POST'): 'GET' | 'POST' {
  return method.toUpperCase() === 'GET' ? 'GET' : 'POST'
}

/** The geography that comes with each address, much of it empty. */
export function geo(ends: readonly string[]): Params {
  const fields = { City: 'SPRINGFIELD', State: '', Zip: '', Country: 'US' }
  return Object.fromEntries(ends.flatMap((end) => Object.entries(fields).map(([field, value]) => [end + field, value])))
}
