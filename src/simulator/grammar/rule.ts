import type { Element } from '../document/element.ts'
import type { Problem } from '../problem.ts'
import type { Check } from './values.ts'

/** What an element may hold and be (twiml.md 3.2, 4 and 5). */
export interface Rule {
  /** Those it may have; none is required but by `whole`. */
  readonly attributes?: Readonly<Record<string, Check>>
  /** Elements that may stand in it. */
  readonly children?: Readonly<Record<string, Rule>>
  /** The code for any other element in it, where the dictionary has one. */
  readonly strayChild?: number
  /** What its own text must be, trimmed; left out, there may be none. */
  readonly text?: Check
  /** What concerns several of its parts at once; `base` is where its document came from. */
  whole?(element: Element, base: string | undefined): readonly Problem[]
}
