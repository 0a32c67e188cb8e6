/** What a client is told that asked for what cannot be (twiml.md 7). */
export class Refused extends Error {
  override readonly name = 'Refused'
  /** Of HTTP. */
  readonly status: number
  /** Of the carrier's error dictionary. */
  readonly code: number

  constructor(status: number, code: number, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** A parameter that cannot be taken. */
export function invalid(code: number, message: string): Refused {
  return new Refused(400, code, message)
}

/** There is nothing at this path. */
export function notFound(path: string): Refused {
  return new Refused(404, 20404, `The requested resource ${path} was not found`)
}

/** What a refusal says, as the API writes it. */
export function refusalBody({ status, code, message }: Refused): string {
  return JSON.stringify({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status })
}
