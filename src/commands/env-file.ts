import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Adds what the `.env` file of a folder says to the environment, where that says nothing. */
export function loadEnvFile(folder: string): void {
  const file = join(resolve(folder), '.env')
  if (existsSync(file)) process.loadEnvFile(file)
}
