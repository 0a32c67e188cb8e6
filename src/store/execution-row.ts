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

/** The column of a time in which another one can stand than was read: an execution that is lent has a later one (`sql-fellows.ts`). */
const LENDABLE: Column = ['due_at', ({ status, waiting }) => (status === 'active' ? (waiting?.dueAt ?? null) : null)]

/** What has indexes and may change. */
export const INDEXED: readonly Column[] = [
  LENDABLE,
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
  const isChanged = (column: Column) => {
    const [, of] = column
    return of(before) !== of(saved) || (column === LENDABLE && of(saved) !== null)
  }
  return [...MOVING, ...INDEXED.filter(isChanged)]
}
