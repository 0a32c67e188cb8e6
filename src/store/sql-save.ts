import type { Execution } from '../engine/execution.ts'
import { toColumn } from './column.ts'
import { commitOnce } from './commit-once.ts'
import { AlreadyDelivered } from './saved-delivery.ts'
import { must, NothingTouched, type Sql, type SqlValue, type Statement, statement } from './sql.ts'
import { deliveryKept, isKeptElsewhere } from './sql-deliveries.ts'
import { mover } from './sql-executions.ts'
import { eventKept, stepKept, warningKept } from './sql-log.ts'
import { AlreadyActive, type Moved, StaleExecution, type Store } from './store.ts'

/** The one write of a move. */
export function saving(sql: Sql, instance: string): Pick<Store, 'save'> {
  return {
    async save(moved) {
      const { execution, moves = 1 } = moved
      const saved = { ...execution, version: execution.version + moves }
      try {
        await commitOnce(sql, statements({ ...moved, instance }, saved), () => isWritten(sql, moved, saved))
      } catch (error) {
        const refusal = error instanceof NothingTouched ? await refusalOf(sql, { ...moved, instance }) : error
        if (refusal === undefined) return this.save(moved)
        throw refusal
      }
      return saved
    },
  }
}

/** By whom it is saved: what comes of it is under way there. */
interface Owned {
  readonly instance: string
}

function statements(
  { before, steps, warnings, happened = [], effect, done, delivery, execution, instance, ...how }: Moved & Owned,
  saved: Execution,
): readonly Statement[] {
  const first = saved.steps - steps.length
  const events = happened.map((one, index) => ({ version: execution.version + 1 + index, ...one }))
  return [
    execution.version === 0 ? insert(saved, how) : update(saved, { before, execution, ...how }),
    ...steps.map((step, index) => stepKept(saved, first + index, { step, events: index === 0 ? events : [] })),
    ...warnings.map((warning, index) => warningKept(saved, index, warning)),
    ...(steps.length === 0 ? events.map((event) => eventKept(saved, event)) : []),
    ...settled(saved, { before, done }),
    ...(effect ? [effectKept(saved, { ...effect, instance })] : []),
    ...(delivery ? [deliveryKept({ ...delivery, instance }, saved.updatedAt)] : []),
  ]
}

function insert(saved: Execution, { exclusive }: Pick<Moved, 'exclusive'>): Statement {
  return must(
    `insert into executions (sid, version, due_at, document, updated_at, call_sid, conversation_sid, status, created_at, flow_sid, channel, contact, address, initiated_by, contact_address, exclusive)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing`,
    ...changing(saved),
    ...reachedBy(saved),
    saved.status,
    saved.createdAt,
    toColumn(saved.flowSid),
    saved.channel,
    mover(saved),
    toColumn(saved.address),
    toColumn(saved.initiatedBy),
    toColumn(saved.contact),
    exclusive === undefined ? null : toColumn(exclusive),
  )
}

/** Only one that was active is written. What stays as it was is left alone, for each index that has it would be written, too: its status until it ends, its call and its conversation until it has others. */
function update(
  saved: Execution,
  { execution, before, givesWay }: Pick<Moved, 'execution' | 'before' | 'givesWay'>,
): Statement {
  const ended = saved.status === 'ended' ? ", status = 'ended'" : ''
  const [call, conversation] = reachedBy(saved)
  const isReachedAsBefore =
    before !== undefined && reachedBy(before).every((sid, at) => sid === [call, conversation][at])
  const others = isReachedAsBefore ? '' : ', call_sid = $7, conversation_sid = $8'
  return must(
    `update executions set version = $2, due_at = $3, document = $4, updated_at = $5${others}${ended}
     where sid = $1 and version = $6${givesWay ? UNLESS_WAITED_FOR : ''}`,
    ...changing(saved),
    execution.version,
    ...(isReachedAsBefore ? [] : [call, conversation]),
  )
}

const UNLESS_WAITED_FOR = ' and not exists (select 1 from queue where execution_sid = $1)'

function changing(saved: Execution) {
  const { sid, version, status, waiting, updatedAt } = saved
  const dueAt = status === 'active' ? (waiting?.dueAt ?? null) : null
  return [toColumn(sid), version, dueAt, JSON.stringify(saved), updatedAt] as const
}

/** The call and the conversation by which an execution is reached. */
function reachedBy({ call, conversation }: Execution) {
  return [call ? toColumn(call.sid) : null, conversation ? toColumn(conversation.sid) : null] as const
}

function settled({ sid, status }: Execution, { before, done }: Pick<Moved, 'before' | 'done'>): readonly Statement[] {
  if (status === 'ended' && before?.status !== 'ended')
    return [statement('delete from effects where execution_sid = $1', toColumn(sid))]
  if (done === undefined) return []
  return [statement('delete from effects where execution_sid = $1 and id = $2', toColumn(sid), done)]
}

function effectKept(
  { sid, updatedAt }: Execution,
  { id, step, effect, instance }: NonNullable<Moved['effect']> & Owned,
): Statement {
  return statement(
    'insert into effects (execution_sid, id, step_sid, effect, created_at, instance) values ($1, $2, $3, $4, $5, $6)',
    toColumn(sid),
    id,
    step,
    JSON.stringify(effect),
    updatedAt,
    instance,
  )
}

/** Whether just this move is in the database: by what only it can have left, for another one may have followed. */
async function isWritten(sql: Sql, { execution, steps, happened = [] }: Moved, saved: Execution): Promise<boolean> {
  const found = (table: string, where: string, ...key: readonly SqlValue[]) =>
    sql.rows(`select 1 from ${table} where ${where}`, ...key).then(({ length }) => length > 0)
  const sid = toColumn(saved.sid)
  const [step] = steps
  if (execution.version === 0) return found('executions', 'sid = $1', sid)
  if (step) return found('steps', 'execution_sid = $1 and sid = $2', sid, step.sid)
  const last = happened.at(-1)
  if (!last) return found('executions', 'sid = $1 and document = $2', sid, JSON.stringify(saved))
  const event = eventKept(saved, { version: saved.version, ...last })
  return found('events', 'execution_sid = $1 and version = $2 and happened = $3', ...event.parameters)
}

/** Why an execution was not written: the webhook was taken in elsewhere, its contact has another one, or somebody else moved it. Nothing, where the contact's other one has ended since. */
async function refusalOf(
  sql: Sql,
  { execution, exclusive, delivery, instance }: Moved & Owned,
): Promise<Error | undefined> {
  if (delivery?.isNew && (await isKeptElsewhere(sql, { ...delivery, instance }))) return new AlreadyDelivered(delivery)
  if (execution.version > 0) return new StaleExecution(execution)
  const own = toColumn(execution.sid)
  const [found] = await sql.rows<{ sid: string }>(
    `select sid from executions where sid = $1
       or flow_sid = $2 and exclusive = $3 and status <> 'ended'
       or flow_sid = $2 and contact = $4 and address = $5 and status <> 'ended' and channel <> 'call'
     order by case sid when $1 then 0 else 1 end limit 1`,
    own,
    toColumn(execution.flowSid),
    exclusive === undefined ? null : toColumn(exclusive),
    mover(execution),
    toColumn(execution.address),
  )
  if (found?.sid === own) return new StaleExecution(execution)
  return found && new AlreadyActive(found.sid)
}
