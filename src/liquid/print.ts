import type { Template } from 'liquidjs'
import type { Cursor } from './cursor.ts'
import type { Evaluate } from './expression.ts'
import { readFiltered } from './filtered.ts'
import type { Rendering } from './rendering.ts'
import { printed, textOf } from './text.ts'
import type { OutputToken } from './tokenizer.ts'
import { isList, type LiquidValue, listOf } from './value.ts'
import type { Writer } from './writer.ts'

/** Where a value is printed: right inside a `for` over a list, Liqp prints lists in lists and nil in lists otherwise. */
export type PrintStyle = 'block' | 'for'

/** `{{ … }}`. */
export class Print implements Template {
  readonly token: OutputToken
  readonly evaluate: Evaluate
  readonly #style: PrintStyle

  constructor(token: OutputToken, words: Cursor, style: PrintStyle) {
    this.token = token
    this.evaluate = readFiltered(words)
    this.#style = style
  }

  render(run: Rendering, out: Writer): void {
    print(this.evaluate(run), { run, out, style: this.#style })
  }
}

interface Place {
  readonly run: Rendering
  readonly out: Writer
  readonly style: PrintStyle
}

/** Prints nil as nothing, a list as its elements without anything between them. */
export function print(value: LiquidValue, { run, out, style }: Place): void {
  if (value === undefined || value === null) return
  if (!isList(value)) out.write(printed(value, run))
  else if (style === 'for' && Array.isArray(value)) out.write(textOf(value, run))
  else for (const element of listOf(value)) out.write(printed(element, run))
}
