import { createHash } from 'node:crypto'
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg'
import { codeOf } from '../error-code.ts'
import type { Schema } from './migrate.ts'
import { patiently } from './patience.ts'
import { isPassing, isUndone } from './postgres-failure.ts'
import { asOne, NOTHING_TOUCHED } from './postgres-statement.ts'
import { AnswerLost, type DatabaseLoad, NothingTouched, type Sql, type SqlValue, type Statement } from './sql.ts'
import { StorageFailed } from './storage-failed.ts'

/** A database on a server, behind a pool of connections that send without waiting. What fails in passing is done again, for as long as the patience lasts, in milliseconds. */
export class PostgresDatabase implements Sql, Schema {
  readonly #pool: Pool
  readonly #patience: number
  readonly #names = new Map<string, string>()

  constructor(pool: Pool, patience: number) {
    this.#pool = pool
    this.#patience = patience
  }

  async rows<T>(text: string, ...parameters: readonly SqlValue[]): Promise<T[]> {
    const { rows } = await this.#patiently(() => this.#pool.query(this.#prepared({ text, parameters })))
    return rows
  }

  async commit(statements: readonly Statement[]): Promise<void> {
    if (statements.length > 0) await this.#patiently(() => this.#lent((client) => this.#write(client, statements)))
  }

  load(): DatabaseLoad {
    const { totalCount: connections, idleCount, waitingCount: waiting } = this.#pool
    return { connections, busy: connections - idleCount, waiting }
  }

  close(): Promise<void> {
    return this.#pool.end()
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
      client.release(!(error instanceof NothingTouched))
      throw error
    }
  }

  /** In one go where that can be; else all statements go out at once, and the end behind their answers. */
  #write(client: PoolClient, statements: readonly Statement[]): Promise<void> {
    const [only] = statements
    if (only && statements.length === 1) return this.#writeOnly(client, only)
    const one = asOne(statements)
    return one ? this.#writeTogether(client, one, statements) : this.#writeInTurn(client, statements)
  }

  async #writeOnly(client: PoolClient, only: Statement): Promise<void> {
    const { rowCount } = await client.query(this.#prepared(only)).catch(doubtful([only]))
    if (only.must && rowCount === 0) throw new NothingTouched(only.text)
  }

  async #writeTogether(client: PoolClient, one: Statement, statements: readonly Statement[]): Promise<void> {
    try {
      await client.query(this.#prepared(one))
    } catch (error) {
      if (codeOf(error) === NOTHING_TOUCHED) throw new NothingTouched(one.text)
      doubtful(statements)(error)
    }
  }

  async #writeInTurn(client: PoolClient, statements: readonly Statement[]): Promise<void> {
    const sent = statements.map((statement) => this.#prepared(statement))
    const [, ...outcomes] = await Promise.allSettled([
      client.query('begin'),
      ...sent.map((query) => client.query(query)),
    ])
    const untouched = statements.find(({ must }, index) => must && touchesNone(outcomes[index]))
    if (untouched) {
      await client.query('rollback')
      throw new NothingTouched(untouched.text) // whatever has failed behind it, such as a key that refers to nothing
    }
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    await client.query('commit').catch(doubtful(statements))
  }

  /** The server keeps the plan of each text, by a name of its own. */
  #prepared({ text, parameters }: Statement): QueryConfig {
    return { name: this.#nameOf(text), text, values: [...parameters] }
  }

  #nameOf(text: string): string {
    const known = this.#names.get(text)
    if (known !== undefined) return known
    const name = createHash('sha256').update(text).digest('base64url')
    this.#names.set(text, name)
    return name
  }
}

/** Where several addresses were tried, the failure says nothing itself. */
function messageOf(error: unknown): string | undefined {
  return (error instanceof Error && error.message) || codeOf(error)
}

function touchesNone(outcome: PromiseSettledResult<QueryResult> | undefined): boolean {
  return outcome?.status === 'fulfilled' && outcome.value.rowCount === 0
}

/** What does not matter to be done twice is simply done again. */
function doubtful(statements: readonly Statement[]): (error: unknown) => never {
  return (error) => {
    throw isUndone(error) || !statements.some(({ must }) => must) ? error : new AnswerLost(error)
  }
}

const UNDEFINED_TABLE = '42P01'

/** The advisory lock under which tables are changed: any number that nobody else takes. */
const MIGRATING = 7_728_365
