import type { JsonObject } from '../../flow/record.ts'
import { type Catalogue, eventTitle } from './catalogue.ts'
import type { ExitPlace } from './commands.ts'
import type { Placed, PlacedTransition } from './placed.ts'

/** An exit of a placed widget: one of its transitions, or an event for which the file has none. */
export interface Exit {
  /** Tells it from the widget's others; stays while transitions are neither added nor removed. */
  readonly key: string
  readonly event: string
  readonly title: string
  readonly place: ExitPlace
  /** The widget it leads to; nothing at an open end. */
  readonly next: string | undefined
}

/** The exits of a widget: its transitions in the file's order, then the events of its type that the file leaves out. */
export function exitsOf(placed: Placed, catalogue: Catalogue): readonly Exit[] {
  const { type, transitions } = placed
  const written = new Set(transitions.map(({ event }) => event))
  const left = catalogue.get(type)?.exits.filter(({ event }) => event !== MATCH && !written.has(event)) ?? []
  return [
    ...transitions.map((transition, place) =>
      writtenExit(transition, place, eventTitle(catalogue, type, transition.event)),
    ),
    ...left.map(({ event, title }) => ({ key: `+${event}`, event, title, place: { event }, next: undefined })),
  ]
}

/** The place that an exit's key names. */
export function placeOfKey(key: string): ExitPlace {
  return key.startsWith('+') ? { event: key.slice(1) } : { transition: Number(key) }
}

/** The event of a split's branches, of which it may have none or many. */
export const MATCH = 'match'

function writtenExit(transition: PlacedTransition, place: number, title: string): Exit {
  const { event, next, conditions } = transition
  const branch = event === MATCH ? conditions[0] : undefined
  return { key: String(place), event, title: branch ? branchTitle(branch) : title, place: { transition: place }, next }
}

/** A branch by the name that its first condition bears; the name that Studio makes of a test is cut to what tells it from others. */
export function branchTitle({ friendly_name, type, value }: JsonObject): string {
  const name = typeof friendly_name === 'string' ? friendly_name.trim() : ''
  if (name !== '' && !name.startsWith('If value ')) return name
  const test = name.replace(/^If value /, '') || `${String(type ?? 'condition')} ${String(value ?? '')}`.trim()
  return test
    .replace(/^equal_to /, '= ')
    .replace(/^not_equal_to /, '≠ ')
    .replace(/^\w+/, (word) => word.replaceAll('_', ' '))
}
