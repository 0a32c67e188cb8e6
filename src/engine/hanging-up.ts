import type { Params } from './event.ts'
import { owesRequest, partingWait } from './resting.ts'
import type { Walker } from './walker.ts'
import type { Result } from './widget.ts'

/** What the widget on which an execution stands makes of the news that the call is over. What a verb still has to bring can come after it (twiml.md 6.2); it is waited for, so that no voicemail is lost. */
export function hearOfEnd(walker: Walker, params: Params): Result | undefined {
  const { waiting, document } = walker.execution
  if (waiting?.parting) return undefined
  if (!waiting || !owesRequest(document)) return hangUp(walker, params)
  walker.execution = { ...walker.execution, waiting: partingWait(waiting, params, walker.moment.now) }
  return undefined
}

/** The call is over: by the exit for it where the widget has one, else to the end; a wait for something else goes on (widgets.md 2.3). */
export function hangUp(walker: Walker, params: Params): Result | undefined {
  const { call, waiting } = walker.execution
  if (call) walker.execution = { ...walker.execution, call: { ...call, live: false } }
  const { name, widget, transitions } = walker.placed()
  const isHeard = waiting?.for.includes('continued')
  const exit = transitions.find(({ event }) => event === 'hangup')
  if (isHeard && exit && widget.exits.includes('hangup')) return { kind: 'exit', exit: 'hangup', output: params }
  walker.unexpected(`the call ended in ${JSON.stringify(name)}, which has no transition for that`)
  return isHeard ? void walker.end('HANGUP') : undefined
}
