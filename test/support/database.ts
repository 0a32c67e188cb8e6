import { newDatabase } from './postgres/databases.ts'
import { postgresUrl } from './postgres/of-this-run.ts'

/** A database that holds nothing: in memory, or with `TEST_DATABASE=postgres` on a real server, where everything has to be the same. */
export async function emptyDatabase(): Promise<string> {
  const server = process.env.TEST_DATABASE === 'postgres' ? await postgresUrl() : undefined
  return server === undefined ? 'sqlite::memory:' : newDatabase(server)
}
