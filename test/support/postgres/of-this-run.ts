import { inject } from 'vitest'

/** The URL of the PostgreSQL of this run; nothing, and a loud word, where none can be had. */
export async function postgresUrl(): Promise<string | undefined> {
  const answer = await fetch(inject('postgresAt'))
  const text = await answer.text()
  if (answer.ok) return text
  process.stderr.write(`\nSKIPPED: everything on PostgreSQL, for no server can be started here: ${text}\n\n`)
  return undefined
}
