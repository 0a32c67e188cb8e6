import { argument, count, intArgument, readsAsInteger } from './filter-arguments.ts'
import type { Filter } from './filters.ts'
import type { Rendering } from './rendering.ts'
import { TemplateError } from './template-error.ts'
import { printed, textOf, trim } from './text.ts'
import { Items, isList, isVacant, type LiquidValue, listOf } from './value.ts'

/** The filters that make text of text. */
export const textFilters: Readonly<Record<string, Filter>> = {
  append: (value, args, run) => textOf(value, run) + textOf(argument(args), run),
  prepend: (value, args, run) => textOf(argument(args), run) + textOf(value, run),
  capitalize: (value, _args, run) => capitalized(textOf(value, run)),
  downcase: (value, _args, run) => textOf(value, run).toLowerCase(),
  upcase: (value, _args, run) => textOf(value, run).toUpperCase(),
  default: (value, args) => (args.length > 0 && isVacant(value) ? args[0] : value),
  lstrip: onText((text) => text.slice(blanksBefore(text))),
  rstrip: onText((text) => text.slice(0, text.length - blanksAfter(text))),
  strip: onText(trim),
  strip_newlines: (value, _args, run) => textOf(value, run).replace(/[\r\n]/g, ''),
  newline_to_br: (value, _args, run) => replaced(textOf(value, run), { needle: '\n', by: '<br />\n' }, run),
  remove: (value, args, run) => replaced(textOf(value, run), { needle: needle(args, run), by: '' }, run),
  remove_first: (value, args, run) => textOf(value, run).replace(needle(args, run), ''),
  replace: (value, args, run) =>
    replaced(textOf(value, run), { needle: needle(args, run), by: replacement(args, run) }, run),
  replace_first,
  split: (value, args, run) => new Items(split(textOf(value, run), textOf(argument(args), run), run)),
  slice,
  truncate,
  truncatewords,
}

/** Leaves what is no text as it is. */
function onText(change: (text: string) => string): Filter {
  return (value, _args, run) => (typeof value === 'string' ? change(textOf(value, run)) : value)
}

/** Only the first character changes, and only if it stays one character. */
function capitalized(text: string): string {
  const first = text.slice(0, 1).toUpperCase()
  return first.length === 1 ? first + text.slice(1) : text
}

const BLANKS = ' \t\n\u000B\f\r'

function blanksBefore(text: string): number {
  let count = 0
  while (count < text.length && BLANKS.includes(text.charAt(count))) count++
  return count
}

function blanksAfter(text: string): number {
  let count = 0
  while (count < text.length && BLANKS.includes(text.charAt(text.length - 1 - count))) count++
  return count
}

function needle(args: readonly LiquidValue[], run: Rendering): string {
  const value = argument(args)
  if (value === undefined || value === null) throw new TemplateError('nothing to look for')
  return printed(value, run)
}

function replacement(args: readonly LiquidValue[], run: Rendering): string {
  if (args.length < 2) return ''
  const [, value] = args
  if (value === undefined || value === null) throw new TemplateError('the replacement is missing')
  return textOf(value, run)
}

/** Counts what will be put in before it is: a few replacements could otherwise fill the memory. */
function replaced(
  text: string,
  { needle, by }: { readonly needle: string; readonly by: string },
  run: Rendering,
): string {
  const found = needle === '' ? text.length + 1 : text.split(needle).length - 1
  run.spend(found * (by.length + 1))
  return found === 0 ? text : text.replaceAll(needle, () => by)
}

function replace_first(value: LiquidValue, args: readonly LiquidValue[], run: Rendering): LiquidValue {
  const text = textOf(value, run)
  const by = replacement(args, run)
  return text.replace(needle(args, run), () => by)
}

/** Java's `split`: a separator at the very start is none, empty parts at the end are dropped. */
function split(text: string, separator: string, run: Rendering): string[] {
  if (text === '') return ['']
  const parts = separator === '' ? text.split('') : splitAfterStart(text, separator)
  run.spend(parts.length)
  const filled = parts.findLastIndex((part) => part !== '')
  return parts.slice(0, filled + 1)
}

function splitAfterStart(text: string, separator: string): string[] {
  if (!text.startsWith(separator)) return text.split(separator)
  const [first = '', ...others] = text.slice(1).split(separator)
  return [text.charAt(0) + first, ...others]
}

function slice(value: LiquidValue, args: readonly LiquidValue[], run: Rendering): LiquidValue {
  count(args, 1, 2)
  if (!args.every((arg) => readsAsInteger(arg, run))) throw new TemplateError('slice takes integers')
  const whole = isList(value) ? listOf(value) : textOf(value, run)
  const offset = intArgument(args, 0, 0, run)
  const start = offset < 0 ? whole.length + offset : offset
  const length = Math.min(intArgument(args, 1, 1, run), whole.length - start)
  if (start > whole.length || start < 0) return ''
  if (length < 0) throw new TemplateError('slice takes no negative length')
  return typeof whole === 'string' ? whole.slice(start, start + length) : new Items(whole.slice(start, start + length))
}

function truncate(value: LiquidValue, args: readonly LiquidValue[], run: Rendering): LiquidValue {
  if (value === undefined || value === null) return ''
  const text = textOf(value, run)
  const length = intArgument(args, 0, 50, run)
  const mark = args.length > 1 ? textOf(args[1], run) : '...'
  if (length >= text.length) return text
  return mark.length >= length ? mark : text.slice(0, length - mark.length) + mark
}

function truncatewords(value: LiquidValue, args: readonly LiquidValue[], run: Rendering): LiquidValue {
  if (value === undefined || value === null) return ''
  const text = textOf(value, run)
  const words = text.slice(0, text.length - blanksAfter(text)).split(/[ \t\n\v\f\r]+/)
  const length = intArgument(args, 0, 15, run)
  const mark = args.length > 1 ? textOf(args[1], run) : '...'
  return length >= words.length ? text : trim(words.slice(0, Math.max(length, 0)).join(' ')) + mark
}
