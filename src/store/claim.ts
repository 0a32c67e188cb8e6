import Database from 'better-sqlite3'
import { kept } from './kept.ts'

/** A hold on a database file that no other process has. */
export interface Claim {
  release(): void
}

/**
 * Holds a database file for this process until it lets go or is gone, however it went: two servers on one file would
 * both do what a third one left undone. Throws `SQLITE_BUSY` when another process holds it after the patience, in milliseconds.
 */
export function claim(path: string, patience: number): Claim {
  if (path === ':memory:') return { release: () => undefined }
  const file = kept(new Database(`${path}-claim`, { timeout: patience }))
  try {
    file.exec('begin exclusive') // a lock of the operating system, which goes with the process
    return { release: () => void file.close() }
  } catch (error) {
    file.close()
    throw error
  }
}
