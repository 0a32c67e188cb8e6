import { LiquidError } from 'liquidjs'
import { filters } from './filters.ts'
import { liquid } from './liquid.ts'
import { Notes } from './notes.ts'
import { StudioParser } from './parser.ts'
import type { LiquidSettings } from './settings.ts'
import { isTemplate } from './template.ts'
import { TemplateError } from './template-error.ts'

/** What a template refers to. After a fault nothing more of it is known. */
export interface References {
  readonly reads: readonly Read[]
  readonly unknownFilters: readonly FilterUse[]
  readonly fault?: Fault
}

/** A variable of the context that a template reads. */
export interface Read {
  /** From the root on: `['widgets', 'ask', 'Digits']`; undefined where a key is worked out when the template is rendered. */
  readonly path: readonly (string | undefined)[]
  /** Where it stands in the template, in UTF-16 units. */
  readonly offset: number
  /** The filters that the expression around it goes through, in order. */
  readonly filters: readonly string[]
  /** Whether it stands in the condition of an `if`, `elsif` or `unless`, or is what a `case` is about. */
  readonly isTested: boolean
}

/** A filter that is called, and where its name stands in the template. */
export interface FilterUse {
  readonly name: string
  readonly offset: number
}

/** Why a template does not parse, and where. */
export interface Fault {
  readonly message: string
  readonly offset: number
}

/** Reads what a text refers to, without rendering it. Never throws. */
export function referencesOf(text: string, settings: LiquidSettings): References {
  if (!isTemplate(text)) return NOTHING
  const { templateLength } = settings
  if (text.length > templateLength)
    return { ...NOTHING, fault: { message: `the template has more than ${templateLength} characters`, offset: 0 } }
  const notes = new Notes()
  try {
    new StudioParser(liquid, notes).parse(text)
    return noted(notes)
  } catch (error) {
    return { ...noted(notes), fault: faultOf(error) }
  }
}

/** The names of all filters there are. */
export const FILTER_NAMES: readonly string[] = [...filters.keys()]

const NOTHING: References = { reads: [], unknownFilters: [] }

function noted({ reads, filters: called, locals }: Notes): References {
  return {
    reads: reads.filter(({ path: [root] }) => root !== undefined && !locals.has(root)),
    unknownFilters: called.filter(({ name }) => !filters.has(name)),
  }
}

/** liquidjs puts the place into its messages, in words; it is told apart here. */
function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { message: String(error), offset: 0 }
  const cause = LiquidError.is(error) ? (error.originalError ?? error) : error
  const [line = ''] = cause.message.split('\n', 1)
  return { message: line.replace(/, line:\d+, col:\d+$/, ''), offset: offsetOf(cause) ?? offsetOf(error) ?? 0 }
}

function offsetOf(error: unknown): number | undefined {
  if (error instanceof TemplateError) return error.offset
  return LiquidError.is(error) ? error.token.begin : undefined
}
