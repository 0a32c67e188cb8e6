import type { FlowDefinition, PlacedWidget, Transition } from '../flow/definition.ts'
import { leadsTo } from '../flow/leads-to.ts'
import { conditionsInWords } from './branches.ts'
import { propertiesOf } from './properties.ts'

/** A flow as a text that can be compared line by line: the same flow gives the same text, wherever its cards stand. */
export function flowText({ states, ...flow }: FlowDefinition): string {
  const widgets = states.toSorted((a, b) => rank(a, flow) - rank(b, flow) || (a.name < b.name ? -1 : 1))
  return `${[linesOf(propertiesOf({ properties: { ...flow } })), ...widgets.map(widgetLines)]
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

/** The widget with which it begins comes first. */
function rank({ name }: PlacedWidget, { initial_state }: Pick<FlowDefinition, 'initial_state'>): number {
  return name === initial_state ? 0 : 1
}

function widgetLines(placed: PlacedWidget): readonly string[] {
  const plain = placed.transitions.filter(({ event }) => event !== 'match').toSorted(byEvent)
  const branches = placed.transitions.filter(({ event }) => event === 'match')
  return [
    `${placed.name} (${placed.type})`,
    ...linesOf(propertiesOf(placed)).map((line) => `  ${line}`),
    ...branches.map((branch) => `  if ${conditionsInWords(branch)} -> ${leadsTo(branch) ?? '(the end)'}`),
    ...plain.map((transition) => `  ${transition.event} -> ${leadsTo(transition) ?? '(the end)'}`),
  ]
}

function byEvent({ event: one }: Transition, { event: other }: Transition): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

function linesOf(properties: ReadonlyMap<string, unknown>): string[] {
  return [...properties].flatMap(([path, value]) => {
    if (typeof value !== 'string' || !value.includes('\n')) return [`${path}: ${JSON.stringify(value)}`]
    return [`${path}:`, ...value.split('\n').map((line) => `  | ${line}`)]
  })
}
