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

/** What has indexes and may change; a save leaves alone what has stayed as it was, for each of its indexes would be written, too. */
export const INDEXED: readonly Column[] = [
  ['due_at', ({ status, waiting }) => (status === 'active' ? (waiting?.dueAt ?? null) : null)],
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
