import type { Execution } from '../engine/execution.ts'
import { toColumn } from './column.ts'
import { commitOnce } from './commit-once.ts'
import { changing, INDEXED, LASTING, MOVING } from './execution-row.ts'
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
        await commitOnce(sql, statements({ instance, ...moved }, saved), () => isWritten(sql, moved, saved))
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
    // before the execution: it still tells when the one before them was taken
    ...steps.map((step, index) =>
      stepKept(saved, first + index, { step, previous: steps[index - 1], events: index === 0 ? events : [] }),
    ),
    execution.version === 0 ? insert(saved, { steps, ...how }) : update(saved, { before, execution, steps, ...how }),
    ...warnings.map((warning, index) => warningKept(saved, index, warning)),
    ...(steps.length === 0 ? events.map((event) => eventKept(saved, event)) : []),
    ...settled(saved, { before, done }),
    ...(effect ? [effectKept(saved, { instance, ...effect })] : []),
    ...(delivery ? [deliveryKept({ instance, ...delivery }, saved.updatedAt)] : []),
  ]
}

function insert(saved: Execution, { exclusive, steps }: Pick<Moved, 'exclusive' | 'steps'>): Statement {
  const columns = [...LASTING, ...MOVING, ...INDEXED]
  const ofMove = [exclusive === undefined ? null : toColumn(exclusive), steps.at(-1)?.date ?? null]
  const values = [...columns.map(([, of]) => of(saved)), ...ofMove]
  return must(
    `insert into executions (${columns.map(([name]) => name).join(', ')}, exclusive, last_step_at)
     values (${values.map((_, index) => `$${index + 1}`).join(', ')}) on conflict do nothing`,
    ...values,
  )
}

type Change = Pick<Moved, 'execution' | 'before' | 'steps' | 'givesWay'>

/** Only one that was active is written. */
function update(saved: Execution, { execution, before, steps, givesWay }: Change): Statement {
  const changed = changing(saved, before)
  const last = steps.at(-1)
  const columns = [...changed.map(([name]) => name), ...(last ? ['last_step_at'] : [])]
  const set = columns.map((name, index) => `${name} = $${index + 3}`).join(', ')
  return must(
    `update executions set ${set} where sid = $1 and version = $2${givesWay ? UNLESS_WAITED_FOR : ''}`,
    toColumn(saved.sid),
    execution.version,
    ...changed.map(([, of]) => of(saved)),
    ...(last ? [last.date] : []),
  )
}

const UNLESS_WAITED_FOR = ' and not exists (select 1 from queue where execution_sid = $1)'

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
  if (step) return found('steps', 'created_at = $1 and execution_sid = $2 and sid = $3', step.date, sid, step.sid)
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
