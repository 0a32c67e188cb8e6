import type { EventType, Params } from '../engine/event.ts'
import { type Execution, topFrame } from '../engine/execution.ts'
import type { Delivery, Turn } from './turn.ts'

/** Whether this is the call that began an execution which has another one by now. */
export function hasGoneOn({ initiatedBy, call }: Execution, { CallSid }: Params): boolean {
  return initiatedBy === CallSid && call?.sid !== CallSid
}

/** Notes the visit that a delivery interrupts, where that does not wait for it: no widget that is entered before its turn comes may take it (widgets.md 2.3 and 3.17). */
export function noted(delivery: Delivery, owner: Execution | undefined): Delivery {
  if (!isExpectable(delivery) || owner?.status !== 'active' || expects(owner, delivery)) return delivery
  return { ...delivery, during: topFrame(owner).step, executionSid: owner.sid }
}

/** Stands for the visit where a delivery came before there was one: it does not move the execution that begins while it waits. */
export const BEFORE_ANY = 'before any'

/** Whether executions wait for deliveries of this kind, so that one can come at the wrong time. */
function isExpectable({ kind, params }: Delivery): boolean {
  return EXPECTED[kind] !== undefined && params.FlowEvent === undefined
}

/** Whether an execution waits for what a delivery brings. */
function expects(execution: Execution, { kind }: Delivery): boolean {
  const expected = EXPECTED[kind]
  return expected !== undefined && waitsFor(execution, expected)
}

/** The event by which an execution waits for a delivery of each kind. */
const EXPECTED: Partial<Record<Delivery['kind'], EventType>> = {
  message: 'incoming-message',
  conversation: 'incoming-conversation-message',
  'call-status': 'continued',
}

/** Whether an execution waits for events of a type. */
export function waitsFor({ waiting }: Execution, type: EventType): boolean {
  return waiting?.for.includes(type) ?? false
}

/** Whether a message is still to be taken, because its execution ended between its arrival and its turn. One that interrupted a visit is not: that has been noted with the execution. */
export function isMissed({ status, endedReason }: Execution, { delivery, hasWalked }: Turn): boolean {
  if (endedReason === 'EXPIRED') return true
  return status === 'ended' && !hasWalked && (delivery.step ?? delivery.during) === undefined
}
