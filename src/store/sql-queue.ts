import { randomBytes } from 'node:crypto'
import { toColumn } from './column.ts'
import { type Sql, statement } from './sql.ts'

/** A place in the line of events that wait for an execution, at whatever instances. */
export interface Place {
  readonly executionSid: string
  /** Whether no other instance that lives has events there that have waited for longer than any of this one's, which know their order. */
  isFirst(): Promise<boolean>
  leave(): Promise<void>
}

/** Takes a place in the line before an execution, in the order in which the database is asked for them. */
export async function queued(sql: Sql, instance: string, executionSid: string): Promise<Place> {
  const id = randomBytes(12).toString('hex')
  const key = toColumn(executionSid)
  await sql.commit([
    statement(JOINED, id, key, instance),
    statement(`delete from queue where execution_sid = $1 and (${FORGOTTEN})`, key),
  ])
  return {
    executionSid,
    isFirst: async () => (await sql.rows(BEFORE, key, instance)).length === 0,
    leave: () => sql.commit([statement('delete from queue where id = $1', id)]),
  }
}

/** Only PostgreSQL is asked this, and its clock is the same for all. */
const NOW = 'cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)'

const JOINED = `insert into queue (id, execution_sid, instance, arrived_at) values ($1, $2, $3, ${NOW}) on conflict (id) do nothing`

/** Whoever is gone, or could not say that he has left. */
const FORGOTTEN = `instance not in (select id from instances) or arrived_at < ${NOW} - 120000000`

const BEFORE = `select 1 from queue where execution_sid = $1 and instance <> $2
  and arrived_at < (select min(arrived_at) from queue where execution_sid = $1 and instance = $2) and not (${FORGOTTEN}) limit 1`
