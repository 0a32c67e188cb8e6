import type { Taken } from '../happening.ts'
import type { Input } from './input.ts'

/** What a verb asks for at a wait: how long at most, and what it takes. */
export interface Waiting {
  readonly seconds?: number | undefined
  takes?(input: Input): boolean
  /** Set where the person is expected to act now. */
  readonly listening?: Listening
  /** Whether the person has begun to act, and this is the time for more of it. */
  readonly begun?: boolean
}

/** Which verb listens to the person, and to what. */
export interface Listening {
  readonly verb: string
  readonly takes: readonly Taken[]
}
