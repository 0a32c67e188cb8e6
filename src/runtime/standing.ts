import type { EventType, Params } from '../engine/event.ts'
import { type Execution, topFrame } from '../engine/execution.ts'
import type { Delivery, Turn } from './turn.ts'

/** Whether this is the call that began an execution which has another one by now. */
export function hasGoneOn({ initiatedBy, call }: Execution, { CallSid }: Params): boolean {
  return initiatedBy === CallSid && call?.sid !== CallSid
}

/** Notes what a delivery came into the middle of: what is entered while it waits its turn may not take it. */
export function noted(delivery: Delivery, owner: Execution | undefined): Delivery {
  if (!isExpectable(delivery) || owner?.status !== 'active' || expects(owner, delivery)) return delivery
  return { ...delivery, during: topFrame(owner).step, executionSid: owner.sid }
}

/** The visit into which a delivery came before there was any: of an execution that begins while it waits, it moves nothing. */
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

/** What an execution waits for that makes something of a delivery. */
const EXPECTED: Partial<Record<Delivery['kind'], EventType>> = {
  message: 'incoming-message',
  conversation: 'incoming-conversation-message',
  'call-status': 'continued',
}

/** Whether an execution waits for events of a type. */
export function waitsFor({ waiting }: Execution, type: EventType): boolean {
  return waiting?.for.includes(type) ?? false
}

/** Whether a message has found an execution over that was not when it came, and is still to be taken: the one at whose last visit it came has noted it. */
export function isMissed({ status, endedReason }: Execution, { delivery, hasWalked }: Turn): boolean {
  if (endedReason === 'EXPIRED') return true
  return status === 'ended' && !hasWalked && (delivery.step ?? delivery.during) === undefined
}
