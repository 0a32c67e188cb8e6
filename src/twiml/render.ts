import { create } from 'xmlbuilder2'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'
import { type Markup, parseMarkup } from './markup.ts'
import { ssml } from './ssml.ts'
import type { TwimlDocument, Verb } from './verbs.ts'

/** An element as the renderer sees it: any verb or noun. */
interface Element {
  readonly verb: string
  readonly text?: string | undefined
  readonly children?: readonly Element[] | undefined
  readonly [attribute: string]: unknown
}

/** Writes verbs as a TwiML document, without blanks between elements. */
export function renderTwiml(verbs: readonly Verb[]): string {
  if (verbs.length === 0) return EMPTY
  const response = dom.createElement('Response')
  for (const verb of verbs) response.appendChild(elementOf(verb as Element)) // every verb has this shape; interfaces have no index signature
  dom.appendChild(response)
  try {
    return twiml.end()
  } finally {
    dom.removeChild(response)
  }
}

/** The one document that all are written by, for to make one costs more than to fill it; empty in between. */
const twiml = create({ version: '1.0', encoding: 'UTF-8' })
const dom = twiml.node as Dom

type Dom = NonNullable<XMLBuilder['node']['ownerDocument']>
type DomElement = ReturnType<Dom['createElement']>

/** Writes an answer; a document of somebody else's stays as it is. */
export function renderDocument(document: TwimlDocument): string {
  return 'xml' in document ? document.xml : renderTwiml(document)
}

/** Whether a text is a TwiML document: well-formed XML without a DOCTYPE whose root is `Response`. */
export function isTwiml(text: string): boolean {
  const body = withoutComments(text.replace(/^<\?xml [^<>]*\?>/, '')).trim()
  const nodes = text === clean(text) ? parseMarkup(body) : undefined
  const [root] = nodes ?? []
  return nodes?.length === 1 && typeof root === 'object' && root.name === 'Response'
}

/** In one pass, also where none of many comments ends: the text is a stranger's. One that does not end stays. */
function withoutComments(text: string): string {
  let kept = ''
  for (let at = 0; ; ) {
    const begin = text.indexOf('<!--', at)
    const end = begin === -1 ? -1 : text.indexOf('-->', begin + 4)
    if (end === -1) return kept + text.slice(at)
    kept += text.slice(at, begin)
    at = end + 3
  }
}

const EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

function elementOf(described: Element): DomElement {
  const { verb, text = '', children = [] } = described
  const element = dom.createElement(verb)
  for (const [name, value] of Object.entries(described)) {
    if (value !== undefined && !CONTENT.has(name)) setAttribute(element, name, String(value))
  }
  const markup = verb === 'Say' ? ssml(clean(text)) : undefined
  if (markup) appendMarkup(element, markup)
  else if (text !== '') appendText(element, text)
  for (const child of children) element.appendChild(elementOf(child))
  return element
}

/** What of an element is no attribute. */
const CONTENT: ReadonlySet<string> = new Set(['verb', 'text', 'children'])

function appendMarkup(parent: DomElement, nodes: readonly Markup[]): void {
  for (const node of nodes) {
    if (typeof node === 'string') {
      appendText(parent, node)
      continue
    }
    const element = dom.createElement(node.name)
    for (const [name, value] of node.attributes) setAttribute(element, name, value)
    appendMarkup(element, node.children)
    parent.appendChild(element)
  }
}

function setAttribute(element: DomElement, name: string, value: string): void {
  element.setAttribute(name, escapedAttribute(clean(value)))
}

function appendText(element: DomElement, text: string): void {
  element.appendChild(dom.createTextNode(escaped(clean(text))))
}

/** xmlbuilder2 leaves an ampersand alone that looks like an entity; so none is left to look like one but ours, for what a reader would fold. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('\r', '&#13;')
}

/** In an attribute a reader folds line ends and tabs to blanks. */
function escapedAttribute(text: string): string {
  return escaped(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}

/** What XML 1.0 forbids, even as a reference: most control characters, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function clean(text: string): string {
  return text.replace(FORBIDDEN, '')
}
