import type { Destination } from '../document/destination.ts'
import type { WebRequest } from '../line/web-request.ts'

/** What playing one verb leads to (twiml.md 3.1). */
export type Outcome =
  | { readonly kind: 'next' }
  /** Another document takes the place of this one. */
  | { readonly kind: 'go-to'; readonly destination: Destination }
  /** The call ends with this status. */
  | { readonly kind: 'end'; readonly status: 'completed' | 'busy' | 'no-answer' }
  /** A wait document gives its caller back to the verb that waits. */
  | { readonly kind: 'leave' }
  /** The caller is gone; what the verb still owes its action, the answer of which is not played. */
  | { readonly kind: 'gone'; readonly last?: WebRequest | undefined }

/** Nothing stands in the way of the next verb. */
export const NEXT: Outcome = { kind: 'next' }

/** The call ends. */
export function end(status: 'completed' | 'busy' | 'no-answer' = 'completed'): Outcome {
  return { kind: 'end', status }
}
