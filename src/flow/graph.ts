import type { FlowDefinition } from './definition.ts'
import { leadsTo } from './leads-to.ts'

/** The names of the widgets that can be reached from the initial one, itself included, nearest first. */
export function reachable({ states, initial_state }: Pick<FlowDefinition, 'states' | 'initial_state'>): Set<string> {
  const next = new Map(states.map(({ name, transitions }) => [name, transitions.flatMap((one) => leadsTo(one) ?? [])]))
  const reached = new Set<string>(next.has(initial_state) ? [initial_state] : [])
  for (const name of reached) {
    for (const successor of next.get(name) ?? []) if (next.has(successor)) reached.add(successor)
  }
  return reached
}
