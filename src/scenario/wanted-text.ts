import { z } from 'zod'
import { form, words } from './form.ts'

/** What a text has to be like. */
export type WantedText =
  /** Anywhere in it, with white space folded; `…` stands for anything. */
  | { readonly kind: 'contains'; readonly text: string }
  /** The whole of it, byte for byte. */
  | { readonly kind: 'exact'; readonly text: string }
  /** A regular expression, as it is or as `/pattern/flags`. */
  | { readonly kind: 'matches'; readonly text: string }
  | { readonly kind: 'not'; readonly wanted: WantedText }

const Matcher = form({
  exact: words.optional().meta({ description: 'The whole text, byte for byte.' }),
  contains: words.optional().meta({ description: 'A part of the text; white space is folded, … stands for anything.' }),
  matches: words
    .optional()
    .refine(
      (text) => text === undefined || expressionIn(text) !== undefined,
      'a regular expression such as ^\\d+$ or /yes/i',
    )
    .meta({ description: 'A regular expression, plain or as /pattern/flags.' }),
  get not(): z.ZodOptional<z.ZodType<WantedText>> {
    return z.optional(z.lazy(() => WantedText)).meta({ description: 'No text that is like this.' })
  },
}).refine((matcher) => Object.keys(matcher).length === 1, 'one of exact, contains, matches and not')

/** A text, or an object that says how it is compared. */
export const WantedText: z.ZodType<WantedText> = z
  .union([words.transform((text): WantedText => ({ kind: 'contains', text })), Matcher.transform(wantedBy)])
  .meta({ id: 'WantedText', description: 'A text that is contained, or how it is compared.' })

/** The keys of an object that says how a text is compared. */
const COMPARISONS: ReadonlySet<string> = new Set(['exact', 'contains', 'matches', 'not'])

/** Whether a value is an object that says how a text is compared, and no value to be compared itself. */
export function isMatcher(value: object): boolean {
  const keys = Object.keys(value)
  return keys.length === 1 && keys.every((key) => COMPARISONS.has(key))
}

function wantedBy({ exact, contains, matches, not }: z.output<typeof Matcher>): WantedText {
  if (exact !== undefined) return { kind: 'exact', text: exact }
  if (contains !== undefined) return { kind: 'contains', text: contains }
  return not ? { kind: 'not', wanted: not } : { kind: 'matches', text: matches ?? '' }
}

/** Where in a text the wanted one ends, looked for from an offset on; undefined where it is not. */
export function endOf(wanted: WantedText, text: string, from = 0): number | undefined {
  if (wanted.kind === 'not') return endOf(wanted.wanted, text, from) === undefined ? from : undefined
  if (wanted.kind === 'exact') return from === 0 && text === wanted.text ? text.length : undefined
  const pattern = wanted.kind === 'matches' ? expressionIn(wanted.text) : containing(wanted.text)
  if (!pattern) return undefined
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/** What is wanted, in words. */
export function inWords(wanted: WantedText): string {
  if (wanted.kind === 'not') return `not ${inWords(wanted.wanted)}`
  if (wanted.kind === 'contains') return wanted.text
  return wanted.kind === 'exact' ? `exactly ${wanted.text}` : `a match of ${wanted.text}`
}

function containing(text: string): RegExp {
  const pieces = text
    .trim()
    .split('…')
    .map((piece) => piece.split(/\s+/).map(escaped).join('\\s+'))
  return new RegExp(pieces.join('[^]*?'), 'g')
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

function expressionIn(text: string): RegExp | undefined {
  const [, pattern = text, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? []
  try {
    return new RegExp(pattern, `${flags.replace('g', '')}g`)
  } catch {
    return undefined // no regular expression, or flags that there are not
  }
}
