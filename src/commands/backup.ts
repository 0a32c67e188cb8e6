import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { copyDatabase } from '../store/copy-database.ts'
import { settingsOf } from './settings.ts'

/** Writes a copy of the database of a folder to a new file, be its server running or not, and says how large it is. */
export function backup(file: string, folder: string): void {
  const { DATABASE_URL } = settingsOf(folder)
  if (!DATABASE_URL.startsWith('sqlite:'))
    throw new InvalidArgumentError('DATABASE_URL is on a server, which has backups of its own, such as pg_dump')
  const target = resolve(file)
  copyDatabase(DATABASE_URL.slice('sqlite:'.length), target)
  process.stdout.write(`${target}: ${statSync(target).size} bytes\n`)
}
