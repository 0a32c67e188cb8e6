/** Every error that can leave the process: its code in Twilio's error dictionary and its HTTP status. */
export const ERRORS = {
  invalidRequest: { code: 20001, status: 400 },
  unauthenticated: { code: 20003, status: 401 },
  methodNotAllowed: { code: 20004, status: 405 },
  wrongSignature: { code: 20403, status: 403 },
  foreignPage: { code: 20403, status: 403 },
  readOnly: { code: 20403, status: 403 },
  notFound: { code: 20404, status: 404 },
  requestTimeout: { code: 20001, status: 408 },
  conflict: { code: 20409, status: 409 },
  bodyTooLarge: { code: 20413, status: 413 },
  unknownContentType: { code: 20415, status: 415 },
  headersTooLarge: { code: 20001, status: 431 },
  tooManyRequests: { code: 20429, status: 429 },
  invalidPageToken: { code: 21481, status: 400 },
  invalidRevision: { code: 81021, status: 400 },
  invalidDefinition: { code: 81022, status: 400 },
  invalidContact: { code: 81023, status: 400 },
  internal: { code: 20500, status: 500 },
  unavailable: { code: 20503, status: 503 },
} as const

export type ErrorName = keyof typeof ERRORS

/** Somebody else's mistake; the message shows the offending value and what was expected. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly error: ErrorName
  /** What a program can read of it. */
  readonly details: object | undefined

  constructor(error: ErrorName, message: string, details?: object) {
    super(message)
    this.error = error
    this.details = details
  }
}

/** An error as Twilio's REST API answers it (engine.md 8.6). */
export function errorBody(error: ErrorName, message: string, details?: object): ErrorBody {
  const { code, status } = ERRORS[error]
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status, ...(details && { details }) }
}

interface ErrorBody {
  readonly code: number
  readonly message: string
  readonly more_info: string
  readonly status: number
  readonly details?: object
}
