import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import Database from 'better-sqlite3'
import { kept } from './kept.ts'

/** A hold on a database file that no other process has. */
export interface Claim {
  release(): void
}

/**
 * Holds a database file for this process until it lets go or is gone, however it went: two servers on one file would
 * both do what a third one left undone. Throws `HeldElsewhere` when another process holds it after the patience, in milliseconds.
 */
export function claim(path: string, patience: number): Claim {
  if (path === ':memory:') return { release: () => undefined }
  const file = kept(new Database(`${path}-claim`, { timeout: patience }))
  try {
    file.exec('begin exclusive') // a lock of the operating system, which goes with the process
    nameHolder(path)
  } catch (error) {
    file.close()
    throw isBusy(error) ? new HeldElsewhere(holderOf(path)) : error
  }
  return {
    release() {
      rmSync(holderFile(path), { force: true })
      file.close()
    },
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')
}

/** It says who holds the database, and holds nothing itself: one that a killed process has left is in nobody's way. */
function holderFile(path: string): string {
  return `${path}-holder`
}

function nameHolder(path: string): void {
  try {
    writeFileSync(holderFile(path), `process ${process.pid} on ${hostname()}`)
  } catch {
    // a folder that cannot be written is told of by the database itself
  }
}

function holderOf(path: string): string {
  try {
    return readFileSync(holderFile(path), 'utf8')
  } catch {
    return 'it has not said which' // it is just about to
  }
}

/** Thrown where another process has the database; the message goes on from "the database … ". */
export class HeldElsewhere extends Error {
  override readonly name = 'HeldElsewhere'

  constructor(holder: string) {
    super(`is locked by another process (${holder}): stop that one, or choose another DATABASE_URL`)
  }
}
