import type { Template as Part } from 'liquidjs'
import { Allowance } from './allowance.ts'
import { liquid } from './liquid.ts'
import { StudioParser } from './parser.ts'
import { plain } from './plain.ts'
import { Print } from './print.ts'
import { Rendering, type Roots } from './rendering.ts'
import type { LiquidSettings } from './settings.ts'
import { withoutHalves } from './surrogates.ts'
import { Writer } from './writer.ts'

export type { Scene } from './rendering.ts'
export { type LiquidSettings, STUDIO_LIQUID } from './settings.ts'

/** A text with templates in it, parsed when that is first needed, to be rendered again and again. */
export interface Template {
  readonly text: string
  /** Set when the template does not parse: every render of it fails with this. */
  readonly parseError?: string | undefined
  /** Fills in the context roots; `now` is what that word means to the `date` filter, epoch ms. Without an allowance it has one of its own. Never throws. */
  render(scope: Roots, now: number, allowance?: Allowance): Rendered
  /** The value itself when the template is exactly one `{{ }}`, else the rendered text. Never throws. */
  evaluate(scope: Roots, now: number, allowance?: Allowance): Evaluated
}

/** The filled text, or why there is none. */
export type Rendered = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: string }

/** The value as JSON, or why there is none. */
export type Evaluated = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string }

/** Whether the text has anything to fill in. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%')
}

/** Makes a template of a text; one that has nothing to fill in is rendered as itself. */
export function parseTemplate(text: string, settings: LiquidSettings): Template {
  return isTemplate(text)
    ? new Parsed(text, settings)
    : { text, render: () => ({ ok: true, text }), evaluate: () => ({ ok: true, value: text }) }
}

/** What is wrong with a text, without rendering it. */
export function templateProblems(text: string, settings: LiquidSettings): string[] {
  const { parseError } = parseTemplate(text, settings)
  return parseError === undefined ? [] : [parseError]
}

/** About as long as it takes to parse a character; charged at every render, so that all of them end the same way. */
const STEPS_TO_PARSE = 10

class Parsed implements Template {
  readonly text: string
  readonly #settings: LiquidSettings
  #parts: Parts | undefined

  constructor(text: string, settings: LiquidSettings) {
    this.text = text
    this.#settings = settings
  }

  get parseError(): string | undefined {
    const parts = this.#parsed()
    return parts.ok ? undefined : parts.error
  }

  render(...scene: Parameters<Template['render']>): Rendered {
    const text = this.#run(scene, written)
    return text.ok ? { ok: true, text: text.value } : text
  }

  evaluate(...scene: Parameters<Template['evaluate']>): Evaluated {
    return this.#run(scene, (parts, run) => {
      const [only] = parts
      return parts.length === 1 && only instanceof Print ? plain(only.evaluate(run)) : written(parts, run)
    })
  }

  #run<Value>(
    [scope, now, allowance = new Allowance(this.#settings.work)]: Parameters<Template['render']>,
    work: (parts: Part[], run: Rendering) => Value,
  ): Outcome<Value> {
    try {
      const run = new Rendering(liquid, this.#settings, { roots: scope, now, allowance })
      run.spend(this.text.length * STEPS_TO_PARSE)
      const parts = this.#parsed()
      return parts.ok ? { ok: true, value: work(parts.value, run) } : parts
    } catch (error) {
      return { ok: false, error: messageOf(error) }
    }
  }

  #parsed(): Parts {
    this.#parts ??= parsed(this.text, this.#settings)
    return this.#parts
  }
}

type Outcome<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: string }
type Parts = Outcome<Part[]>

function parsed(text: string, { templateLength }: LiquidSettings): Parts {
  if (text.length > templateLength)
    return { ok: false, error: `the template has more than ${templateLength} characters` }
  try {
    return { ok: true, value: new StudioParser(liquid).parse(text) }
  } catch (error) {
    return { ok: false, error: messageOf(error) }
  }
}

/** A `break` outside of a loop leaves nothing of the template, as in Liqp. */
function written(parts: Part[], run: Rendering): string {
  const out = new Writer(run)
  run.write(parts, out)
  return run.breakCalled || run.continueCalled ? '' : withoutHalves(out.buffer)
}

/** Only the first line: liquidjs adds an excerpt of the template behind it. */
function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
}
