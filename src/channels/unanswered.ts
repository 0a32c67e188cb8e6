import { whyUnreachable } from '../unreachable.ts'

/** Thrown when the carrier has not answered; the message says why. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
  /** Whether the carrier may have done what it was asked for. */
  readonly mayBeDone: boolean
  /** How often it was asked. */
  readonly attempts: number

  constructor(reason: string, mayBeDone: boolean, attempts = 1) {
    super(reason)
    this.mayBeDone = mayBeDone
    this.attempts = attempts
  }
}

/** What an error of a connection means. */
export function unanswered(error: unknown): Unanswered {
  return new Unanswered(whyUnreachable(error), !isNothingSent(error))
}

/** Nothing was sent where no connection came about. */
function isNothingSent(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isNothingSent)
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  const call = 'syscall' in error ? error.syscall : undefined
  return code === 'UND_ERR_CONNECT_TIMEOUT' || call === 'connect' || call === 'getaddrinfo'
}
