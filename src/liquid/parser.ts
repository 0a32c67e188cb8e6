import {
  type Liquid,
  ParseError,
  Parser,
  ParseStream,
  type TagToken,
  type Template,
  type TopLevelToken,
  TypeGuards,
} from 'liquidjs'
import { Cursor } from './cursor.ts'
import { type Inside, type Lexeme, lexemes } from './lexemes.ts'
import type { Notes } from './notes.ts'
import { Print, type PrintStyle } from './print.ts'
import { TemplateError } from './template-error.ts'
import { insideOf, type OutputToken, StudioTokenizer } from './tokenizer.ts'

/** Blocks inside one another that a template may have. */
const DEEPEST = 40

/** What stands between a tag and the next one that belongs to it, such as `else` or `endif`. */
export interface Section {
  readonly templates: Template[]
  /** The name of the tag that closes it. */
  readonly closedBy: string
  /** What stands behind that name. */
  readonly words: Cursor
}

/** Parses one template: liquidjs' parser with our tokens, our `{{ }}` and a limit to nesting. */
export class StudioParser extends Parser {
  readonly #liquid: Liquid
  readonly #notes: Notes | undefined
  #depth = 0
  #mayForgive = true

  constructor(liquid: Liquid, notes?: Notes) {
    super(liquid)
    this.#liquid = liquid
    this.#notes = notes
  }

  override parse(text: string): Template[] {
    const tokens = new StudioTokenizer(text).readTopLevelTokens(this.#liquid.options)
    const templates: Template[] = []
    this.parseStream(tokens)
      .on<Template>('template', (template) => templates.push(template))
      .start()
    return templates
  }

  override parseStream(tokens: TopLevelToken[], style: PrintStyle = 'block'): ParseStream<TopLevelToken> {
    return new ParseStream(tokens, (token, rest) =>
      TypeGuards.isOutputToken(token) ? this.#print(token, style) : this.#nested(token, rest),
    )
  }

  /** Reads up to the first of the closing tags. */
  section(rest: TopLevelToken[], closing: readonly string[], style?: PrintStyle): Section {
    const templates: Template[] = []
    const ends: TagToken[] = []
    const stream = this.parseStream(rest, style).on<Template>('template', (template) => templates.push(template))
    for (const name of closing) {
      stream.on<TagToken>(`tag:${name}`, (token) => {
        ends.push(token)
        stream.stop()
      })
    }
    stream.start()
    const [end] = ends
    if (!end) throw new TemplateError(`${closing.map((name) => `{% ${name} %}`).join(' or ')} is missing`)
    return { templates, closedBy: end.name, words: this.wordsOf(end) }
  }

  /** Reads past what is not to be parsed, up to the closing tag; only its signs must be such as there are. */
  skipTo(rest: TopLevelToken[], closing: string): Cursor {
    for (let token = rest.shift(); token; token = rest.shift()) {
      if (TypeGuards.isTagToken(token) && token.name === closing) return this.wordsOf(token)
      if (!TypeGuards.isHTMLToken(token)) this.#lexemes(insideOf(token))
    }
    throw new TemplateError(`{% ${closing} %} is missing`)
  }

  /** Passes over text that stands where no text has a meaning. */
  skipText(rest: TopLevelToken[]): void {
    if (TypeGuards.isHTMLToken(rest[0])) rest.shift()
  }

  /** What stands behind the name of the tag. */
  wordsOf(token: TagToken): Cursor {
    const words = this.#cursor(token)
    words.expect(token.name)
    return words
  }

  #print(token: OutputToken, style: PrintStyle): Template {
    try {
      return new Print(token, this.#cursor(token), style)
    } catch (error) {
      throw error instanceof TemplateError ? new ParseError(error, token) : error
    }
  }

  #cursor(token: TagToken | OutputToken): Cursor {
    const inside = insideOf(token)
    return new Cursor(this.#lexemes(inside), inside.offset + inside.text.length, this.#notes)
  }

  #nested(token: TopLevelToken, rest: TopLevelToken[]): Template {
    if (++this.#depth > DEEPEST) throw new TemplateError(`tags are nested more than ${DEEPEST} deep`)
    const template = this.parseToken(token, rest)
    this.#depth--
    return template
  }

  /** Liqp tries again after its first error, which makes it pass over one half sign in a template: `{{ a! }}` works. */
  #lexemes(inside: Inside): readonly Lexeme[] {
    return lexemes(inside, () => {
      const forgives = this.#mayForgive
      this.#mayForgive = false
      return forgives
    })
  }
}
