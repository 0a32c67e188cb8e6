import { type Sliced, straight } from '../flow/straight.ts'
import { isOwnMessage } from './conversation.ts'
import type { FlowEvent } from './event.ts'
import { type Execution, topFrame } from './execution.ts'
import type { Flows } from './flows.ts'
import { LIMITS } from './limits.ts'
import type { Moment } from './moment.ts'
import { isMessage, Walk } from './walk.ts'
import type { Advanced } from './walker.ts'
import type { Result } from './widget.ts'

/** A walk that can be interrupted between two widgets: whoever takes it on decides when. */
export type Walking = Sliced<Advanced>

/** Moves an execution on, from one event to the next widget that waits or to the end of the flow. Pure (engine.md 1.4). */
export function* advancing(flows: Flows, execution: Execution, event: FlowEvent, moment: Moment): Walking {
  if (execution.status === 'ended') return new Walk(flows, execution, moment).part(event)
  const walk = new Walk(flows, listen(execution, event, moment), moment)
  if (event.type === 'stopped') return walk.end('STOPPED')
  if (execution.createdAt + LIMITS.age < moment.now) return walk.end('EXPIRED')
  const stopped = walk.stopped()
  if (stopped) return stopped
  if (isOwnMessage(execution, event)) return walk.rest()
  const heard = isStale(execution, event, moment) ? endToldBy(event, execution) : event
  if (!heard) return walk.late(event)

  return yield* following(walk, walk.receive(heard), event)
}

/** Advances without an interruption. */
export function advance(...parts: Parameters<typeof advancing>): Advanced {
  return straight(advancing(...parts))
}

/** Whether an event has still something to say to an execution: one that has ended hears of its conversation, which may come late, and of the messages that came into the middle of its last visits. */
export function concerns({ status }: Execution, { type, step }: FlowEvent): boolean {
  return (
    status === 'active' ||
    type === 'conversation-opened' ||
    type === 'conversation-left' ||
    (step !== undefined && isMessage(type))
  )
}

/** Takes a new execution from the event that began it to its first rest. Pure. */
export function* beginning(flows: Flows, execution: Execution, event: FlowEvent, moment: Moment): Walking {
  const walk = new Walk(flows, execution, moment)
  return yield* following(walk, walk.begin(), event)
}

/** Begins without an interruption. */
export function begin(...parts: Parameters<typeof beginning>): Advanced {
  return straight(beginning(...parts))
}

function* following(walk: Walk, first: Result | undefined, event: FlowEvent): Walking {
  for (let result = first; result; result = walk.follow(result, event)) yield
  return walk.rest()
}

/** What an event says about the call itself, whatever the widgets make of it. */
function listen(execution: Execution, event: FlowEvent, moment: Moment): Execution {
  const heard = { ...execution, updatedAt: moment.now }
  const { call } = execution
  if (!call?.live || !('params' in event) || event.type === 'call-reported') return heard
  const over = event.type === 'call-ended' || CALL_OVER.has(event.params.CallStatus ?? '')
  return over ? { ...heard, call: { ...call, live: false } } : heard
}

/** The call statuses after which a call takes no more TwiML (twiml.md 2.3). */
export const CALL_OVER: ReadonlySet<string> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])

/** A request that comes too late for its own visit can be the only one to tell that the call is over. */
function endToldBy(event: FlowEvent, { call }: Execution): FlowEvent | undefined {
  if (event.type !== 'continued' || !call?.live || !CALL_OVER.has(event.params.CallStatus ?? '')) return undefined
  return { type: 'call-ended', params: event.params }
}

/** A repeated or late callback: it names a visit that is over, it tells of an end that is known, or it is the carrier asking again for what it was told. Or the time of a wait that goes on for longer by now. */
function isStale(execution: Execution, event: FlowEvent, { now }: Moment): boolean {
  if (event.type === 'time-ran-out' && now < (execution.waiting?.dueAt ?? now)) return true
  if (event.step !== undefined) return event.step !== topFrame(execution).step
  const { call, waiting } = execution
  if (event.type === 'call-ended') return call?.live === false && !waiting?.for.includes('continued')
  return event.type === 'continued' && event.params.FlowEvent === undefined
}
