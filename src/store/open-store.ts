import type { Store } from './store.ts'

/** Opens the store of a `DATABASE_URL`: in a file (`sqlite:PATH`), or on a server (`postgres://…`) by so many connections at most; throws `UnusableDatabase` or `NewerDatabase`. */
export async function openStore(url: string, connections: number): Promise<Store> {
  if (url.startsWith('sqlite:')) return (await import('./sqlite.ts')).sqliteStore(url.slice('sqlite:'.length))
  return (await import('./postgres.ts')).postgresStore(url, connections)
}
