import type { FunctionAnswer } from './call.ts'

/** What comes of a call in a child. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: FunctionAnswer }
  | { readonly kind: 'late' }
  /** The process has not begun with it: it was about to end, or had no time for it. */
  | { readonly kind: 'unheard' }
  /** The process is gone: `exit code 3`. */
  | { readonly kind: 'gone'; readonly how: string }

/** What comes of it in the end; `full`: as many calls run as may. */
export type PoolOutcome = Exclude<Outcome, { kind: 'unheard' }> | { readonly kind: 'full' }
