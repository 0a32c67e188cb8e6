import type { Destination } from '../document/destination.ts'
import type { Document } from '../document/document.ts'
import type { Element } from '../document/element.ts'
import type { Params } from '../line/web-request.ts'
import type { Office } from '../office.ts'
import type { Leg } from './leg.ts'
import type { Outcome } from './outcome.ts'

/** Plays one verb for a leg, up to what it leads to. */
export type Player = (verb: Element, scene: Scene) => Promise<Outcome>

/** Who hears what is played, and in which network. */
export interface Part {
  readonly leg: Leg
  readonly office: Office
}

/** Where a verb is played. */
export interface Scene extends Part {
  readonly document: Document
  /** Plays other documents on the way: what a callee or a queued caller hears. */
  play(leg: Leg, start: Destination, rules: Rules): Promise<Ending>
}

/** What may be in documents that are played inside a verb. */
export interface Rules {
  readonly verbs: ReadonlySet<string>
  /** The code of the warning of any other verb; 12200 when it is left out. */
  readonly refusal?: number
  /** The codes of verbs that have one of their own. */
  readonly refusals?: Readonly<Record<string, number>>
  /** Parameters that come with every request beside the standard ones. */
  extra(): Params
}

/** How a run of documents ended: at the end of one, by `Leave`, or with the call. */
export type Ending =
  | { readonly kind: 'played' }
  | { readonly kind: 'left' }
  | { readonly kind: 'over'; readonly status: 'completed' | 'busy' | 'no-answer' }
