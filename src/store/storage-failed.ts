/** Thrown where the database cannot be read or written now; the message says why. Nothing of what was asked for is done. */
export class StorageFailed extends Error {
  override readonly name = 'StorageFailed'

  constructor(reason: string, cause: unknown) {
    super(`the database ${reason}`, { cause })
  }
}
