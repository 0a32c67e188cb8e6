/** The little of a database that the store needs. Parameters are `$1`, `$2`, …; `bigint` columns come back as numbers, JSON as text. */
export interface Sql {
  /** The rows a statement gives, on its own. */
  rows<T>(text: string, ...parameters: readonly SqlValue[]): Promise<T[]>
  /**
   * All statements or none. None of them may find what one before it writes, but keys that refer to it. A statement marked `must` that touches no row undoes them all and throws `NothingTouched`.
   * Without such a statement it must not matter whether they are committed once or twice; with one it throws
   * `AnswerLost` where nobody can tell whether they were.
   */
  commit(statements: readonly Statement[]): Promise<void>
  /** How busy it is at this moment. */
  load(): DatabaseLoad
  /** Finishes what was committed; nothing can be asked afterwards. */
  close(): Promise<void>
}

/** How busy a database is: connections that are open, those at work, and what waits for one, or for the next commit of all together. */
export interface DatabaseLoad {
  readonly connections: number
  readonly busy: number
  readonly waiting: number
}

/** What every database can hold: texts without NUL and lone surrogates (`toColumn`), whole numbers up to 2^53, null. */
export type SqlValue = string | number | null

/** A statement with its parameters, in the order of `$1`, `$2`, …. */
export interface Statement {
  readonly text: string
  readonly parameters: readonly SqlValue[]
  readonly must?: boolean
}

/** A statement that may touch nothing. */
export function statement(text: string, ...parameters: readonly SqlValue[]): Statement {
  return { text, parameters }
}

/** A statement without which the others are not wanted either. */
export function must(text: string, ...parameters: readonly SqlValue[]): Statement {
  return { text, parameters, must: true }
}

/** Thrown by a commit of which nothing is left, because a statement that had to touch a row touched none. */
export class NothingTouched extends Error {
  override readonly name = 'NothingTouched'

  constructor(text: string) {
    super(`no row was touched by: ${text}`)
  }
}

/** Thrown by a commit that may be written or not: the connection was lost before the answer came. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost'

  constructor(cause: unknown) {
    super('the connection to the database was lost before it told whether a commit was written', { cause })
  }
}
