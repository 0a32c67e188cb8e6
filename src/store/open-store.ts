import type { Tables } from './migrate.ts'
import type { Store } from './store.ts'
import { UnusableDatabase } from './unusable-database.ts'

/** Opens the store of a `DATABASE_URL`: in a file (`sqlite:PATH`), or on a server (`postgres://…`) by so many connections at most; throws `UnusableDatabase` or `NewerDatabase`. */
export async function openStore(url: string, connections: number): Promise<Store> {
  if (url.startsWith(SQLITE)) return (await import('./sqlite.ts')).sqliteStore(url.slice(SQLITE.length))
  return (await import('./postgres.ts')).postgresStore(url, connections)
}

/** Opens the tables of such a database for whoever wants them as they are; throws in the same way. */
export async function openTables(url: string): Promise<Tables> {
  if (url.startsWith(SQLITE)) return (await import('./sqlite.ts')).sqliteTables(url.slice(SQLITE.length))
  if (/^postgres(ql)?:\/\//.test(url)) return (await import('./postgres.ts')).postgresTables(url)
  throw new UnusableDatabase(url.split(':', 1)[0] ?? '', 'is of a kind that is not known: sqlite:PATH, or postgres://…')
}

const SQLITE = 'sqlite:'
