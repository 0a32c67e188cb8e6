/** An element of an XML document, its text and its children in order. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

/** Reads a document strictly: declaration first, one root, no DOCTYPE, no forbidden character; throws an `Error` that says what is wrong and where. */
export function parseXml(xml: string): Element {
  const forbidden = FORBIDDEN.exec(xml)
  if (forbidden)
    throw new Error(`the character ${JSON.stringify(forbidden[0])} at ${forbidden.index} is not allowed in XML`)
  const reader = new Reader(xml)
  reader.skip(/<\?xml version="1\.0"(?: encoding="UTF-8")?\s*\?>/y)
  reader.skip(MISC)
  const root = reader.element()
  reader.skip(MISC)
  reader.end()
  return root
}

const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?'
const MISC = /(?:\s|<!--(?:(?!--)[\s\S])*-->)*/y
const START = new RegExp(`<(${NAME})`, 'y')
const ATTRIBUTE = new RegExp(`\\s+(${NAME})\\s*=\\s*("[^"<]*"|'[^'<]*')`, 'y')
const START_END = /\s*(\/?)>/y
const END = new RegExp(`</(${NAME})\\s*>`, 'y')
const TEXT = /[^<]+/y
const COMMENT = /<!--(?:(?!--)[\s\S])*-->/y

/** Stands at a place of a text and moves over what it recognises. */
class Reader {
  readonly #xml: string
  #at = 0

  constructor(xml: string) {
    this.#xml = xml
  }

  skip(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#xml)
    if (!found) return undefined
    this.#at += found[0].length
    return found
  }

  end(): void {
    if (this.#at < this.#xml.length) this.#fail('there is something after the root element')
  }

  element(): Element {
    const name = this.skip(START)?.[1] ?? this.#fail('an element is expected')
    const attributes = this.#attributes(name)
    const isEmpty = (this.skip(START_END) ?? this.#fail(`the tag of ${name} is not closed`))[1] === '/'
    return { name, attributes, children: isEmpty ? [] : this.#children(name) }
  }

  #attributes(element: string): Element['attributes'] {
    const attributes = new Map<string, string>()
    for (let found = this.skip(ATTRIBUTE); found; found = this.skip(ATTRIBUTE)) {
      const [, name = '', quoted = ''] = found
      if (attributes.has(name)) this.#fail(`${element} has the attribute ${name} twice`)
      attributes.set(name, this.#resolved(quoted.slice(1, -1).replace(/[\t\n\r]/g, ' ')))
    }
    return Object.fromEntries(attributes)
  }

  #children(name: string): (Element | string)[] {
    const children: (Element | string)[] = []
    for (;;) {
      const end = this.skip(END)
      if (end && end[1] !== name) this.#fail(`${name} is closed by ${end[1]}`)
      if (end) return children
      if (this.skip(COMMENT)) continue
      const text = this.skip(TEXT)
      if (text?.[0].includes(']]>')) this.#fail(']]> stands in a text')
      children.push(text ? this.#resolved(text[0].replace(/\r\n?/g, '\n')) : this.element())
    }
  }

  #resolved(text: string): string {
    return text.replace(/&([^;&]{0,10};)?/g, (entity, inner: string | undefined) => {
      const code = /^#(?:x([0-9a-fA-F]+)|(\d+));$/.exec(inner ?? '')
      const character = code
        ? String.fromCodePoint(code[1] ? Number.parseInt(code[1], 16) : Number(code[2]))
        : NAMED.get(inner ?? '')
      if (character === undefined || FORBIDDEN.test(character)) this.#fail(`${JSON.stringify(entity)} is no entity`)
      return character ?? ''
    })
  }

  #fail(what: string): never {
    throw new Error(`${what}, at ${this.#at}: ${JSON.stringify(this.#xml.slice(this.#at, this.#at + 40))}`)
  }
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp;', '&'],
  ['lt;', '<'],
  ['gt;', '>'],
  ['quot;', '"'],
  ['apos;', "'"],
])
