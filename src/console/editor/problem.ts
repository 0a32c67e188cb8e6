import { exitsOf } from '../../picture/exits.ts'
import type { Catalogue } from '../document/catalogue.ts'
import type { Placed } from '../document/placed.ts'
import type { Problem } from '../document/problem.ts'

/** Problems by the ids of the widgets they are about. */
export function byWidget(
  problems: readonly Problem[],
  all: readonly Placed[],
): ReadonlyMap<string, readonly Problem[]> {
  const grouped = new Map<string, Problem[]>()
  for (const problem of problems) {
    const id = widgetOf(problem, all)
    if (id !== undefined) grouped.set(id, [...(grouped.get(id) ?? []), problem])
  }
  return grouped
}

/** The id of the widget that a problem is about. */
export function widgetOf({ path: [states, index] }: Problem, all: readonly Placed[]): string | undefined {
  return states === 'states' ? all.find((placed) => placed.index === index)?.id : undefined
}

/** A widget with exits that lead nowhere: there the execution ends. */
export interface OpenEnds {
  readonly widget: string
  readonly name: string
  /** The titles of the exits. */
  readonly exits: readonly string[]
}

/** Where a flow ends; the trigger's exits do not count, for a flow is not there for everything. */
export function openEnds(all: readonly Placed[], catalogue: Catalogue): readonly OpenEnds[] {
  return all
    .filter(({ type }) => type !== 'trigger')
    .map((placed) => {
      const open = exitsOf(placed, catalogue).filter(({ next }) => next === undefined)
      return { widget: placed.id, name: placed.name, exits: open.map(({ title }) => title) }
    })
    .filter(({ exits }) => exits.length > 0)
}
