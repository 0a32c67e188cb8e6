import type { Execution } from '../engine/execution.ts'
import { fromColumn, toColumn } from './column.ts'
import { type Sql, type SqlValue, type Statement, statement } from './sql.ts'
import { executionPage } from './sql-execution-page.ts'
import { momentsOf } from './sql-walk.ts'
import type { Store } from './store.ts'

type Queries =
  | 'execution'
  | 'executionOfCall'
  | 'activeOfCall'
  | 'executionOfConversation'
  | 'activeWith'
  | 'activeCalls'
  | 'activeExecutions'
  | 'executionPage'
  | 'due'
  | 'nextDue'
  | 'removeExecution'
  | 'removeExecutions'

/** Where executions are found and in the end removed. */
export function executionQueries(sql: Sql): Pick<Store, Queries> {
  return {
    async execution(sid) {
      return (await executions(sql, 'sid = $1', toColumn(sid)))[0]
    },
    async executionOfCall(flowSid, callSid) {
      const call = [toColumn(flowSid), toColumn(callSid)] as const
      const [active] = await newestFirst(sql, `flow_sid = $1 and call_sid = $2 and ${IS_ACTIVE}`, ...call)
      if (active) return active // nearly always: it goes on
      return (await executions(sql, `sid in (${HAS_CALL} union all ${BEGUN_BY_CALL}) ${ACTIVE_FIRST}`, ...call))[0]
    },
    async activeOfCall(callSid) {
      return (await newestFirst(sql, `call_sid = $1 and ${IS_ACTIVE}`, toColumn(callSid))).toReversed()
    },
    async executionOfConversation(flowSid, conversationSid) {
      const found = `flow_sid = $1 and conversation_sid = $2 ${ACTIVE_FIRST}`
      return (await executions(sql, found, toColumn(flowSid), toColumn(conversationSid)))[0]
    },
    async activeWith(flowSid, contact, addresses) {
      if (addresses.length === 0) return undefined
      const places = addresses.map((_, index) => `$${index + 4}`).join(', ')
      const found = `flow_sid = $1 and contact in ($2, $3) and address in (${places}) and ${IS_ACTIVE} and channel <> 'call'`
      const key = [toColumn(flowSid), toColumn(contact), EVERYBODY, ...addresses.map(toColumn)]
      return (await newestFirst(sql, found, ...key))[0]
    },
    activeCalls(flowSid, contact) {
      const found = `flow_sid = $1 and contact = $2 and ${IS_ACTIVE} and channel = 'call'`
      return newestFirst(sql, found, toColumn(flowSid), toColumn(contact))
    },
    async activeExecutions() {
      const [row] = await sql.rows<{ count: number }>(
        "select count(*) as count from executions where status = 'active'",
      )
      return Number(row?.count ?? 0) // PostgreSQL counts in text
    },
    executionPage: (wanted) => executionPage(sql, wanted),
    async due(now, limit) {
      const found = 'select sid from executions where due_at <= $1 order by due_at limit $2'
      const rows = await sql.rows<{ sid: string }>(found, now, limit)
      return rows.map(({ sid }) => fromColumn(sid))
    },
    async nextDue(after) {
      const found = 'select due_at from executions where due_at > $1 order by due_at limit 1'
      const [row] = await sql.rows<{ due_at: number }>(found, after)
      return row?.due_at
    },
    removeExecution: (sid) => sql.commit(removal(sid)),
    removeExecutions: ({ startedBefore, endedBefore }) =>
      removeExecutions(sql, "status = 'ended' and created_at < $1 and updated_at < $2", startedBefore, endedBefore),
  }
}

/** Said as the indexes of those that are active have it. */
const IS_ACTIVE = "status <> 'ended'"

/** Each by its own index: with `or` between them SQLite would look at all executions of the flow. */
const HAS_CALL = 'select sid from executions where flow_sid = $1 and call_sid = $2'
const BEGUN_BY_CALL = "select sid from executions where flow_sid = $1 and channel = 'call' and initiated_by = $2"

const ACTIVE_FIRST = "order by case status when 'active' then 0 else 1 end, created_at desc, sid limit 1"

async function executions(sql: Sql, where: string, ...parameters: readonly SqlValue[]): Promise<readonly Execution[]> {
  const rows = await sql.rows<{ document: string }>(`select document from executions where ${where}`, ...parameters)
  return rows.map(({ document }) => JSON.parse(document))
}

/** Few, put in order here: asked for an order, SQLite would go through all executions of the flow in that order. */
async function newestFirst(sql: Sql, where: string, ...parameters: readonly SqlValue[]): Promise<readonly Execution[]> {
  const found = await executions(sql, where, ...parameters)
  return found.toSorted((one, other) => other.createdAt - one.createdAt || (one.sid < other.sid ? -1 : 1))
}

/** The column `contact` of a conversation, in which everybody moves the execution; `toColumn` makes this of no contact. */
const EVERYBODY = '\\*'

/** Whose messages move an execution, as its column has it. */
export function mover({ channel, contact }: Pick<Execution, 'channel' | 'contact'>): string {
  return channel === 'conversation' ? EVERYBODY : toColumn(contact)
}

/** What else belongs to it goes with it. */
function removal(sid: string): readonly Statement[] {
  return [statement(STEPS_REMOVED, toColumn(sid)), statement('delete from executions where sid = $1', toColumn(sid))]
}

const STEPS_REMOVED = `delete from steps where execution_sid = $1 and created_at in (${momentsOf('$1')} select at from moments)`

/** How many executions are removed in one go: few enough that callers do not notice. */
const BATCH = 100

/** Removes the executions that a condition finds, few at a time. */
export async function removeExecutions(sql: Sql, where: string, ...parameters: readonly SqlValue[]): Promise<void> {
  const found = `select sid from executions where ${where} limit ${BATCH}`
  for (let batch = BATCH; batch === BATCH; ) {
    const rows = await sql.rows<{ sid: string }>(found, ...parameters)
    await sql.commit(rows.flatMap(({ sid }) => removal(sid)))
    batch = rows.length
  }
}
