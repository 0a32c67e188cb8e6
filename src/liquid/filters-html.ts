import type { Filter } from './filters.ts'
import { plainText } from './html-text.ts'
import type { Rendering } from './rendering.ts'
import { textOf } from './text.ts'
import type { LiquidValue } from './value.ts'

/** The filters for HTML. */
export const htmlFilters: Readonly<Record<string, Filter>> = {
  escape: escaped,
  h: escaped,
  escape_once: (value, _args, run) =>
    escapedWith(/&(?!(?:[a-zA-Z]+|#[0-9]+|#x[0-9A-Fa-f]+);)|[<>"]/g, textOf(value, run), run),
  strip_html: stripped,
}

/** Markup takes longer to read than other text. */
function stripped(value: LiquidValue, _args: readonly LiquidValue[], run: Rendering): string {
  const html = textOf(value, run)
  run.spend(html.length * 4)
  return plainText(html)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(value: LiquidValue, _args: readonly LiquidValue[], run: Rendering): string {
  return escapedWith(/[&<>"]/g, textOf(value, run), run)
}

/** Apostrophes stay as they are. */
function escapedWith(pattern: RegExp, text: string, run: Rendering): string {
  run.spend(text.length)
  return text.replace(pattern, (character) => ENTITIES[character] ?? character)
}
