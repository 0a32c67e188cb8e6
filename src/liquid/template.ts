import type { Template as Part } from 'liquidjs'
import { liquid } from './liquid.ts'
import { StudioParser } from './parser.ts'
import { plain } from './plain.ts'
import { Print } from './print.ts'
import { Rendering } from './rendering.ts'
import type { LiquidSettings } from './settings.ts'
import { withoutHalves } from './surrogates.ts'
import { Writer } from './writer.ts'

export { type LiquidSettings, STUDIO_LIQUID } from './settings.ts'

/** A text with templates in it, parsed once, to be rendered again and again. */
export interface Template {
  readonly text: string
  /** Set when the template does not parse: every render of it fails with this. */
  readonly parseError?: string
  /** Fills in the context roots; `now` is what that word means to the `date` filter, epoch ms. Never throws. */
  render(scope: Readonly<Record<string, unknown>>, now: number): Rendered
  /** The value itself when the template is exactly one `{{ }}`, else the rendered text. Never throws. */
  evaluate(scope: Readonly<Record<string, unknown>>, now: number): Evaluated
}

/** The filled text, or why there is none. */
export type Rendered = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: string }

/** The value as JSON, or why there is none. */
export type Evaluated = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string }

/** Whether the text has anything to fill in. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%')
}

/** Parses a text; one that is no template is rendered as itself. */
export function parseTemplate(text: string, settings: LiquidSettings): Template {
  if (!isTemplate(text))
    return { text, render: () => ({ ok: true, text }), evaluate: () => ({ ok: true, value: text }) }
  if (text.length > settings.templateLength)
    return broken(text, `the template has more than ${settings.templateLength} characters`)
  try {
    return ready(text, new StudioParser(liquid).parse(text), settings)
  } catch (error) {
    return broken(text, messageOf(error))
  }
}

/** What is wrong with a text, without rendering it. */
export function templateProblems(text: string, settings: LiquidSettings): string[] {
  const { parseError } = parseTemplate(text, settings)
  return parseError === undefined ? [] : [parseError]
}

function broken(text: string, parseError: string): Template {
  const failed = { ok: false, error: parseError } as const
  return { text, parseError, render: () => failed, evaluate: () => failed }
}

function ready(text: string, parts: Part[], settings: LiquidSettings): Template {
  const render: Template['render'] = (scope, now) => {
    try {
      return { ok: true, text: written(parts, new Rendering(liquid, settings, scope, now)) }
    } catch (error) {
      return { ok: false, error: messageOf(error) }
    }
  }
  const [only] = parts
  return {
    text,
    render,
    evaluate: parts.length === 1 && only instanceof Print ? valueWritten(only, settings) : textAsValue(render),
  }
}

/** A `break` outside of a loop leaves nothing of the template, as in Liqp. */
function written(parts: Part[], run: Rendering): string {
  const out = new Writer(run)
  run.write(parts, out)
  return run.breakCalled || run.continueCalled ? '' : withoutHalves(out.buffer)
}

function valueWritten(print: Print, settings: LiquidSettings): Template['evaluate'] {
  return (scope, now) => {
    const run = new Rendering(liquid, settings, scope, now)
    try {
      return { ok: true, value: plain(print.evaluate(run)) }
    } catch (error) {
      return { ok: false, error: messageOf(error) }
    }
  }
}

function textAsValue(render: Template['render']): Template['evaluate'] {
  return (scope, now) => {
    const rendered = render(scope, now)
    return rendered.ok ? { ok: true, value: rendered.text } : rendered
  }
}

/** Only the first line: liquidjs adds an excerpt of the template behind it. */
function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
}
