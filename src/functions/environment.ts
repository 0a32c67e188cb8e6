import { readFileSync } from 'node:fs'
import { envEntries } from '../env-entries.ts'

/** The entries of an `.env` file that functions may see: all but those that are the server's own secrets. None where there is no file. */
export function environmentOf(file: string, secret: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(envEntries(textOf(file)).filter(([name]) => !secret.has(name)))
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // a project needs no .env
  }
}
