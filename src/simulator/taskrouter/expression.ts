/** What an expression says of the attributes of a task. */
export type Predicate = (attributes: Attributes) => boolean

type Attributes = Readonly<Record<string, unknown>>

/** Reads an expression of TaskRouter, such as `call_sid == 'CA…' AND skills HAS "billing"`; undefined for what is none (functions-flex.md D5). */
export function predicateOf(text: string): Predicate | undefined {
  try {
    return new Reader(tokensIn(text)).whole()
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

class Malformed extends Error {
  override readonly name = 'Malformed'
}

type Token =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'key'; readonly path: readonly string[] }
  | { readonly kind: 'word'; readonly word: string }

const TOKEN =
  /\s*(?:'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<number>-?\d+(?:\.\d+)?)(?![\w.])|(?<sign>[<>=!]=|[<>=()[\],])|(?<name>[A-Za-z_$][\w$-]*(?:\.[\w$-]+|\[\d+\])*))\s*/y

function tokensIn(text: string): Token[] {
  const tokens: Token[] = []
  const next = new RegExp(TOKEN)
  while (next.lastIndex < text.length) {
    const { single, double, number, sign, name = '' } = next.exec(text)?.groups ?? { sign: '' }
    if (sign === '' || tokens.length > MOST_TOKENS) throw new Malformed()
    if (number !== undefined) tokens.push({ kind: 'value', value: Number(number) })
    else tokens.push(sign === undefined ? named(single ?? double, name) : { kind: 'word', word: sign })
  }
  return tokens
}

/** So many that brackets within brackets do not fill the stack. */
const MOST_TOKENS = 2_000

function named(quoted: string | undefined, name: string): Token {
  if (quoted !== undefined) return { kind: 'value', value: quoted }
  if (WORDS.has(name.toUpperCase())) return { kind: 'word', word: name.toUpperCase() }
  const constant = CONSTANTS.get(name.toLowerCase())
  return constant === undefined
    ? { kind: 'key', path: name.split(/[.[\]]+/).filter((part) => part !== '') }
    : { kind: 'value', value: constant }
}

const WORDS = new Set(['AND', 'OR', 'NOT', 'IN', 'HAS', 'CONTAINS'])
const CONSTANTS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
])

type Operand = (attributes: Attributes) => unknown

/** Reads tokens from left to right; AND binds more tightly than OR. */
class Reader {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Predicate {
    const predicate = this.#either()
    if (this.#at < this.#tokens.length) throw new Malformed()
    return predicate
  }

  #either(): Predicate {
    const parts = [this.#both()]
    while (this.#takes('OR')) parts.push(this.#both())
    return (attributes) => parts.some((part) => part(attributes))
  }

  #both(): Predicate {
    const parts = [this.#unit()]
    while (this.#takes('AND')) parts.push(this.#unit())
    return (attributes) => parts.every((part) => part(attributes))
  }

  #unit(): Predicate {
    if (!this.#takes('(')) return this.#comparison()
    const inner = this.#either()
    this.#expect(')')
    return inner
  }

  #comparison(): Predicate {
    const left = this.#operand()
    const compare = this.#operator()
    const right = this.#operand()
    return (attributes) => compare(left(attributes), right(attributes))
  }

  #operator(): Comparison {
    if (this.#takes('NOT')) {
      this.#expect('IN')
      return (left, right) => Array.isArray(right) && !right.includes(left)
    }
    const token = this.#tokens[this.#at]
    const compare = token?.kind === 'word' ? COMPARISONS[token.word] : undefined
    if (!compare) throw new Malformed()
    this.#at += 1
    return compare
  }

  #operand(): Operand {
    if (this.#takes('[')) return this.#list()
    const token = this.#tokens[this.#at]
    this.#at += 1
    if (token?.kind === 'value') return () => token.value
    if (token?.kind === 'key') return (attributes) => found(attributes, token.path)
    throw new Malformed()
  }

  #list(): Operand {
    const items: Operand[] = []
    while (!this.#takes(']')) {
      if (items.length > 0) this.#expect(',')
      items.push(this.#operand())
    }
    return (attributes) => items.map((item) => item(attributes))
  }

  #takes(word: string): boolean {
    const token = this.#tokens[this.#at]
    const isIt = token?.kind === 'word' && token.word === word
    if (isIt) this.#at += 1
    return isIt
  }

  #expect(word: string): void {
    if (!this.#takes(word)) throw new Malformed()
  }
}

/** What is not there is null. */
function found(attributes: Attributes, path: readonly string[]): unknown {
  const value = path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part) ? Reflect.get(inner, part) : undefined,
    attributes,
  )
  return value ?? null
}

type Comparison = (left: unknown, right: unknown) => boolean

const equals = ofScalars((left, right) => left === right)

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '==': equals,
  '=': equals, // Twilio's own pages write it so, too
  '!=': ofScalars((left, right) => left !== right),
  '>': ordered((order) => order > 0),
  '>=': ordered((order) => order >= 0),
  '<': ordered((order) => order < 0),
  '<=': ordered((order) => order <= 0),
  CONTAINS: (left, right) => typeof left === 'string' && typeof right === 'string' && left.includes(right),
  HAS: (left, right) => Array.isArray(left) && left.includes(right),
  IN: (left, right) => Array.isArray(right) && right.includes(left),
}

/** A comparison of single values holds for no list. */
function ofScalars(compare: Comparison): Comparison {
  return (left, right) => !Array.isArray(left) && !Array.isArray(right) && compare(left, right)
}

/** Numbers and texts have an order among themselves. */
function ordered(holds: (order: number) => boolean): Comparison {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left - right)
    return typeof left === 'string' && typeof right === 'string' && holds(left < right ? -1 : Number(left > right))
  }
}
