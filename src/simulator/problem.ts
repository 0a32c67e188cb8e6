/** What the carrier would put into its debugger, with the code of its error dictionary (twiml.md 10). */
export interface Problem {
  readonly code: number
  /** After an error the document is given up; a warning changes nothing. */
  readonly level: 'error' | 'warning'
  readonly message: string
}

/** A problem that costs the document. */
export function fault(code: number, message: string): Problem {
  return { code, level: 'error', message }
}

/** A problem that is only told. */
export function caution(code: number, message: string): Problem {
  return { code, level: 'warning', message }
}
