import type { Destination } from '../document/destination.ts'

/** What takes a leg away from whatever it is doing. */
export type Interruption =
  | { readonly kind: 'hung-up'; readonly by: 'person' | 'server' }
  /** The live call was given another document by REST (twiml.md 6.5). */
  | { readonly kind: 'redirected'; readonly to: Destination }
  /** What a waiting caller is waiting for has come; the wait ends, the call does not. */
  | { readonly kind: 'released'; readonly result: string }

/** Of several interruptions the weightiest counts. */
export const WEIGHT: Readonly<Record<Interruption['kind'], number>> = { released: 0, redirected: 1, 'hung-up': 2 }

/** Thrown by every wait of a leg that is interrupted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly by: Interruption

  constructor(by: Interruption) {
    super(by.kind)
    this.by = by
  }
}

/** Whether a wait was ended because somebody hung up. */
export function isHangUp(error: unknown): boolean {
  return error instanceof Interrupted && error.by.kind === 'hung-up'
}
