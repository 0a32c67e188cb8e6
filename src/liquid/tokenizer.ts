import { type TagToken, Tokenizer, type TopLevelToken, TypeGuards } from 'liquidjs'
import type { Inside } from './lexemes.ts'

// liquidjs exports no names for these two.
type Options = Parameters<Tokenizer['readTagToken']>[0]
/** `{{ … }}` as it stands in the template. */
export type OutputToken = ReturnType<Tokenizer['readOutputToken']>

/** Splits a template into text, `{{ }}` and `{% %}`, as liquidjs does but for what Liqp sees otherwise: quotes, blanks and hyphens. */
export class StudioTokenizer extends Tokenizer {
  override readTopLevelTokens(options: Options): TopLevelToken[] {
    const tokens: TopLevelToken[] = []
    while (this.p < this.N) tokens.push(this.readTopLevelToken(options))
    strip(tokens)
    return tokens
  }

  override readTagToken(options: Options): TagToken {
    return withoutNameHyphen(super.readTagToken(options))
  }

  override readOutputToken(options?: Options): OutputToken {
    return withoutNameHyphen(super.readOutputToken(options))
  }

  /** A delimiter inside quotes is none, in tags too. */
  override readToDelimiter(delimiter: string): number {
    return super.readToDelimiter(delimiter, true)
  }

  /** A backslash escapes nothing. */
  override readQuoted(): undefined {
    const closing = this.input.indexOf(this.peek(), this.p + 1)
    this.p = closing === -1 || closing >= this.N ? this.N : closing + 1
  }
}

/** The hyphen of `{{ a-}}` belongs to the name, so it strips nothing. */
function withoutNameHyphen<T extends TagToken | OutputToken>(token: T): T {
  if (!token.trimRight) return token
  let start = token.end - 3
  while (/[\w-]/.test(token.input.charAt(start - 1))) start--
  if (/[A-Za-z_]/.test(token.input.slice(start, token.end - 3))) token.trimRight = false
  return token
}

/** What stands between the delimiters and their hyphens. */
export function insideOf({ input, begin, end, trimLeft, trimRight }: TagToken | OutputToken): Inside {
  const offset = begin + (trimLeft ? 3 : 2)
  return { text: input.slice(offset, end - (trimRight ? 3 : 2)), offset }
}

/** Takes the blanks away next to `{{-`, `-}}` and their like; only ASCII ones are blanks. */
function strip(tokens: readonly TopLevelToken[]): void {
  for (const [index, token] of tokens.entries()) {
    if (TypeGuards.isHTMLToken(token)) continue
    if (token.trimLeft && !isIn(tokens, index, 'endraw')) stripEnd(tokens[index - 1])
    if (token.trimRight && !isIn(tokens, index, 'raw')) stripStart(tokens[index + 1])
  }
}

function isIn(tokens: readonly TopLevelToken[], index: number, name: string): boolean {
  const token = tokens[index]
  return TypeGuards.isTagToken(token) && token.name === name
}

const BLANKS = ' \t\r\n'

function stripEnd(token: TopLevelToken | undefined): void {
  if (!TypeGuards.isHTMLToken(token)) return
  while (
    token.end - token.trimRight > token.begin &&
    BLANKS.includes(token.input.charAt(token.end - token.trimRight - 1))
  )
    token.trimRight++
}

function stripStart(token: TopLevelToken | undefined): void {
  if (!TypeGuards.isHTMLToken(token)) return
  while (token.begin + token.trimLeft < token.end && BLANKS.includes(token.input.charAt(token.begin + token.trimLeft)))
    token.trimLeft++
}
