/** What the carrier would put into its debugger, with the code of its error dictionary (twiml.md 10). */
export interface Problem {
  readonly code: number
  /** As the dictionary calls it. An error costs what it is about: a document that cannot be read, a verb that cannot be played. */
  readonly level: 'error' | 'warning'
  readonly message: string
}

/** A problem that costs something. */
export function fault(code: number, message: string): Problem {
  return { code, level: 'error', message }
}

/** A problem that is only told. */
export function caution(code: number, message: string): Problem {
  return { code, level: 'warning', message }
}
