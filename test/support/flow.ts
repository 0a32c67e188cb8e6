import { advance, begin } from '../../src/engine/advance.ts'
import { executionFor } from '../../src/engine/birth.ts'
import { compile, type Flow } from '../../src/engine/compile.ts'
import type { FlowEvent, StartEvent } from '../../src/engine/event.ts'
import { type Context, contextOf, type Execution, topFrame } from '../../src/engine/execution.ts'
import type { Fields } from '../../src/engine/fields.ts'
import type { Advanced } from '../../src/engine/walker.ts'
import type { Widget } from '../../src/engine/widget.ts'
import type { FlowDefinition, Transition } from '../../src/flow/definition.ts'
import { STUDIO_LIQUID } from '../../src/liquid/template.ts'
import { wholeMatch } from '../../src/regex/whole-match.ts'
import { HOOK } from './visit.ts'

/** A widget in its place: its exits by the names of the widgets they lead to; null leads nowhere. */
export interface Place {
  readonly type: string
  readonly properties?: Fields
  readonly exits?: Readonly<Record<string, string | null>>
  /** Further transitions, such as the branches of a split. */
  readonly branches?: readonly Transition[]
}

export type Places = Readonly<Record<string, Place>>

/** Flows walked by hand, one event after the other. */
export interface Story {
  /** Where a first event leads, in the flow FW0. */
  started(event: StartEvent, at?: number): Advanced
  /** Where the next event leads. An event that names no step concerns the widget that waits. */
  resumed(before: Advanced, event: FlowEvent, at?: number): Advanced
}

/** A flow definition: widgets by name, the first of them begins. */
export function flow(places: Places): FlowDefinition {
  const states = Object.entries(places).map(([name, { type, properties = {}, exits = {}, branches = [] }]) => {
    const plain = Object.entries(exits).map(([event, next]) => ({ event, ...(next !== null && { next }) }))
    return { name, type, properties, transitions: [...plain, ...branches] }
  })
  return { description: 'A flow', states, initial_state: states[0]?.name ?? '' }
}

/** A story in the flow FW0; further flows can be entered as subflows. */
export function story(
  types: readonly Widget[],
  places: Places,
  subflows: Readonly<Record<string, Places>> = {},
): Story {
  const widgets = new Map(types.map((widget) => [widget.type, widget]))
  const toolbox = { widgets, liquid: STUDIO_LIQUID, wholeMatch }
  const flows = new Map(
    Object.entries({ FW0: places, ...subflows }).map(([sid, its]) => [
      sid,
      compile({ sid, revision: 1, definition: flow(its) }, toolbox),
    ]),
  )
  const known = { flow: (sid: string) => found(flows, sid), subflow: (sid: string) => flows.get(sid) }
  let events = 0
  const momentAt = (now: number) => ({ now, entropy: String(++events).padStart(24, '0'), webhookUrl: HOOK })
  return {
    started(event, at = 0) {
      const moment = momentAt(at)
      return begin(known, executionFor(found(flows, 'FW0'), 'AC0', event, moment), event, moment)
    },
    resumed({ execution }, event, at = soonest(execution, event)) {
      const stored: Execution = JSON.parse(JSON.stringify(execution)) // what is not saved must not be needed
      return advance(known, stored, { step: topFrame(stored).step, ...event }, momentAt(at))
    },
  }
}

/** When an event can come: at once, but for the end of a time. */
function soonest({ waiting, updatedAt }: Execution, { type }: FlowEvent): number {
  return type === 'time-ran-out' ? (waiting?.dueAt ?? updatedAt) : updatedAt
}

/** What `{{…}}` sees now. */
export function contextAfter({ execution }: Advanced): Context {
  return contextOf(execution)
}

/** The name of the widget on which the walk rests. */
export function restsAt({ execution }: Advanced): string {
  return topFrame(execution).at
}

/** The walk as Studio's log shows it: `from event to`, one line a step. */
export function walked({ steps }: Advanced): string[] {
  return steps.map(({ from, name, to }) => `${from} ${name} ${to}`)
}

/** The codes of the warnings, in order. */
export function codes({ warnings }: Advanced): number[] {
  return warnings.map(({ code }) => code)
}

/** A call from +15550001 to +15550002. */
export function incomingCall(params: Readonly<Record<string, string>> = {}): StartEvent {
  return {
    type: 'incoming-call',
    params: { CallSid: 'CA0', From: '+15550001', To: '+15550002', CallStatus: 'ringing', ...params },
  }
}

/** A message from +15550001 to +15550002. */
export function incomingMessage(
  Body = 'hi',
  params: Readonly<Record<string, string>> = {},
): Extract<FlowEvent, { type: 'incoming-message' }> {
  return {
    type: 'incoming-message',
    params: { MessageSid: 'SM0', From: '+15550001', To: '+15550002', Body, ...params },
  }
}

/** The carrier comes back with the parameters of the call. */
export function continued(params: Readonly<Record<string, string>> = {}): FlowEvent {
  return { type: 'continued', params: { CallSid: 'CA0', CallStatus: 'in-progress', ...params } }
}

/** The status callback of a call that is over. */
export function hungUp(): FlowEvent {
  return { type: 'call-ended', params: { CallSid: 'CA0', CallStatus: 'completed' } }
}

function found(flows: ReadonlyMap<string, Flow>, sid: string): Flow {
  const flow = flows.get(sid)
  if (!flow) throw new Error(`the story has no flow ${sid}`)
  return flow
}
