import { TemplateError } from './template-error.ts'

/** A word or sign inside `{{ }}` or `{% %}`. */
export interface Lexeme {
  readonly kind: 'text' | 'double' | 'long' | 'name' | 'sign'
  /** As written; of a `text`, what stands between its quotes: there are no escapes. */
  readonly text: string
  /** Where it begins in the template. */
  readonly offset: number
}

/** What stands between the delimiters of a tag, and where it begins in the template. */
export interface Inside {
  readonly text: string
  readonly offset: number
}

/** Lexemes that one tag may have; real ones have a few dozen. */
const MOST = 1_000

const LEXEME = new RegExp(
  [
    '"(?<double>[^"]*)"',
    "'(?<single>[^']*)'",
    String.raw`(?<decimal>-?\d+\.(?:\d+|(?!\.)))`,
    String.raw`(?<whole>-?\d+)`,
    String.raw`(?<name>[A-Za-z_][\w-]*)`,
    String.raw`(?<sign>\.\.|!=|<>|==|>=|<=|[.=><\-|:,()[\]?/\\])`,
  ].join('|'),
  'y',
)

const BLANKS = /[ \t\r\n]*/y

/** Reads the inside of a tag; refuses characters that Liqp has no use for, but asks first whether half a sign may be skipped. */
export function lexemes({ text: inside, offset }: Inside, skip: () => boolean): readonly Lexeme[] {
  const found: Lexeme[] = []
  for (let at = afterBlanks(inside, 0); at < inside.length; at = afterBlanks(inside, at)) {
    if (found.length === MOST) throw new TemplateError(`a tag has more than ${MOST} words`, offset + at)
    LEXEME.lastIndex = at
    const match = LEXEME.exec(inside)
    if (match) found.push({ ...lexemeOf(match.groups ?? {}), offset: offset + at })
    else if (!isHalfSign(inside, at) || !skip())
      throw new TemplateError(`unexpected ${JSON.stringify(inside.slice(at, at + 20))}`, offset + at)
    at = match ? LEXEME.lastIndex : at + 1
  }
  return found
}

function afterBlanks(inside: string, at: number): number {
  BLANKS.lastIndex = at
  BLANKS.test(inside)
  return BLANKS.lastIndex
}

type Groups = Partial<Record<string, string>>

function lexemeOf({ double, single, decimal, whole, name, sign }: Groups): Omit<Lexeme, 'offset'> {
  if (name !== undefined) return { kind: 'name', text: name }
  if (sign !== undefined) return { kind: 'sign', text: sign }
  if (decimal !== undefined) return { kind: 'double', text: decimal }
  if (whole !== undefined) return { kind: 'long', text: whole }
  return { kind: 'text', text: double ?? single ?? '' }
}

/** The first character of a sign of two: `!` of `!=`, a brace or `%` of a delimiter. */
function isHalfSign(inside: string, at: number): boolean {
  return /^(?:!|%|\}(?!\})|\{(?![{%]))/.test(inside.slice(at, at + 2))
}
