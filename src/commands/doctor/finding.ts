/** What was found when something was looked at. */
export interface Finding {
  readonly status: 'ok' | 'warning' | 'failure'
  readonly text: string
  /** What to do about it. */
  readonly remedy?: string
}

/** All is as it should be. */
export function ok(text: string): Finding {
  return { status: 'ok', text }
}

/** It works, but perhaps not as it was meant. */
export function warning(text: string, remedy: string): Finding {
  return { status: 'warning', text, remedy }
}

/** Calls and messages will not be answered as they should. */
export function failure(text: string, remedy: string): Finding {
  return { status: 'failure', text, remedy }
}
