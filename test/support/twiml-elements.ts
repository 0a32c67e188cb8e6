/** One element of a TwiML document. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  /** All text in it, that of its children included. */
  readonly text: string
}

/** Reads a document just well enough to play it; whether it is well-formed is for the checker to say. */
export function read(xml: string): Element {
  const open: Growing[] = [growing('', {})]
  for (const [, comment, name, attributes = '', closed, end, text = ''] of xml.matchAll(TOKEN)) {
    const top = open.at(-1)
    if (!top || comment !== undefined) continue
    if (text !== '') for (const element of open) element.text += unescaped(text)
    else if (end !== undefined) open.length > 1 && open.pop()
    else if (name !== undefined) {
      const child = growing(name, attributesOf(attributes))
      top.children.push(child)
      if (closed !== '/') open.push(child)
    }
  }
  return open[0]?.children[0] ?? growing('Response', {})
}

interface Growing extends Element {
  readonly children: Growing[]
  text: string
}

/** Comment or declaration, start or empty tag, end tag, text. */
const TOKEN =
  /(<!--[\s\S]*?-->|<\?[\s\S]*?\?>)|<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|<\/([\w:.-]+)\s*>|([^<]+)/g

function growing(name: string, attributes: Element['attributes']): Growing {
  return { name, attributes, children: [], text: '' }
}

function attributesOf(text: string): Element['attributes'] {
  const pairs = [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
  return Object.fromEntries(pairs.map(([, name, double, single]) => [name, unescaped(double ?? single ?? '')]))
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(amp|lt|gt|quot|apos));/g, (_all, hex, decimal, name) =>
    name ? (NAMED[name] ?? '') : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  )
}
