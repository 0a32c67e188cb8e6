import { leadsTo } from '../flow/leads-to.ts'
import type { ComparedWidget } from './compared.ts'
import { propertiesOf } from './properties.ts'
import { same } from './same.ts'

/** New names by old ones: of widgets that are gone and come back, for all that can be seen, under another name. */
export function renamedWidgets(
  before: readonly ComparedWidget[],
  after: readonly ComparedWidget[],
): ReadonlyMap<string, string> {
  const names = { before: new Set(before.map(({ name }) => name)), after: new Set(after.map(({ name }) => name)) }
  const gone = before.filter(({ name }) => !names.after.has(name))
  const come = after.filter(({ name }) => !names.before.has(name))
  const likely = gone.flatMap((old) => come.map((now) => ({ old: old.name, now: now.name, score: likeness(old, now) })))
  const renamed = new Map<string, string>()
  const taken = new Set<string>()
  for (const { old, now, score } of likely.sort((a, b) => b.score - a.score)) {
    if (score < ENOUGH || renamed.has(old) || taken.has(now)) continue
    renamed.set(old, now)
    taken.add(now)
  }
  return renamed
}

/** What a widget says or does counts most; two that merely lead to the same place are not the same. */
const ENOUGH = 3

function likeness(old: ComparedWidget, now: ComparedWidget): number {
  if (old.type !== now.type) return 0
  const saysTheSame = same([...propertiesOf(old)], [...propertiesOf(now)])
  const stands = old.properties.offset !== undefined && same(old.properties.offset, now.properties.offset)
  return 1 + (saysTheSame ? 2 : 0) + (stands ? 2 : 0) + (same(targets(old), targets(now)) ? 1 : 0)
}

function targets({ transitions }: ComparedWidget): unknown {
  return transitions.map((transition) => [transition.event, leadsTo(transition)])
}
