import Database from 'better-sqlite3'
import { StorageFailed } from './storage-failed.ts'

/** Why a database cannot be used, going on from "the database … "; nothing where the error says something else. */
export function sqliteReason(error: unknown): string | undefined {
  const code = error instanceof Database.SqliteError ? error.code : ''
  const reason = REASONS.find(([prefix]) => code.startsWith(prefix))?.[1]
  return reason && `${reason} (${code})`
}

/** The same error; as `StorageFailed` where it is the file, its disk or another process that is in the way. */
export function sqliteFailure(error: unknown): unknown {
  const reason = sqliteReason(error)
  return reason === undefined ? error : new StorageFailed(reason, error)
}

/** SQLite's result codes, extended ones included, by how they begin. */
const REASONS: readonly (readonly [prefix: string, reason: string])[] = [
  ['SQLITE_NOTADB', 'is not a SQLite database; move the file away or choose another path'],
  ['SQLITE_CORRUPT', 'is damaged; put back a backup'],
  ['SQLITE_BUSY', 'is locked by another process'],
  ['SQLITE_LOCKED', 'is locked by another process'],
  ['SQLITE_READONLY', 'cannot be written; check who owns the file and its folder'],
  ['SQLITE_CANTOPEN', 'cannot be opened; check that it is a file and that it and its folder can be read and written'],
  ['SQLITE_FULL', 'cannot grow; make room on its disk'],
  ['SQLITE_IOERR', 'cannot be read or written; check its disk, and whether that is full'],
]
