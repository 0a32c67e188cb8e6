import { accessSync, closeSync, constants, existsSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { kept } from './kept.ts'
import { unusable } from './sqlite.ts'

/** Writes the database in a file as it is at this moment to a new file, compact, while others go on writing to it. Throws `CopyRefused`, or `UnusableDatabase`. */
export function copyDatabase(path: string, target: string): void {
  if (!existsSync(path)) throw new CopyRefused(`there is no database ${JSON.stringify(path)}`)
  if (existsSync(target)) throw taken(target)
  demandPlaceFor(target)
  const part = `${target}.part` // what is broken off is no copy
  rmSync(part, { force: true })
  try {
    vacuumInto(path, part)
    onDisk(part)
    put(part, target)
  } finally {
    rmSync(part, { force: true })
  }
}

/** SQLite would say of the database that it cannot be opened. */
function demandPlaceFor(target: string): void {
  try {
    accessSync(`${dirname(target)}/.`, constants.W_OK) // the dot: a file is no place
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CopyRefused(`${JSON.stringify(target)} cannot be opened for writing: ${why}`)
  }
}

function vacuumInto(path: string, part: string): void {
  const database = kept(new Database(path, { fileMustExist: true }))
  try {
    kept(database.prepare('vacuum into ?')).run(part) // a read transaction: nobody is held up
  } catch (error) {
    throw unusable(path, error)
  } finally {
    database.close()
  }
}

function onDisk(file: string): void {
  const descriptor = openSync(file, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

/** Another name for the same file, unless there is one of that name: nothing can come in between. */
function put(part: string, target: string): void {
  try {
    linkSync(part, target)
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw exists ? taken(target) : error
  }
}

function taken(target: string): CopyRefused {
  return new CopyRefused(`${JSON.stringify(target)} exists, and is not overwritten`)
}

/** Thrown where nothing is copied; the message says why. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused'
}
