import { type Markup, parseMarkup } from './markup.ts'

/** The SSML in a text as a tree; undefined for plain text, and for anything that is not well-formed SSML of Twilio's (twiml.md 4.1). */
export function ssml(text: string): readonly Markup[] | undefined {
  if (!text.includes('<')) return undefined
  const nodes = withoutSpeak(parseMarkup(text.trim()))
  if (!nodes?.some((node) => typeof node === 'object')) return undefined
  return nodes.every((node) => isSsml(node, 'Say')) ? nodes : undefined
}

/** `Say` takes the place of the `speak` that SSML begins with elsewhere. */
function withoutSpeak(nodes: readonly Markup[] | undefined): readonly Markup[] | undefined {
  const [root, ...rest] = nodes ?? []
  return rest.length === 0 && typeof root === 'object' && root.name === 'speak' ? root.children : nodes
}

function isSsml(node: Markup, parent: string): boolean {
  if (typeof node === 'string') return !HOLDS_NOTHING.has(parent) || node.trim() === ''
  const attributes = ATTRIBUTES.get(node.name)
  return (
    attributes !== undefined &&
    (NESTING.get(parent) ?? []).includes(node.name) &&
    node.attributes.every(([name]) => attributes.includes(name)) &&
    node.children.every((child) => isSsml(child, node.name))
  )
}

/** Element by element, the attributes it may have. */
const ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['break', ['strength', 'time']],
  ['emphasis', ['level']],
  ['lang', ['xml:lang']],
  ['p', []],
  ['phoneme', ['alphabet', 'ph']],
  ['prosody', ['volume', 'rate', 'pitch']],
  ['s', []],
  ['say-as', ['interpret-as', 'format']],
  ['sub', ['alias']],
  ['w', ['role']],
])

const INLINE = ['break', 'emphasis', 'phoneme', 'prosody', 'say-as', 'sub']

/** Element by element, what may stand in it. */
const NESTING: ReadonlyMap<string, readonly string[]> = new Map([
  ['Say', [...INLINE, 'lang', 'w', 'p', 's']],
  ['emphasis', [...INLINE, 'lang', 'w']],
  ['lang', [...INLINE, 'lang', 'w', 'p', 's']],
  ['p', [...INLINE, 'lang', 'w', 's']],
  ['prosody', [...INLINE, 'lang', 'w', 'p', 's']],
  ['s', [...INLINE, 'lang', 'w']],
  ['w', INLINE],
])

const HOLDS_NOTHING: ReadonlySet<string> = new Set(['break'])
