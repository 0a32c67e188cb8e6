import type { Flow } from './compile.ts'
import { type Channel, type Execution, type Frame, topFrame } from './execution.ts'
import type { Fields } from './fields.ts'
import type { Flows } from './flows.ts'

/** Puts a subflow on top: own widgets and variables, the trigger of the flow below copied in (engine.md 11). */
export function enterSubflow(execution: Execution, subflow: Flow, parameters: Fields, step: string): Execution {
  const below = topFrame(execution)
  const frame: Frame = {
    flowSid: subflow.sid,
    revision: subflow.revision,
    at: subflow.initial,
    step,
    repeats: 1,
    trigger: { ...below.trigger, parent: parentOf(execution, parameters) },
    data: below.data,
    widgets: {},
    parentStep: below.step,
  }
  return { ...execution, frames: [...execution.frames, frame] }
}

/** How many widgets a flow has, those of a subflow counted for each Run Subflow anew (engine.md 1.6). */
export function sizeOf(flow: Flow, subflow: Flows['subflow']): number {
  return flow.subflows.reduce(
    (size, { flowSid, revision }) => size + (subflow(flowSid, revision)?.widgets.size ?? 0),
    flow.widgets.size,
  )
}

/** Pins the revisions of a flow's subflows that are in force now. */
export function withSubflows(execution: Execution, flow: Flow, subflow: Flows['subflow']): Execution {
  const subflows = flow.subflows.flatMap(({ flowSid, revision }) => {
    const pinned = subflow(flowSid, revision)?.revision
    return pinned === undefined ? [] : [{ flowSid, revision, pinned }]
  })
  return subflows.length > 0 ? { ...execution, subflows } : execution
}

/** Takes the subflow off; the variables it set are what it gives out. */
export function leaveSubflow(execution: Execution): { readonly execution: Execution; readonly output: Fields } {
  const { variables = {} } = topFrame(execution)
  return { execution: { ...execution, frames: execution.frames.slice(0, -1) }, output: variables }
}

function parentOf(execution: Execution, parameters: Fields): Fields {
  return {
    parameters,
    step_sid: topFrame(execution).step,
    execution_sid: execution.sid,
    flow_sid: execution.flowSid,
    trigger_type: TRIGGER_EVENT[execution.channel],
  }
}

/** The trigger's event, by how an execution began. */
export const TRIGGER_EVENT = {
  call: 'incomingCall',
  message: 'incomingMessage',
  conversation: 'incomingConversationMessage',
  request: 'incomingRequest',
} as const satisfies Record<Channel, string>
