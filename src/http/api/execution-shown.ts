import { type Execution, topFrame } from '../../engine/execution.ts'
import type { FlowLibrary } from '../../runtime/flows.ts'

/** An execution as lists show it, with the codes of its warnings. */
export function executionShown(execution: Execution, warnings: readonly number[], flows: FlowLibrary) {
  const { sid, flowSid, channel, contact, address, status, endedReason, steps, createdAt, updatedAt } = execution
  const { at, flowSid: inFlow } = topFrame(execution)
  return {
    sid,
    flow_sid: flowSid,
    flow_name: flows.bySid(flowSid)?.name ?? null,
    flow_version: execution.frames[0]?.revision ?? null,
    channel,
    contact,
    address,
    status,
    ended_reason: endedReason ?? null,
    widget: at,
    widget_flow_sid: inFlow,
    steps,
    warnings,
    date_created: iso(createdAt),
    date_updated: iso(updatedAt),
  }
}

/** ISO 8601 to the millisecond; epoch milliseconds go in. */
export function iso(at: number): string {
  return new Date(at).toISOString()
}
