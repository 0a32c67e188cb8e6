import type { Element } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'

/** A verb that goes on at the document it stands in needs an URL where that came from none (twiml.md 1.5). */
export function leadsOn(verb: Element, base: string | undefined): Problem[] {
  if (base !== undefined || (verb.attributes.action ?? '').trim() !== '') return []
  return [problem(15004, `<${verb.name}> has no action, and this TwiML came from no URL; expected an absolute URL`)]
}
