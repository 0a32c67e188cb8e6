import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/** The entries of an `.env` file that functions may see: all but those that are the server's own secrets. None where there is no file. */
export function environmentOf(file: string, secret: ReadonlySet<string>): Record<string, string> {
  const entries = Object.entries(parseEnv(textOf(file)))
  return Object.fromEntries(entries.flatMap(([name, value = '']) => (secret.has(name) ? [] : [[name, value]])))
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // a project needs no .env
  }
}
