import { advancing, beginning, concerns, type Walking } from '../engine/advance.ts'
import { executionFor } from '../engine/birth.ts'
import { compile, type Toolbox } from '../engine/compile.ts'
import type { FlowEvent, StartEvent } from '../engine/event.ts'
import { type Execution, type Step, topFrame } from '../engine/execution.ts'
import type { Flows } from '../engine/flows.ts'
import type { Arrival } from '../engine/visit.ts'
import type { Advanced } from '../engine/walker.ts'
import type { FlowDefinition } from '../flow/definition.ts'
import { definitionOf } from '../flow/import.ts'
import type { Happened } from '../store/store.ts'
import type { Bundle } from './bundle.ts'

/** A move as it was walked again, with what moved it. */
export interface Replayed extends Advanced, Happened {
  /** Where it stood; nothing where it has just begun. */
  readonly before?: Execution | undefined
  /** The widgets that were entered, with what they were given. */
  readonly entered: readonly Entered[]
}

/** A widget as it was entered. */
export interface Entered {
  /** Sid of the visit. */
  readonly step: string
  readonly flowSid: string
  readonly revision: number
  readonly widget: string
  /** As the flow has them, with every `{{…}}` filled. */
  readonly properties: unknown
}

/** What is kept of an execution. */
export interface Recorded {
  readonly execution: Execution
  readonly steps: readonly Step[]
  /** One for each move. */
  readonly events: readonly Happened[]
}

/** What an execution is walked again with. */
export interface Rehearsal {
  readonly bundle: Bundle
  readonly toolbox: Toolbox
  /** The definition that is walked instead of the one that was. */
  readonly instead?: FlowDefinition | undefined
}

/** Thrown where a bundle lacks what a walk needs. */
export class Unplayable extends Error {
  override readonly name = 'Unplayable'
}

/** Walks an execution again by the events that moved it, to the last of them or the first that no longer concerns it. Pure; throws `Unplayable`. */
export function replay(rehearsal: Rehearsal): readonly Replayed[] {
  return [...walkedAgain(rehearsal.bundle, flowsOf(rehearsal))].filter((move) => move !== undefined)
}

/** The same, one move at a time, in flows that are ready to walk; yields undefined where a walk may be interrupted. */
export function* walkedAgain(recorded: Recorded, flows: Flows): Generator<Replayed | undefined> {
  const [first, ...rest] = eventsIn(recorded)
  const visits = visitsOf(recorded)
  let entered: Entered[] = []
  const watched = { ...flows, onEnter: (arrival: Arrival) => void entered.push(enteredAt(arrival)) }
  const begunWith = yield* begun(recorded.execution, watched, first)
  yield { ...begunWith, ...first, entered }
  let { execution } = begunWith
  for (const happened of rest) {
    if (!concerns(execution, happened.event)) return
    entered = []
    const event = aim(happened.event, execution, visits)
    const advanced = yield* advancing(watched, execution, event, happened.moment)
    yield { ...advanced, ...happened, event, before: execution, entered }
    execution = advanced.execution
  }
}

function enteredAt({ visit, filled }: Arrival): Entered {
  const { flowSid, revision } = topFrame(visit.execution)
  return { step: visit.step, flowSid, revision, widget: visit.name, properties: filled }
}

interface Beginning extends Happened {
  readonly event: StartEvent
}

/** All of them, or the walk cannot be the same. */
function eventsIn({ events, execution }: Recorded): readonly [Beginning, ...Happened[]] {
  const [first, ...rest] = events
  if (first === undefined || events.length !== execution.version)
    throw new Unplayable(`it has ${events.length} of the ${execution.version} events; was EXECUTION_EVENTS off?`)
  const { event } = first
  if (!isStart(event)) throw new Unplayable(`its first event is ${event.type}, which begins no execution`)
  return [{ ...first, event }, ...rest]
}

function isStart(event: FlowEvent): event is StartEvent {
  return event.type.startsWith('incoming-')
}

function begun({ accountSid, flowSid, frames }: Execution, flows: Flows, { event, moment }: Beginning): Walking {
  const flow = flows.flow(flowSid, frames[0]?.revision ?? 0)
  return beginning(flows, executionFor(flow, accountSid, event, moment), event, moment)
}

/** The sids of all visits that were paid. */
function visitsOf({ steps, execution }: Recorded): ReadonlyMap<string, number> {
  const sids = [...steps.map(({ sid }) => sid), ...execution.frames.map(({ step }) => step)]
  return new Map(sids.map((sid, index) => [sid, index]))
}

/** Another definition gives its visits other sids: an event for a visit that is not paid again concerns the one that is paid instead. */
function aim(event: FlowEvent, execution: Execution, visits: ReadonlyMap<string, number>): FlowEvent {
  const { step } = topFrame(execution)
  if (event.step === undefined || event.step === step || visits.has(step)) return event
  return { ...event, step }
}

function flowsOf({ bundle, toolbox, instead }: Rehearsal): Flows {
  const { execution } = bundle
  const revisions = bundle.flows.map(({ flowSid: sid, revision, definition }) => {
    const own = instead && sid === execution.flowSid ? instead : undefined
    return compile({ sid, revision, definition: own ?? readable(definition, sid) }, toolbox)
  })
  const flow = (sid: string, revision: number) => {
    const found = revisions.find((one) => one.sid === sid && one.revision === revision)
    if (!found) throw new Unplayable(`it lacks revision ${revision} of the flow ${sid}`)
    return found
  }
  const pins = execution.subflows ?? []
  return {
    flow,
    subflow(sid, revision) {
      const pin = pins.find((one) => one.flowSid === sid && one.revision === revision)
      return pin && flow(sid, pin.pinned)
    },
  }
}

function readable(definition: unknown, sid: string): FlowDefinition {
  try {
    return definitionOf(definition)
  } catch (error) {
    throw new Unplayable(`its definition of ${sid} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}
