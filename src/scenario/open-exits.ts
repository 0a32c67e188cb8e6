import type { FlowDefinition, PlacedWidget, Transition } from '../flow/definition.ts'
import { reachable } from '../flow/graph.ts'
import { leadsTo } from '../flow/leads-to.ts'

/** Whether a transition can be taken at all. One that leads nowhere may be for an event that never happens at its widget. */
export function canBeTaken(flow: FlowDefinition, widget: PlacedWidget, transition: Transition): boolean {
  if (leadsTo(transition) !== undefined) return true
  switch (widget.type) {
    case 'trigger': // what is not taken in begins nothing
      return false
    case 'gather-input-on-call':
      return takes(widget, transition.event)
    case 'send-to-flex':
      return transition.event !== 'callFailure' || meetsCalls(flow).has(widget.name)
    default:
      return true
  }
}

/** A gather listens for what leads on, and for keys where nothing does (widgets.md 3.5). */
function takes({ transitions }: PlacedWidget, event: string): boolean {
  const listens = transitions.some((one) => one.event === 'speech' && leadsTo(one) !== undefined)
  return event === 'speech' ? listens : event !== 'keypress' || !listens
}

/** The widgets that a call can reach: its own, or one that the flow of a request or another flow brings. */
function meetsCalls({ states, initial_state }: FlowDefinition): ReadonlySet<string> {
  const begins = ({ event }: Transition) => event !== 'incomingMessage' && event !== 'incomingConversationMessage'
  return reachable({
    initial_state,
    states: states.map((one) =>
      one.name === initial_state ? { ...one, transitions: one.transitions.filter(begins) } : one,
    ),
  })
}
