import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Config } from '../../config.ts'
import { openSqlite } from '../../store/sqlite.ts'
import { UnusableDatabase } from '../../store/unusable-database.ts'
import { type Finding, failure, ok, warning } from './finding.ts'

/** Whether the database can be written; one that is not there yet is not made. */
export async function database({ DATABASE_URL }: Config): Promise<readonly Finding[]> {
  if (!DATABASE_URL.startsWith('sqlite:')) return [await onServer(DATABASE_URL)]
  const path = DATABASE_URL.slice('sqlite:'.length)
  if (path === ':memory:') return [warning('database: in memory, gone with the process', 'set DATABASE_URL')]
  return [existsSync(path) ? await existing(path) : missing(path)]
}

/** Looks only: tables are changed by the start. */
async function onServer(url: string): Promise<Finding> {
  try {
    const { openPostgres } = await import('../../store/postgres.ts')
    const database = await openPostgres(url, { connections: 1, patience: PATIENCE_MS })
    const version = await database.schemaVersion().finally(() => database.close())
    return ok(`database: ${new URL(url).host} answers (schema version ${version})`)
  } catch (error) {
    return failure(
      `database: ${error instanceof Error ? error.message : String(error)}`,
      'mend it, or set DATABASE_URL',
    )
  }
}

async function existing(path: string): Promise<Finding> {
  try {
    const database = openSqlite(path, PATIENCE_MS)
    await database.commit([]) // takes the lock of a writer
    const version = await database.schemaVersion()
    await database.close()
    return ok(`database: ${path} can be written (schema version ${version}, ${megabytes(path)} MB)`)
  } catch (error) {
    const text = error instanceof UnusableDatabase ? error.message : `the database ${path}: ${String(error)}`
    return failure(text, 'mend it, or set DATABASE_URL to another file')
  }
}

const PATIENCE_MS = 2_000

function megabytes(path: string): string {
  return (statSync(path).size / 1024 ** 2).toFixed(1)
}

function missing(path: string): Finding {
  const folder = nearest(dirname(path))
  try {
    accessSync(`${folder}/`, constants.W_OK) // refused where it is a file
    return ok(`database: ${path} will be made at the first start`)
  } catch {
    return failure(`database: ${path} cannot be made, ${folder} cannot be written`, 'change its owner, or DATABASE_URL')
  }
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder))
}
