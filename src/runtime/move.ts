import type { Effect } from '../engine/effect.ts'
import type { Execution } from '../engine/execution.ts'
import type { Advanced } from '../engine/walker.ts'
import type { Happened, Performed } from '../store/store.ts'
import type { Turn } from './turn.ts'

/** A move of an execution as it was saved: what happened, and where it led. */
export interface Move extends Advanced, Happened {
  /** What it was before; nothing where it has just begun. */
  readonly before?: Execution | undefined
}

/** Where a move has led, and what is still to be done of it before the execution rests. */
export interface Moved {
  readonly execution: Execution
  readonly effect: Effect | undefined
  /** The id under which the effect is kept until it is done. */
  readonly effectId?: string | undefined
}

/** How a move came about: the webhook that waits for it, and the effect that is done with it. */
export interface Way {
  readonly turn?: Turn | undefined
  readonly done?: string | undefined
  readonly performed?: Performed | undefined
  /** When it is taken to happen, where that is not now; epoch milliseconds. */
  readonly at?: number | undefined
  /** Whether it lets those go first who wait for the execution at other instances. */
  readonly givesWay?: boolean
}
