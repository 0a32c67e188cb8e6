import { type Liquid, type Parser, Tag, type TagToken, type Template, type TopLevelToken } from 'liquidjs'
import type { Cursor } from './cursor.ts'
import { type Section, StudioParser } from './parser.ts'
import type { PrintStyle } from './print.ts'
import type { Rendering } from './rendering.ts'
import type { Writer } from './writer.ts'

/** Writes what a tag makes. */
export type RenderTag = (run: Rendering, out: Writer) => void

/** Reads a tag, with what follows up to its end, and says how it is rendered. */
export type ReadTag = (words: Cursor, body: Body) => RenderTag

/** What stands after a tag and may belong to it. */
export interface Body {
  /** Reads up to the first of these tags. */
  section(closing: readonly string[], style?: PrintStyle): Section
  /** Passes over everything up to that tag. */
  skipTo(closing: string): Cursor
  /** Passes over text; anything else stays. */
  skipText(): void
}

/** A tag of ours in the shape that liquidjs registers. */
export function tagClass(read: ReadTag) {
  return class extends Tag {
    readonly #render: RenderTag

    constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, parser: Parser) {
      super(token, rest, liquid)
      if (!(parser instanceof StudioParser)) throw new TypeError('our tags need our parser')
      this.#render = read(parser.wordsOf(token), bodyIn(parser, rest))
    }

    override render(run: Rendering, out: Writer): void {
      this.#render(run, out)
    }
  }
}

function bodyIn(parser: StudioParser, rest: TopLevelToken[]): Body {
  return {
    section: (closing, style) => parser.section(rest, closing, style),
    skipTo: (closing) => parser.skipTo(rest, closing),
    skipText: () => parser.skipText(rest),
  }
}

/** Writes a block; what it wrote before a `break` or `continue` in it is lost, as in Liqp. */
export function writeBlock(templates: Template[], run: Rendering, out: Writer): void {
  const start = out.buffer.length
  run.write(templates, out)
  if (run.breakCalled || run.continueCalled) out.cut(start)
}
