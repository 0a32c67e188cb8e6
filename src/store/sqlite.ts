import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { claim, HeldElsewhere } from './claim.ts'
import { kept } from './kept.ts'
import { migrate, type Tables } from './migrate.ts'
import { sqlStore } from './sql-store.ts'
import { SqliteDatabase } from './sqlite-database.ts'
import { sqliteReason } from './sqlite-reason.ts'
import { StorageFailed } from './storage-failed.ts'
import type { Store } from './store.ts'
import { UnusableDatabase } from './unusable-database.ts'

/** Opens the store in a database file or in `:memory:`; throws as `sqliteTables` does. */
export async function sqliteStore(path: string, patience = PATIENCE): Promise<Store> {
  const tables = await sqliteTables(path, patience)
  return { ...sqlStore(tables.database), close: tables.close }
}

/** Opens a database file, held for this process alone, or `:memory:`, and brings its tables up to date; throws `UnusableDatabase` or `NewerDatabase`. */
export async function sqliteTables(path: string, patience = PATIENCE): Promise<Tables> {
  const database = openSqlite(path, patience)
  try {
    const held = claim(path, patience)
    await migrate(database)
    await database.rows(`pragma busy_timeout = ${Math.min(patience, PATIENCE_AT_WORK)}`)
    await sqlStore(database).checkWritable()
    return { database, close: () => database.close().finally(held.release) }
  } catch (error) {
    await database.close()
    if (error instanceof StorageFailed) throw unusable(path, error.cause)
    const isOfFile = error instanceof Database.SqliteError || error instanceof HeldElsewhere
    throw isOfFile ? unusable(path, error) : error
  }
}

/** How long another process that writes is waited for at the start, in milliseconds. */
const PATIENCE = 5_000

/** The same later on: the whole process stands still meanwhile. */
const PATIENCE_AT_WORK = 250

/** Opens a database file, made with its folder when missing, or `:memory:`; throws `UnusableDatabase`. */
export function openSqlite(path: string, patience = PATIENCE): SqliteDatabase {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
    return new SqliteDatabase(connect(path, patience))
  } catch (error) {
    throw unusable(path, error)
  }
}

function connect(path: string, timeout: number): Database.Database {
  const database = kept(new Database(path, { timeout }))
  try {
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = full') // what was answered survives a power cut
    database.exec('pragma foreign_keys = on')
    database.exec(`pragma journal_size_limit = ${LARGEST_LOG}`)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** Says of a database file which it is and why it cannot be used. */
export function unusable(path: string, cause: unknown): UnusableDatabase {
  return new UnusableDatabase(path, reasonOf(cause), cause)
}

/** Bytes of the write-ahead log that stay on the disk once they are in the database: it is larger only while somebody reads for long, as a backup does. */
const LARGEST_LOG = 8 * 1024 * 1024

function reasonOf(error: unknown): string {
  if (error instanceof HeldElsewhere) return error.message
  return sqliteReason(error) ?? `cannot be opened: ${error instanceof Error ? error.message : String(error)}`
}
