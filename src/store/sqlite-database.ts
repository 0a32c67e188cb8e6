import type Database from 'better-sqlite3'
import { Gathered, type Waiting } from './gathered.ts'
import { kept } from './kept.ts'
import type { Schema } from './migrate.ts'
import { type DatabaseLoad, NothingTouched, type Sql, type SqlValue, type Statement } from './sql.ts'
import { sqliteFailure } from './sqlite-reason.ts'
import { StorageFailed } from './storage-failed.ts'

/** A database in one file. The commits that wait at the same moment share one transaction and one fsync. */
export class SqliteDatabase implements Sql, Schema {
  readonly #database: Database.Database
  readonly #statements = new Map<string, Prepared>()
  readonly #transaction: Database.Transaction<(commits: readonly Commit[]) => void>
  readonly #commits = new Gathered<readonly Statement[], void>(() => this.#flush())
  #transactions = 0

  constructor(database: Database.Database) {
    this.#database = database
    this.#transaction = database.transaction((commits) => {
      for (const { wish } of commits) for (const one of wish) this.#apply(one)
    })
  }

  /** How many transactions were written; fewer than commits when some shared one. */
  get transactions(): number {
    return this.#transactions
  }

  async rows<T>(text: string, ...parameters: readonly SqlValue[]): Promise<T[]> {
    try {
      return this.#all(text, parameters) as T[] // who writes the text knows its columns
    } catch (error) {
      throw sqliteFailure(error)
    }
  }

  commit(statements: readonly Statement[]): Promise<void> {
    return this.#commits.ask(statements)
  }

  /** One connection, at work only while nothing else here is; what waits is committed together. */
  load(): DatabaseLoad {
    return { connections: 1, busy: 0, waiting: this.#commits.size }
  }

  async close(): Promise<void> {
    this.#flush()
    this.#database.close()
  }

  async schemaVersion(): Promise<number> {
    return this.#schemaVersion()
  }

  async raiseSchema(text: string, version: number): Promise<void> {
    const raise = this.#database.transaction(() => {
      if (this.#schemaVersion() >= version) return // another process was first
      this.#database.exec(text)
      this.#database.exec(`pragma user_version = ${version}`)
    })
    raise.immediate()
  }

  #schemaVersion(): number {
    const [row] = this.#all('pragma user_version', []) as { user_version: number }[] // the pragma's own column
    return row?.user_version ?? 0
  }

  #flush(): void {
    const commits = this.#commits.take()
    if (commits.length > 0) this.#write(commits)
  }

  /** Nobody is told before it is on the disk. One that cannot be done undoes all of them: then each is tried apart, unless the database itself is in the way. */
  #write(commits: readonly Commit[]): void {
    try {
      this.#transaction.immediate(commits)
    } catch (error) {
      const failure = sqliteFailure(error)
      const isOfAll = commits.length === 1 || failure instanceof StorageFailed
      for (const commit of commits) isOfAll ? commit.reject(failure) : this.#write([commit])
      return
    }
    this.#transactions += 1
    for (const { resolve } of commits) resolve()
  }

  #apply({ text, parameters, must }: Statement): void {
    const touched = this.#run(text, parameters)
    if (must && touched === 0) throw new NothingTouched(text)
  }

  #run(text: string, parameters: readonly SqlValue[]): number {
    const { statement, places } = this.#prepare(text)
    if (statement.reader) return this.#all(text, parameters).length
    return statement.run(...inPlaces(places, parameters)).changes
  }

  #all(text: string, parameters: readonly SqlValue[]): unknown[] {
    const { statement, places } = this.#prepare(text)
    return statement.all(...inPlaces(places, parameters))
  }

  #prepare(text: string): Prepared {
    const known = this.#statements.get(text)
    if (known) return known
    const statement = kept(this.#database.prepare(text.replaceAll(PARAMETER, '?')))
    const places = [...text.matchAll(PARAMETER)].map(([, number]) => Number(number) - 1)
    const prepared = { statement, places }
    this.#statements.set(text, prepared)
    return prepared
  }
}

/** SQLite takes `$1` for a name, and finding parameters by name costs more than giving them by place. */
interface Prepared {
  readonly statement: Database.Statement
  /** Which parameter stands where; one may stand twice. */
  readonly places: readonly number[]
}

const PARAMETER = /\$(\d+)/g

function inPlaces(places: readonly number[], parameters: readonly SqlValue[]): readonly (SqlValue | undefined)[] {
  return places.map((place) => parameters[place])
}

type Commit = Waiting<readonly Statement[], void>
