import { methodOf } from '../document/attributes.ts'
import { destination } from '../document/destination.ts'
import type { Element } from '../document/element.ts'
import type { Params } from '../line/web-request.ts'
import { end, NEXT, type Outcome } from './outcome.ts'
import type { Scene } from './player.ts'

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
