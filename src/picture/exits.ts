import { leadsTo } from '../flow/leads-to.ts'
import { eventTitle, type Words } from './words.ts'

/** A widget as far as it is left: one of a definition, or whatever a file holds. */
export interface Leaving {
  readonly type: string
  readonly transitions: readonly Way[]
}

interface Way {
  readonly event: string
  /** The widget it leads to; empty, null and absent all mean that the flow ends. */
  readonly next?: string | null | undefined
  readonly conditions?: readonly Test[] | undefined
}

/** What of a condition says what it is about. */
interface Test {
  readonly friendly_name?: unknown
  readonly type?: unknown
  readonly value?: unknown
}

/** An exit of a placed widget: one of its transitions, or an event for which the file has none. */
export interface Exit {
  /** Tells it from the widget's others; stays while transitions are neither added nor removed. */
  readonly key: string
  readonly event: string
  readonly title: string
  /** Its place among the transitions. */
  readonly transition: number | undefined
  /** The widget it leads to; nothing at an open end. */
  readonly next: string | undefined
}

/** The exits of a widget: its transitions in the file's order, then the events of its type that the file leaves out. */
export function exitsOf({ type, transitions }: Leaving, words: Words): readonly Exit[] {
  const written = new Set(transitions.map(({ event }) => event))
  const left = words.get(type)?.exits.filter(({ event }) => event !== MATCH && !written.has(event)) ?? []
  return [
    ...transitions.map(({ event, next, conditions }, place) => ({
      key: String(place),
      event,
      title: event === MATCH && conditions?.[0] ? branchTitle(conditions[0]) : eventTitle(words, type, event),
      transition: place,
      next: leadsTo({ next }),
    })),
    ...left.map(({ event, title }) => ({ key: `+${event}`, event, title, transition: undefined, next: undefined })),
  ]
}

/** The event of a split's branches, of which it may have none or many. */
export const MATCH = 'match'

/** A branch by the name that its first condition bears; the name that Studio makes of a test is cut to what tells it from others. */
export function branchTitle({ friendly_name, type, value }: Test): string {
  const name = typeof friendly_name === 'string' ? friendly_name.trim() : ''
  if (name !== '' && !name.startsWith('If value ')) return name
  const test = name.replace(/^If value /, '') || `${String(type ?? 'condition')} ${String(value ?? '')}`.trim()
  return test
    .replace(/^equal_to /, '= ')
    .replace(/^not_equal_to /, '≠ ')
    .replace(/^\w+/, (word) => word.replaceAll('_', ' '))
}
