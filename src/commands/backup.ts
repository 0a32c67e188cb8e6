import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { copyDatabase } from '../store/copy-database.ts'
import { settingsOf } from './settings.ts'

/** Writes a copy of the database of a folder to a new file, be its server running or not, and says how large it is. */
export function backup(file: string, folder: string): void {
  const { DATABASE_URL } = settingsOf(folder)
  const target = resolve(file)
  copyDatabase(DATABASE_URL.slice('sqlite:'.length), target)
  process.stdout.write(`${target}: ${statSync(target).size} bytes\n`)
}
