import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { envEntries } from '../env-entries.ts'
import { whyUnreadable } from '../unreadable.ts'

/** Adds what the `.env` file of a folder says to the environment, where that says nothing. */
export function loadEnvFile(folder: string): void {
  const file = join(resolve(folder), '.env')
  if (!existsSync(file)) return
  for (const [name, value] of envEntries(textOf(file))) process.env[name] ??= value
}

/** Node's own way of loading it says of every file that it is not there. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new InvalidArgumentError(`${file} cannot be read: ${whyUnreadable(error)}`)
  }
}
