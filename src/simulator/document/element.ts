import { SaxesParser } from 'saxes'
import { fault, type Problem } from '../problem.ts'

/** An element of a TwiML document: text and elements in their order. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

/** Reads XML strictly, as the carrier does: no DOCTYPE, no characters that XML 1.0 forbids (twiml.md 1.1). */
export function readXml(text: string): Element | Problem {
  const open: Unfinished[] = [{ name: '', attributes: {}, children: [] }]
  const parser = new SaxesParser({ xmlns: false, position: true, forceXMLVersion: true, defaultXMLVersion: '1.0' })
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > DEEPEST) parser.fail(`elements nest deeper than ${DEEPEST} levels`)
    open.push({ name, attributes: { ...attributes }, children: [] })
  })
  parser.on('text', (piece) => open.at(-1)?.children.push(piece))
  parser.on('cdata', (piece) => open.at(-1)?.children.push(piece))
  parser.on('closetag', () => {
    const element = open.pop()
    if (element) open.at(-1)?.children.push(element)
  })
  parser.on('doctype', () => parser.fail('a DOCTYPE is not allowed'))
  parser.on('error', (error) => {
    throw error
  })
  try {
    parser.write(text).close()
  } catch (error) {
    return fault(12100, `the document is no well-formed XML: ${error instanceof Error ? error.message : String(error)}`)
  }
  const root = open[0]?.children.find((child) => typeof child !== 'string')
  return root ?? fault(12100, 'the document is empty')
}

/** As deep as the usual XML readers go. */
const DEEPEST = 256

interface Unfinished {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: (Element | string)[]
}

/** The elements in an element. */
export function elementsIn({ children }: Element): readonly Element[] {
  return children.filter((child) => typeof child !== 'string')
}

/** All text in an element and below it, as it is read aloud: trimmed, white space folded, a break between words. */
export function textOf(element: Element): string {
  return spoken(element).replaceAll(/\s+/g, ' ').trim()
}

function spoken({ name, children }: Element): string {
  if (name === 'break') return ' '
  return children.map((child) => (typeof child === 'string' ? child : spoken(child))).join('')
}

/** The text that stands in an element itself, trimmed. */
export function ownText({ children }: Element): string {
  return children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim()
}

/** All text in an element and below it, as it stands there. */
export function rawText({ children }: Element): string {
  return children.map((child) => (typeof child === 'string' ? child : rawText(child))).join('')
}
