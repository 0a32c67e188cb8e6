import type { ClientBase, PoolConfig } from 'pg'
import { codeOf } from '../error-code.ts'
import { migrate, type Tables } from './migrate.ts'
import { PostgresDatabase } from './postgres-database.ts'
import { PostgresNews } from './postgres-news.ts'
import { sqlCensus } from './sql-fellows.ts'
import { newInstance, sqlStore } from './sql-store.ts'
import { StorageFailed } from './storage-failed.ts'
import type { Store } from './store.ts'
import { UnusableDatabase } from './unusable-database.ts'

/** Opens the store in a database of a PostgreSQL server; throws as `postgresTables` does. */
export async function postgresStore(url: string, connections = CONNECTIONS): Promise<Store> {
  const { database, close } = await postgresTables(url, connections)
  const { Client } = await driver(url)
  const self = newInstance()
  const news = new PostgresNews(database, self, () => new Client({ connectionString: url, ...ON_ITS_OWN }))
  return {
    ...sqlStore(database, self),
    fellows: { ...sqlCensus(database, self), tell: (said) => news.tell(said), listen: (ear) => news.listen(ear) },
    close: () => news.close().finally(close),
  }
}

/** Opens a database of a PostgreSQL server and brings its tables up to date; throws `UnusableDatabase` or `NewerDatabase`. */
export async function postgresTables(url: string, connections = CONNECTIONS): Promise<Tables> {
  const opening = await openPostgres(url, { connections: 1, patience: START_PATIENCE })
  try {
    await migrate(opening)
  } catch (error) {
    throw unusable(url, error)
  } finally {
    await opening.close()
  }
  const database = await openPostgres(url, { connections, patience: PATIENCE, answerWithin: ANSWER_WITHIN })
  return { database, close: () => database.close() }
}

/** How a server is dealt with; times in milliseconds. */
export interface PostgresManner {
  /** How many are opened at most. */
  readonly connections: number
  /** How long a server that is away is waited for. */
  readonly patience: number
  /** After which time without an answer a connection counts as broken; never, while tables are changed. */
  readonly answerWithin?: number
}

/** The database of a URL, which is connected to when it is asked for something; throws `UnusableDatabase` where `pg` is not installed. */
export async function openPostgres(url: string, manner: PostgresManner): Promise<PostgresDatabase> {
  const { Pool, types } = await driver(url)
  const settings: PoolConfig = {
    connectionString: url,
    max: manner.connections,
    pipeline: true,
    keepAlive: true,
    application_name: 'trunkline',
    connectionTimeoutMillis: CONNECT_WITHIN,
    ...(manner.answerWithin !== undefined && { query_timeout: manner.answerWithin }),
    onConnect,
    types: {
      getTypeParser: (oid, format) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)),
    },
  }
  const pool = new Pool(settings)
  pool.on('error', () => undefined) // of a connection that rests: whoever asks next gets another one
  return new PostgresDatabase(pool, manner.patience)
}

/** A connection that breaks is told of by what was asked on it, or by nobody who needs to know. */
async function onConnect(client: ClientBase): Promise<void> {
  client.on('error', () => undefined)
  await client.query(LET_GO)
}

/** The one connection on which news come. */
const ON_ITS_OWN = { application_name: 'trunkline news', keepAlive: true, query_timeout: 5_000 } as const

const CONNECTIONS = 10
const CONNECT_WITHIN = 5_000
const ANSWER_WITHIN = 10_000
/** Longer than a server of a cluster takes to take over from another one. */
const PATIENCE = 30_000
const START_PATIENCE = 10_000
/** Whoever fell silent in the middle of a transaction holds up nobody for longer. */
const LET_GO = "set idle_in_transaction_session_timeout = '10s'"

async function driver(url: string) {
  try {
    return (await import('pg')).default
  } catch (error) {
    throw new UnusableDatabase(
      withoutPassword(url),
      'needs the package pg, which is not installed: npm install pg',
      error,
    )
  }
}

function withoutPassword(url: string): string {
  const shown = new URL(url)
  shown.password = ''
  return shown.href
}

function unusable(url: string, error: unknown): unknown {
  const database = withoutPassword(url)
  if (error instanceof StorageFailed)
    return new UnusableDatabase(database, error.message.replace(/^the database /, ''), error)
  if (!(error instanceof Error) || !REFUSED.test(codeOf(error) ?? '')) return error
  return new UnusableDatabase(database, `cannot be used: ${error.message}`, error)
}

/** What an account, a database or a privilege is wrong for. */
const REFUSED = /^(28|3D|3F|42501)/
