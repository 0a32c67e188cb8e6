import { compileFillable } from '../liquid/fill.ts'
import type { Toolbox } from './compile.ts'
import { contextOf, type Execution } from './execution.ts'

/** What a template is filled with beside an execution; `now` in epoch milliseconds. */
export interface Filling {
  readonly liquid: Toolbox['liquid']
  readonly now: number
}

/** What a template, or a JSON value with templates in it, would become where an execution stands, filled as a widget's properties are; each that cannot be filled is empty, with the reason. */
export function preview(template: unknown, execution: Execution, { liquid, now }: Filling) {
  const { value, problems } = compileFillable(template, liquid).fill({ ...contextOf(execution) }, now)
  return { value, problems: problems.map(({ error }) => error) }
}
