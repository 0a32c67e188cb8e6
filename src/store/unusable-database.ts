/** Thrown when a database cannot be opened; the message says which and why. */
export class UnusableDatabase extends Error {
  override readonly name = 'UnusableDatabase'

  /** `database` is its path or its address, without a password; the reason goes on from "the database … ". */
  constructor(database: string, reason: string, cause?: unknown) {
    super(`the database ${JSON.stringify(database)} ${reason}`, { cause })
  }
}
