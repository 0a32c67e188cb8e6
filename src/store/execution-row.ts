import type { Execution } from '../engine/execution.ts'
import { toColumn } from './column.ts'
import type { SqlValue } from './sql.ts'
import { mover } from './sql-executions.ts'

/** A column of an execution, and what of the execution is in it. */
export type Column = readonly [name: string, of: (execution: Execution) => SqlValue]

/** What every save changes. */
export const MOVING: readonly Column[] = [
  ['version', ({ version }) => version],
  ['document', (execution) => JSON.stringify(execution)],
  ['updated_at', ({ updatedAt }) => updatedAt],
]

/** What has indexes and may change. */
export const INDEXED: readonly Column[] = [
  ['due_at', dueAt],
  ['status', ({ status }) => status],
  ['call_sid', ({ call }) => (call ? toColumn(call.sid) : null)],
  ['conversation_sid', ({ conversation }) => (conversation ? toColumn(conversation.sid) : null)],
]

/** What stays as it begins. */
export const LASTING: readonly Column[] = [
  ['sid', ({ sid }) => toColumn(sid)],
  ['created_at', ({ createdAt }) => createdAt],
  ['flow_sid', ({ flowSid }) => toColumn(flowSid)],
  ['channel', ({ channel }) => channel],
  ['contact', mover],
  ['address', ({ address }) => toColumn(address)],
  ['initiated_by', ({ initiatedBy }) => toColumn(initiatedBy)],
  ['contact_address', ({ contact }) => toColumn(contact)],
]

/** What a save changes; it leaves alone what has stayed as it was read and has indexes, for each of them would be written, too. */
export function changing(saved: Execution, before: Execution | undefined): readonly Column[] {
  if (!before) return [...MOVING, ...INDEXED]
  const mayBeLent = isDue(saved)
  return [...MOVING, ...INDEXED.filter(([name, of]) => of(before) !== of(saved) || (name === 'due_at' && mayBeLent))]
}

function dueAt({ status, waiting }: Execution): number | null {
  return status === 'active' ? (waiting?.dueAt ?? null) : null
}

/** Then a later time can stand in the column than was read: that until which it is lent to whom takes it up (`sql-fellows.ts`). */
function isDue(execution: Execution): boolean {
  const at = dueAt(execution)
  return at !== null && at <= execution.updatedAt
}
