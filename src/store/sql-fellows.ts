import { fromColumn } from './column.ts'
import type { Listener, News } from './news.ts'
import { type Sql, statement } from './sql.ts'
import { type Place, queued } from './sql-queue.ts'

/** The instances that work on one database, as each of them is told of the others. Clocks play no part. */
export interface Fellows extends Census {
  /** Tells all others at once. */
  tell(news: News): Promise<void>
  /** Hears what the others tell from now on. */
  listen(listener: Listener): Promise<void>
}

/** Who is alive, and who gets what. */
interface Census {
  /** Its own name among them. */
  readonly self: string
  /** Says that it is here, and alive. */
  beat(): Promise<void>
  /** All of them, with how often each has said so. */
  beats(): Promise<ReadonlyMap<string, number>>
  /** Has one count as gone, unless it has said something since; what it had under way is for whoever takes it. */
  bury(instance: string, beats: number): Promise<void>
  /** Says that it goes. */
  leave(): Promise<void>
  /** The sids of at most so many of the executions that have waited long enough, the longest overdue first. None is given to anybody else, unless nothing has come of it in a few seconds. */
  due(now: number, limit: number): Promise<readonly string[]>
  /** Takes a place in the line before an execution, behind all who have waited for longer, here or elsewhere. */
  queue(executionSid: string): Promise<Place>
}

/** The census in a database that has been migrated. */
export function sqlCensus(sql: Sql, self: string): Census {
  return {
    self,
    beat: () =>
      sql.commit([
        statement(
          'insert into instances (id, beats) values ($1, 1) on conflict (id) do update set beats = instances.beats + 1',
          self,
        ),
      ]),
    async beats() {
      const rows = await sql.rows<{ id: string; beats: number }>('select id, beats from instances')
      return new Map(rows.map(({ id, beats }) => [id, beats]))
    },
    bury: (instance, beats) =>
      sql.commit([statement('delete from instances where id = $1 and beats = $2', instance, beats)]),
    queue: (executionSid) => queued(sql, self, executionSid),
    leave: () => sql.commit([statement('delete from instances where id = $1', self)]),
    async due(now, limit) {
      const rows = await sql.rows<{ sid: string; due_at: number }>(DUE, now, limit, now + LENT_MS)
      return rows.toSorted((one, other) => one.due_at - other.due_at).map(({ sid }) => fromColumn(sid))
    },
  }
}

/** Only PostgreSQL is asked this; an execution that is moved has its own time again. */
const DUE = `with due as (
    select sid, due_at from executions where due_at <= $1 order by due_at limit $2 for update skip locked
  )
  update executions e set due_at = $3 from due where e.sid = due.sid returning e.sid, due.due_at`

const LENT_MS = 5_000
