import type { Chain } from './leg.ts'

/** Somebody who calls a number. */
export interface Caller {
  readonly from: string
  readonly to: string
  /** Parameters that come with every request of this call beside the usual ones, or in their place. */
  readonly extra?: Readonly<Record<string, string>> | undefined
  /** The news of a hang-up, which usually comes after a verb's last request, comes before it: the carrier promises no order (twiml.md 6.2). */
  readonly newsFirst?: boolean | undefined
  /** How many numbers of this network have passed the call on. */
  readonly hops?: number | undefined
  /** Shared with the call that brought this one about. */
  readonly chain?: Chain | undefined
}
