import type { PlacedWidget } from '../flow/definition.ts'
import { leadsTo } from '../flow/leads-to.ts'

/** The names that each widget leads to. */
export type Ways = ReadonlyMap<string, readonly string[]>

/** Where the widgets lead, by name; of two that share one, the first counts. */
export function waysOf(widgets: ReadonlyMap<string, PlacedWidget>): Ways {
  return new Map([...widgets].map(([name, widget]) => [name, nextNames(widget)] as const))
}

/** The names of the widgets that can come after some, which are among them only where a way leads back to them. */
export function namesAfter(ways: Ways, names: readonly string[]): ReadonlySet<string> {
  const after = new Set(names.flatMap((name) => ways.get(name) ?? []))
  for (const one of after) for (const next of ways.get(one) ?? []) after.add(next)
  return after
}

/** The names that a widget's transitions lead to, those of no widget included. */
export function nextNames({ transitions }: PlacedWidget): string[] {
  return transitions.flatMap((transition) => leadsTo(transition) ?? [])
}

/** Whether an event leads to another widget. */
export function leadsOn({ transitions }: PlacedWidget, event: string): boolean {
  return transitions.some((transition) => transition.event === event && leadsTo(transition) !== undefined)
}
