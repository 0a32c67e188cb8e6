import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { claim } from './claim.ts'
import { kept } from './kept.ts'
import { migrate, type Tables } from './migrate.ts'
import { sqlStore } from './sql-store.ts'
import { SqliteDatabase } from './sqlite-database.ts'
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
    return { database, close: () => database.close().finally(held.release) }
  } catch (error) {
    await database.close()
    throw error instanceof Database.SqliteError ? unusable(path, error) : error
  }
}

/** How long another process that writes is waited for, in milliseconds. The whole process stands still meanwhile. */
const PATIENCE = 5_000

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
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function unusable(path: string, cause: unknown): UnusableDatabase {
  return new UnusableDatabase(path, reasonOf(cause), cause)
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Database.SqliteError ? error.code : ''
  const reason = REASONS.find(([prefix]) => code.startsWith(prefix))?.[1]
  return reason ? `${reason} (${code})` : `cannot be opened: ${message}`
}

/** SQLite's result codes, extended ones included, by how they begin. */
const REASONS: readonly (readonly [prefix: string, reason: string])[] = [
  ['SQLITE_NOTADB', 'is not a SQLite database; move the file away or choose another path'],
  ['SQLITE_CORRUPT', 'is damaged; put back a backup'],
  ['SQLITE_BUSY', 'is locked by another process'],
  ['SQLITE_LOCKED', 'is locked by another process'],
  ['SQLITE_READONLY', 'cannot be written; check who owns the file and its folder'],
  ['SQLITE_CANTOPEN', 'cannot be opened; check that it is a file and that it and its folder can be read and written'],
]
