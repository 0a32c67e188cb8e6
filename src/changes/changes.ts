import type { Words } from '../picture/words.ts'
import type { Change, WidgetChange } from './change.ts'
import type { ComparedFlow, ComparedWidget } from './compared.ts'
import { exitChanges } from './exit-changes.ts'
import { propertiesOf } from './properties.ts'
import { renamedWidgets } from './renamed.ts'
import { same } from './same.ts'

/** What is different in the second flow: first the flow itself, then its widgets in the order in which they stand there. */
export function changesBetween(before: ComparedFlow, after: ComparedFlow, words: Words): readonly Change[] {
  const renamed = renamedWidgets(before.states, after.states)
  const old = new Map(before.states.map((placed) => [renamed.get(placed.name) ?? placed.name, placed]))
  const names = new Set(after.states.map(({ name }) => name))
  const gone = before.states.filter(({ name }) => !names.has(renamed.get(name) ?? name))
  return [
    ...flowChanges(before, after, renamed),
    ...after.states.flatMap((now) => {
      const then = old.get(now.name)
      return then ? widgetChanges({ then, now, renamed, words }) : [added(now)]
    }),
    ...gone.map(({ name, type }): Change => ({ kind: 'widget-removed', widget: name, type })),
  ]
}

/** A widget before and after. */
export interface Pair {
  readonly then: ComparedWidget
  readonly now: ComparedWidget
  readonly renamed: ReadonlyMap<string, string>
  readonly words: Words
}

function added({ name, type }: ComparedWidget): Change {
  return { kind: 'widget-added', widget: name, type }
}

function flowChanges(before: ComparedFlow, after: ComparedFlow, renamed: Pair['renamed']): readonly Change[] {
  const outside = ({ states: _, ...rest }: ComparedFlow, start: unknown) =>
    propertiesOf({ properties: { ...rest, initial_state: start } })
  const start = renamed.get(String(before.initial_state)) ?? before.initial_state
  const differing = differences(outside(before, start), outside(after, after.initial_state), same)
  return differing.map((one) => ({ kind: 'flow-changed', ...one }))
}

function widgetChanges(pair: Pair): readonly Change[] {
  const { then, now, renamed } = pair
  const widget = now.name
  const isSame = (one: unknown, other: unknown) => same(one, other) || same(following(renamed, one), other)
  const inside: readonly WidgetChange[] = [
    ...(then.type === now.type ? [] : [{ widget, kind: 'type-changed', before: then.type, after: now.type } as const]),
    ...differences(propertiesOf(then), propertiesOf(now), isSame).map((one) => {
      return { widget, kind: 'property-changed', ...one } as const
    }),
    ...exitChanges(pair).map((one) => ({ widget, ...one })),
  ]
  return then.name === widget ? inside : [{ kind: 'widget-renamed', widget, before: then.name }, ...inside]
}

interface Difference {
  readonly property: string
  readonly before: unknown
  readonly after: unknown
}

function differences(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
  isSame: (one: unknown, other: unknown) => boolean,
): readonly Difference[] {
  const properties = [...new Set([...before.keys(), ...after.keys()])].sort()
  return properties
    .map((property) => ({ property, before: before.get(property), after: after.get(property) }))
    .filter((one) => !isSame(one.before, one.after))
}

/** A value in which the templates follow what was renamed. */
function following(renamed: Pair['renamed'], value: unknown): unknown {
  if (typeof value !== 'string' || renamed.size === 0) return value
  return value.replaceAll(/\bwidgets\.([\w-]+)/g, (whole, name) => {
    const now = renamed.get(name)
    return now === undefined ? whole : `widgets.${now}`
  })
}
