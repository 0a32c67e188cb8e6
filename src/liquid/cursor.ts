import type { Lexeme } from './lexemes.ts'
import type { NotedRead, Notes } from './notes.ts'
import { TemplateError } from './template-error.ts'

const WORDS_OF_TAGS = new Set(
  'capture endcapture comment endcomment if elsif endif unless endunless else case endcase when cycle for endfor tablerow endtablerow assign include with contains in and or'.split(
    ' ',
  ),
)
const LITERALS = new Set(['true', 'false', 'nil', 'null', 'empty', 'blank'])

/** Nested brackets and parentheses that an expression may have. */
const DEEPEST = 50

/** A place in the inside of a tag, moved on while the tag is read. */
export class Cursor {
  /** What is read is noted here, if somebody asks for it. */
  readonly notes: Notes | undefined
  readonly #lexemes: readonly Lexeme[]
  readonly #end: number
  #at = 0
  #depth = 0

  /** `end` is where the inside of the tag ends in the template. */
  constructor(lexemes: readonly Lexeme[], end: number, notes?: Notes) {
    this.#lexemes = lexemes
    this.#end = end
    this.notes = notes
  }

  /** Where the next lexeme begins in the template. */
  get offset(): number {
    return this.peek()?.offset ?? this.#end
  }

  /** Reads something, and tells which variables were noted meanwhile. */
  noting<T>(read: () => T): { readonly result: T; readonly reads: readonly NotedRead[] } {
    const before = this.notes?.reads.length
    const result = read()
    return { result, reads: this.notes?.reads.slice(before) ?? [] }
  }

  peek(ahead = 0): Lexeme | undefined {
    return this.#lexemes[this.#at + ahead]
  }

  /** Whether the next lexeme is that sign. */
  isAt(sign: string, ahead = 0): boolean {
    const lexeme = this.peek(ahead)
    return lexeme?.kind === 'sign' && lexeme.text === sign
  }

  /** Takes the sign if it comes next. */
  skip(sign: string): boolean {
    const found = this.isAt(sign)
    if (found) this.#at++
    return found
  }

  /** Takes the next lexeme if it is one of these signs or words. */
  skipAny(texts: readonly string[]): string | undefined {
    const lexeme = this.peek()
    if (!lexeme || lexeme.kind === 'text' || !texts.includes(lexeme.text)) return undefined
    this.#at++
    return lexeme.text
  }

  take(): Lexeme {
    const lexeme = this.peek()
    if (!lexeme) throw new TemplateError('the tag ends too early', this.#end)
    this.#at++
    return lexeme
  }

  expect(text: string): void {
    if (this.skipAny([text]) === undefined) this.refuse(JSON.stringify(text))
  }

  /** Takes a name of the author's: a variable to set, a filter. Words of tags are no such names. */
  takeNewName(): string {
    const lexeme = this.peek()
    if (
      lexeme?.kind !== 'name' ||
      WORDS_OF_TAGS.has(lexeme.text) ||
      LITERALS.has(lexeme.text) ||
      /^end[A-Za-z_]/.test(lexeme.text)
    )
      this.refuse('a name')
    return this.take().text
  }

  /** Takes the name of a variable that the template makes itself. */
  takeLocal(): string {
    const name = this.takeNewName()
    this.makes(name)
    return name
  }

  /** Notes a variable that a tag makes without being told its name as one word. */
  makes(name: string): void {
    this.notes?.locals.add(name)
  }

  /** Whether a variable comes next; only literals are no names of variables. */
  isAtVariable(): boolean {
    const lexeme = this.peek()
    return lexeme?.kind === 'name' && !LITERALS.has(lexeme.text)
  }

  /** Whether a name comes next that may stand behind a point or before a colon. */
  isAtKey(): boolean {
    const lexeme = this.peek()
    return lexeme?.kind === 'name' && lexeme.text !== 'blank'
  }

  isAtEnd(): boolean {
    return this.peek() === undefined
  }

  /** Refuses whatever is left over. */
  end(): void {
    if (!this.isAtEnd()) this.refuse('the end of the tag')
  }

  refuse(expected: string): never {
    const found = this.peek()
    throw new TemplateError(
      `expected ${expected}, found ${found ? JSON.stringify(found.text.slice(0, 40)) : 'the end of the tag'}`,
      this.offset,
    )
  }

  /** Reads something that may contain itself. */
  nested<T>(read: () => T): T {
    if (++this.#depth > DEEPEST) throw new TemplateError('the expression is nested too deeply', this.offset)
    const result = read()
    this.#depth--
    return result
  }
}
