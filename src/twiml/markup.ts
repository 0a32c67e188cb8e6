/** Text with entities resolved, or an element. */
export type Markup = string | MarkupElement

export interface MarkupElement {
  readonly name: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
  readonly children: readonly Markup[]
}

/** Reads a well-formed fragment of elements, attributes and text; undefined for anything else: comments, DOCTYPE, unknown entities, open tags. */
export function parseMarkup(text: string): readonly Markup[] | undefined {
  const root: Open = { name: '', attributes: [], children: [] }
  const open = [root]
  for (let at = 0; at < text.length; ) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)
    const top = open.at(-1)
    if (!token || !top || open.length > DEEPEST) return undefined
    if (!take(token, top, open)) return undefined
    at = TOKEN.lastIndex
  }
  return open.length === 1 ? root.children : undefined
}

interface Open {
  readonly name: string
  readonly attributes: readonly (readonly [name: string, value: string])[]
  readonly children: Markup[]
}

const DEEPEST = 50

/** Text, an end tag, or a start tag with its attributes; sticky, so that nothing is skipped. */
const TOKEN =
  /([^<]+)|<\/([A-Za-z][\w:.-]*)\s*>|<([A-Za-z][\w:.-]*)((?:\s+[A-Za-z][\w:.-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y

function take([, text, end, start, attributes = '', empty]: RegExpExecArray, top: Open, open: Open[]): boolean {
  if (text !== undefined) {
    const plain = resolved(text)
    if (plain !== undefined) top.children.push(plain)
    return plain !== undefined
  }
  if (end !== undefined) return open.length > 1 && open.pop()?.name === end
  const read = readAttributes(attributes)
  if (start === undefined || !read) return false
  const element: Open = { name: start, attributes: read, children: [] }
  top.children.push(element)
  if (empty !== '/') open.push(element)
  return true
}

const ATTRIBUTE = /([A-Za-z][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

function readAttributes(text: string): Open['attributes'] | undefined {
  const read: [string, string][] = []
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    const value = resolved(double ?? single ?? '')
    if (value === undefined || read.some(([known]) => known === name)) return undefined
    read.push([name, value])
  }
  return read
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** The text with its entities resolved; undefined when an ampersand is none or `]]>` stands in it. */
function resolved(text: string): string | undefined {
  let sound = !text.includes(']]>')
  const plain = text.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));|&/g,
    (_entity, name, decimal, hex) => {
      if (name) return NAMED.get(name) ?? ''
      const code = Number.parseInt(decimal ?? hex ?? '', decimal ? 10 : 16)
      sound &&= code > 0 && code <= 0x10ffff
      return sound ? String.fromCodePoint(code) : ''
    },
  )
  return sound ? plain : undefined
}
