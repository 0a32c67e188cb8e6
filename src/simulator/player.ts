import { absolute, type Destination, destination } from './destination.ts'
import type { Document } from './document.ts'
import type { Element } from './element.ts'
import type { Leg } from './leg.ts'
import type { Office } from './office.ts'
import type { Outcome } from './outcome.ts'
import { end, NEXT } from './outcome.ts'
import { methodOf } from './parameters.ts'
import type { Params } from './web-request.ts'

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

/** Goes on at a verb's `action`, or at the document it stands in; with an URL that is none the call ends. */
export function goOn({ attributes }: Element, { document }: Scene, params: Params = {}): Outcome {
  const target = destination({ url: attributes.action, method: methodOf(attributes.method), params }, document.base)
  if ('code' in target) return end() // told of when the document was read
  return { kind: 'go-to', destination: target }
}

/** Goes on at a verb's `action`, or at the next verb where it has none (twiml.md 3.1). */
export function follow(verb: Element, scene: Scene, params: Params = {}): Outcome {
  return hasAction(verb) ? goOn(verb, scene, params) : NEXT
}

/** What a verb that falls through without an `action` owes it when the caller is gone. */
export function partingIfAsked(verb: Element, scene: Scene, params: Params): Outcome {
  return hasAction(verb) ? parting(verb, scene, params) : { kind: 'gone' }
}

function hasAction({ attributes: { action = '' } }: Element): boolean {
  return action.trim() !== ''
}

/** The request that a verb still owes its action, or the document it stands in, when the caller is gone. */
export function parting(verb: Element, { document }: Scene, params: Params): Outcome {
  const { action, method } = verb.attributes
  const target = destination({ url: action, method: methodOf(method), params }, document.base)
  if ('code' in target || target.kind !== 'url') return { kind: 'gone' }
  return {
    kind: 'gone',
    last: { url: target.url, method: target.method, params: { ...params, CallStatus: 'completed' } },
  }
}

/** The absolute URL of a callback attribute; one that is none was told of when the document was read, and is left out. */
export function callbackUrl(url: string | undefined, { document }: Scene): string | undefined {
  if (url === undefined || url.trim() === '') return undefined
  const target = absolute(url.trim(), document.base)
  return typeof target === 'string' ? target : undefined
}
