import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OWN_PACKAGE } from '../own-package.ts'
import type { Sql } from './sql.ts'

/** A database whose tables have a version: the number of the last migration it has had, 0 when it is new. */
export interface Schema {
  schemaVersion(): Promise<number>
  /** Runs a migration and sets the version, both or neither; does nothing when the database has that version already. */
  raiseSchema(text: string, version: number): Promise<void>
}

/** A database whose tables are up to date, and the way to let it go. */
export interface Tables {
  readonly database: Sql
  close(): Promise<void>
}

/** Brings a database to the version of this code by the files `NNNN-name.sql`; throws `NewerDatabase`. */
export async function migrate(database: Schema, folder: string = MIGRATIONS): Promise<void> {
  const migrations = migrationsIn(folder)
  const latest = migrations.at(-1)?.version ?? 0
  const version = await database.schemaVersion()
  if (version > latest) throw new NewerDatabase(version, latest)
  for (const migration of migrations) {
    if (migration.version > version) await database.raiseSchema(readFileSync(migration.file, 'utf8'), migration.version)
  }
}

const MIGRATIONS = fileURLToPath(new URL('migrations/', OWN_PACKAGE))

interface Migration {
  readonly version: number
  readonly file: string
}

function migrationsIn(folder: string): readonly Migration[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}-.+\.sql$/.test(name))
  const migrations = names.sort().map((name) => ({ version: Number(name.slice(0, 4)), file: join(folder, name) }))
  const misnumbered = migrations.find(({ version }, index) => version !== index + 1)
  if (misnumbered)
    throw new Error(`migrations are numbered from 0001 without gaps; ${misnumbered.file} is out of place`)
  return migrations
}

/** Thrown when the database was written by a newer version of the program. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase'

  constructor(found: number, known: number) {
    super(
      `the database has schema version ${found}, and this program knows versions up to ${known}: run the newer program or put back a backup`,
    )
  }
}
