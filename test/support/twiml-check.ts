import { MESSAGE, NEEDS_CHILD, RULES, VOICE } from './twiml-grammar.ts'
import { type Element, parseXml } from './xml.ts'

/** Everything in a document that the carrier would refuse, ignore or warn of; knows nothing of how we make it. */
export function checkTwiml(xml: string, kind: 'voice' | 'message'): string[] {
  if (Buffer.byteLength(xml) > LARGEST) return [`the document has over ${LARGEST} bytes`]
  try {
    const root = parseTwiml(xml)
    return [...ofRoot(root, kind === 'voice' ? VOICE : MESSAGE), ...root.children.flatMap(ofChild)]
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

/** The document as a tree; throws an `Error` when it is not well formed. */
export function parseTwiml(xml: string): Element {
  return parseXml(xml)
}

/** Bytes, the carrier's limit on an answer. */
const LARGEST = 64 * 1024

function ofRoot({ name, attributes, children }: Element, verbs: readonly string[]): string[] {
  if (name !== 'Response' || Object.keys(attributes).length > 0) return ['the root is not a bare Response']
  return namesOf(children).flatMap((child) => (verbs.includes(child) ? [] : [`${child} is no verb of such an answer`]))
}

function ofChild(child: Element | string): string[] {
  if (typeof child === 'string') return child.trim() === '' ? [] : ['text stands beside verbs']
  return ofElement(child)
}

function ofElement({ name, attributes, children }: Element): string[] {
  const rule = RULES[name]
  if (!rule) return [`${name} is no element of TwiML`]
  const text = children.filter((child) => typeof child === 'string').join('')
  const nested = namesOf(children)
  return [
    ...Object.entries(attributes).flatMap(([key, value]) => ofAttribute(name, rule.attributes?.[key], key, value)),
    ...nested.flatMap((child) => (rule.children?.includes(child) ? [] : [`${child} may not stand in ${name}`])),
    ...ofText(name, text, nested.length),
    ...(NEEDS_CHILD.has(name) && nested.length === 0 ? [`${name} is empty`] : []),
    ...ofWhole(name, attributes, text, nested),
    ...children.flatMap((child) => (typeof child === 'string' ? [] : ofElement(child))),
  ]
}

function ofAttribute(
  element: string,
  check: ((value: string) => string | undefined) | undefined,
  key: string,
  value: string,
): string[] {
  if (!check) return [`${element} has no attribute ${key}`]
  const flaw = check(value)
  return flaw ? [`${key}=${JSON.stringify(value)} of ${element} ${flaw}`] : []
}

function ofText(name: string, text: string, nested: number): string[] {
  const rule = RULES[name]
  if (rule?.text === 'none' && text.trim() !== '') return [`${name} may hold no text`]
  if (rule?.text === 'required' && text.trim() === '' && nested === 0) return [`${name} holds no text`]
  const flaw = text === '' ? undefined : rule?.textIs?.(text)
  return flaw ? [`the text ${JSON.stringify(text.slice(0, 80))} of ${name} ${flaw}`] : []
}

/** What concerns several parts of an element at once. */
function ofWhole(name: string, attributes: Element['attributes'], text: string, nested: readonly string[]): string[] {
  if (name === 'Play' && text.trim() === '' && attributes.digits === undefined)
    return ['Play has neither a URL nor digits']
  if (name === 'Enqueue' && (text.trim() === '') === (attributes.workflowSid === undefined))
    return ['Enqueue needs a queue or a workflow']
  if (name === 'Enqueue' && nested.includes('Task') && attributes.workflowSid === undefined)
    return ['a Task needs a workflow']
  if (name === 'Dial' && nested.length > 10) return ['Dial has over ten targets']
  if (name === 'Message' && nested.filter((child) => child === 'Media').length > 10)
    return ['Message has over ten Media']
  return []
}

function namesOf(children: Element['children']): string[] {
  return children.flatMap((child) => (typeof child === 'string' ? [] : [child.name]))
}
