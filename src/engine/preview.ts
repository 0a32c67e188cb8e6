import { compileFillable } from '../liquid/fill.ts'
import type { Toolbox } from './compile.ts'
import { contextOf, type Execution } from './execution.ts'

/** What a template is filled with beside an execution; `now` in epoch milliseconds. */
export interface Filling {
  readonly liquid: Toolbox['liquid']
  readonly now: number
}

/** The text that a template would become where an execution stands, filled as a widget's properties are; empty, with the reasons, where it cannot be. */
export function preview(template: string, execution: Execution, { liquid, now }: Filling) {
  const { value, problems } = compileFillable(template, liquid).fill({ ...contextOf(execution) }, now)
  return { text: String(value), problems: problems.map(({ error }) => error) }
}
