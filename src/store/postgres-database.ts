import type { Pool, PoolClient, QueryResult } from 'pg'
import { codeOf } from '../error-code.ts'
import { Gathered } from './gathered.ts'
import type { Schema } from './migrate.ts'
import { patiently } from './patience.ts'
import { written, writtenInTurn } from './postgres-commit.ts'
import { isPassing } from './postgres-failure.ts'
import { asOne, prepared } from './postgres-statement.ts'
import { type DatabaseLoad, NothingTouched, type Sql, type SqlValue, type Statement } from './sql.ts'
import { StorageFailed } from './storage-failed.ts'

/**
 * A database on a server, behind a pool of connections that send without waiting. What is asked for at the same moment
 * goes out on one connection, and commits share a transaction. What fails in passing is done again, for as long as the
 * patience lasts, in milliseconds.
 */
export class PostgresDatabase implements Sql, Schema {
  readonly #pool: Pool
  readonly #patience: number
  readonly #reads: Gathered<Statement, QueryResult>
  readonly #commits: Gathered<Statement, void>

  constructor(pool: Pool, patience: number) {
    this.#pool = pool
    this.#patience = patience
    this.#reads = new Gathered(() => void this.#together(this.#reads, answered))
    this.#commits = new Gathered(() => void this.#together(this.#commits, written))
  }

  async rows<T>(text: string, ...parameters: readonly SqlValue[]): Promise<T[]> {
    const { rows } = await this.#patiently(() => this.#reads.ask({ text, parameters }))
    return rows
  }

  async commit(statements: readonly Statement[]): Promise<void> {
    if (statements.length === 0) return
    const one = asOne(statements)
    await this.#patiently(() =>
      one ? this.#commits.ask(one) : this.#lent((client) => writtenInTurn(client, statements)),
    )
  }

  load(): DatabaseLoad {
    const { totalCount: connections, idleCount } = this.#pool
    return { connections, busy: connections - idleCount, waiting: this.#reads.size + this.#commits.size }
  }

  async close(): Promise<void> {
    while (this.#commits.size > 0) await this.#together(this.#commits, written)
    await this.#pool.end()
  }

  async schemaVersion(): Promise<number> {
    try {
      const [row] = await this.rows<{ version: number }>('select version from schema_version')
      return row?.version ?? 0
    } catch (error) {
      if (codeOf(error) === UNDEFINED_TABLE) return 0
      throw error
    }
  }

  raiseSchema(text: string, version: number): Promise<void> {
    return this.#patiently(() =>
      this.#lent(async (client) => {
        await client.query('begin')
        await client.query(`select pg_advisory_xact_lock(${MIGRATING})`)
        await client.query('create table if not exists schema_version (version integer not null)')
        const { rows } = await client.query<{ version: number }>('select version from schema_version')
        const isRaised = (rows[0]?.version ?? 0) >= version // another process was first
        if (!isRaised) await client.query(`${text}; delete from schema_version`)
        if (!isRaised) await client.query(`insert into schema_version values (${version})`)
        await client.query('commit')
      }),
    )
  }

  async #patiently<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await patiently(attempt, { within: this.#patience, isPassing })
    } catch (error) {
      throw isPassing(error) ? new StorageFailed(`cannot be reached: ${messageOf(error)}`, error) : error
    }
  }

  /** A connection on which something failed is closed: what it was in the middle of is rolled back with it. */
  async #lent(work: (client: PoolClient) => Promise<void>): Promise<void> {
    const client = await this.#pool.connect()
    try {
      await work(client)
      client.release()
    } catch (error) {
      client.release(breaks(error))
      throw error
    }
  }

  /** Has what waits when a connection is free done on that: waking one for each wish costs more than most wishes. */
  async #together<Wish, Answer>(
    wishes: Gathered<Wish, Answer>,
    work: (client: PoolClient, wishes: readonly Wish[]) => readonly Promise<Answer>[],
  ): Promise<void> {
    let client: PoolClient
    try {
      client = await this.#pool.connect()
    } catch (error) {
      return wishes.refuse(error)
    }
    const taken = wishes.take(MOST_TOGETHER)
    const answers = work(
      client,
      taken.map(({ wish }) => wish),
    )
    for (const [index, answer] of answers.entries()) taken[index]?.resolve(answer)
    const outcomes = await Promise.allSettled(answers)
    client.release(outcomes.some((one) => one.status === 'rejected' && breaks(one.reason)))
  }
}

function answered(client: PoolClient, reads: readonly Statement[]): readonly Promise<QueryResult>[] {
  return reads.map((read) => client.query(prepared(read)))
}

/** Where several addresses were tried, the failure says nothing itself. */
function messageOf(error: unknown): string | undefined {
  return (error instanceof Error && error.message) || codeOf(error)
}

/** Whether nobody can tell in what state a connection is. */
function breaks(error: unknown): boolean {
  return !(error instanceof NothingTouched)
}

/** More would wait for each other longer than for a connection. */
const MOST_TOGETHER = 16

const UNDEFINED_TABLE = '42P01'

/** The advisory lock under which tables are changed: any number that nobody else takes. */
const MIGRATING = 7_728_365
