/** Every error that can leave the process: its code in Twilio's error dictionary and its HTTP status. */
export const ERRORS = {
  invalidRequest: { code: 20001, status: 400 },
  wrongSignature: { code: 20403, status: 403 },
  notFound: { code: 20404, status: 404 },
  bodyTooLarge: { code: 20413, status: 413 },
  unknownContentType: { code: 20415, status: 415 },
  internal: { code: 20500, status: 500 },
} as const

export type ErrorName = keyof typeof ERRORS

/** Somebody else's mistake; the message shows the offending value and what was expected. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly error: ErrorName

  constructor(error: ErrorName, message: string) {
    super(message)
    this.error = error
  }
}

/** An error as Twilio's REST API answers it (engine.md 8.6). */
export function errorBody(
  error: ErrorName,
  message: string,
): { code: number; message: string; more_info: string; status: number } {
  const { code, status } = ERRORS[error]
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }
}
