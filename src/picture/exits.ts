import { type Condition, leadsTo, type PlacedWidget, type Transition } from '../flow/definition.ts'
import { eventTitle, type Words } from './words.ts'

/** An exit of a placed widget: one of its transitions, or an event for which the file has none. */
export interface Exit {
  readonly event: string
  readonly title: string
  /** Its place among the transitions. */
  readonly transition?: number
  /** The widget it leads to; nothing at an open end. */
  readonly next: string | undefined
}

/** The exits of a widget: its transitions in the file's order, then the events of its type that the file leaves out. */
export function exitsOf({ type, transitions }: PlacedWidget, words: Words): readonly Exit[] {
  const written = new Set(transitions.map(({ event }) => event))
  const left = words.get(type)?.exits.filter((event) => event !== MATCH && !written.has(event)) ?? []
  return [
    ...transitions.map((transition, place) => ({
      event: transition.event,
      title: branchTitle(transition) ?? eventTitle(words, type, transition.event),
      transition: place,
      next: leadsTo(transition),
    })),
    ...left.map((event) => ({ event, title: eventTitle(words, type, event), next: undefined })),
  ]
}

/** The event of a split's branches, of which it may have none or many. */
const MATCH = 'match'

/** A branch by the name that its first condition bears, as Studio shows it, or else by its test. */
export function branchTitle({ event, conditions: [first] = [] }: Transition): string | undefined {
  return event === MATCH && first ? first.friendly_name?.trim() || testOf(first) : undefined
}

function testOf({ type, value }: Condition): string {
  return `${type.replaceAll('_', ' ')} ${value}`.trim()
}
