import type { Leaving } from './commit.ts'
import type { Step } from './execution.ts'
import { LIMITS } from './limits.ts'
import { WARNING, type Warning } from './warning.ts'
import { weightOf } from './weight.ts'

export interface LoggedWarning extends Warning {
  readonly step: string
  readonly widget: string
  readonly date: number
}

/** What one walk writes down: all of it is saved in one go, so it has an end. */
export class WalkRecord {
  readonly steps: Step[] = []
  readonly warnings: LoggedWarning[] = []
  #room: number = LIMITS.written

  /** Whether there is room for what a widget gives out; that room is taken. */
  takes({ output, variables, compared }: Leaving): boolean {
    this.#room -= ROW + weightOf({ output, variables, compared }, this.#room)
    return this.#room >= 0
  }

  warn(warning: LoggedWarning): void {
    this.#room -= ROW + warning.message.length
    this.warnings.push(warning)
  }
}

/** What it takes to write a row, in characters that are written in the same time. */
const ROW = 500

/** The first of many warnings of one visit, and how many there are more. */
export function fewOf(warnings: readonly Warning[]): readonly Warning[] {
  const more = warnings.length - LIMITS.warnings
  if (more <= 0) return warnings
  const rest = { code: WARNING.template, message: `there are ${more} more warnings of this visit` }
  return [...warnings.slice(0, LIMITS.warnings), rest]
}
