import type { Document } from '../document/document.ts'
import { type Element, elementsIn, ownText } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import { problem } from './dictionary.ts'
import { MESSAGE_VERBS } from './messaging.ts'
import type { Rule } from './rule.ts'
import { ANY, listed, SCHEMA } from './values.ts'
import { CALL_VERBS } from './voice.ts'

/** Everything in a document that the carrier warns of, from its first element to its last (twiml.md 10). */
export function problemsOf({ root, base }: Document, kind: 'voice' | 'message'): readonly Problem[] {
  return problemsIn(root, ANSWERS[kind], base)
}

const VERSION = { version: ANY } // a bad one was refused when the document was read

const ANSWERS: Readonly<Record<'voice' | 'message', Rule>> = {
  voice: { attributes: VERSION, children: CALL_VERBS },
  message: { attributes: VERSION, children: MESSAGE_VERBS, strayChild: 14110 },
}

function problemsIn(element: Element, rule: Rule, base: string | undefined): Problem[] {
  return [
    ...Object.entries(element.attributes).flatMap((attribute) => inAttribute(attribute, element.name, { rule, base })),
    ...inText(element, rule, base),
    ...(rule.whole?.(element, base) ?? []),
    ...elementsIn(element).flatMap((child) => inChild(child, element.name, { rule, base })),
  ]
}

/** What something is judged by: the rule of the element that it stands in. */
interface Judge {
  readonly rule: Rule
  readonly base: string | undefined
}

function inAttribute([key, value]: [string, string], element: string, { rule, base }: Judge): Problem[] {
  const { attributes = {} } = rule
  if (!Object.hasOwn(attributes, key))
    return [problem(SCHEMA, `${key}=${shown(value)} of <${element}> is unknown; ${known(Object.keys(attributes))}`)]
  const flaw = attributes[key]?.(value, base)
  return flaw ? [problem(flaw.code, `${key}=${shown(value)} of <${element}>: expected ${flaw.expected}`)] : []
}

function inText(element: Element, { text }: Rule, base: string | undefined): Problem[] {
  const own = ownText(element)
  if (!text) return own === '' ? [] : [problem(SCHEMA, `the text ${shown(own)} in <${element.name}>: expected none`)]
  const flaw = text(own, base)
  return flaw ? [problem(flaw.code, `the text ${shown(own)} in <${element.name}>: expected ${flaw.expected}`)] : []
}

/** What may not stand in an element is ignored with all that is in it. */
function inChild(child: Element, parent: string, { rule, base }: Judge): Problem[] {
  const { children = {}, strayChild = SCHEMA } = rule
  const own = Object.hasOwn(children, child.name) ? children[child.name] : undefined
  if (own) return problemsIn(child, own, base)
  const names = Object.keys(children).map((name) => `<${name}>`)
  return [problem(strayChild, `<${child.name}> in <${parent}> is left out; ${known(names)}`)]
}

function known(names: readonly string[]): string {
  return names.length === 0 ? 'expected none' : `expected ${names.length > 1 ? 'one of ' : ''}${listed(names)}`
}

const LONGEST_SHOWN = 80

function shown(value: string): string {
  return JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value)
}
