import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sqliteStore } from '../../src/store/sqlite.ts'
import { run } from '../support/process.ts'
import { projectFolder } from '../support/project.ts'
import { folderOf } from '../support/server.ts'

test.each<[string, Record<string, string>, string | RegExp]>([
  ['a wrong setting', { PORT: 'http' }, 'PORT is "http"'],
  ['an address that others reach, without credentials', { HOST: '0.0.0.0' }, 'HOST is 0.0.0.0'],
  [
    'an address of another machine',
    { HOST: '192.0.2.1', TWILIO_AUTH_TOKEN: 'token' },
    /EADDRNOTAVAIL.*192\.0\.2\.1.*: set HOST to/,
  ],
  ['a database that is none', { DATABASE_URL: `sqlite:${process.cwd()}/README.md` }, 'is not a SQLite database'],
])('%s stops the start with a message that a user can act on', (_what, settings, message) => {
  const { status, stderr } = started(folderOf({}), settings)
  expect(stderr).toMatch(message)
  expect(stderr).not.toContain('    at ')
  expect(status).toBe(1)
})

test('a folder that there is not, such as a command that was mistyped, is told', () => {
  const { status, stderr } = started('simulat', {})
  expect(stderr).toBe('there is no folder simulat, and no command of that name\n')
  expect(status).toBe(1)
})

test('a .env that cannot be read is told', () => {
  const folder = folderOf({})
  mkdirSync(join(folder, '.env'))
  const { status, stderr } = started(folder, {})
  expect(stderr).toBe(`${join(folder, '.env')} cannot be read: it is a folder\n`)
  expect(status).toBe(1)
})

test('the first line of a .env counts, too, where an editor has put a byte order mark before it', () => {
  const folder = folderOf({})
  writeFileSync(join(folder, '.env'), '\uFEFFLOG_LEVEL=loud\r\n')
  expect(started(folder, {}).stderr).toContain('LOG_LEVEL is "loud"')
})

test('a port that is taken is named', async () => {
  const server = await run(folderOf({}))
  const { status, stderr } = started(folderOf({}), { PORT: new URL(server.origin).port })
  expect(stderr).toMatch(/EADDRINUSE.*set PORT to another one/)
  expect(status).toBe(1)
})

test('a second server on one database is refused, and told which one has it; one that was killed is in nobody’s way', async () => {
  const folder = folderOf({})
  const first = await run(folder)
  const { status, stderr } = started(folder, {})
  const path = join(folder, 'data/trunkline.db')
  expect(stderr).toContain(
    `the database "${path}" is locked by another process (process ${first.pid} on ${hostname()})`,
  )
  expect(status).toBe(1)

  await first.stop('SIGKILL')
  await run(folder)
})

test('two files at one path stop the start, and both are named', () => {
  const folder = projectFolder({ 'functions/a.js': '', 'functions/a.protected.js': '' })
  const { status, stderr } = started(folder, {})
  expect(stderr).toBe(`${folder}/functions/a.js and ${folder}/functions/a.protected.js would both be served at /a\n`)
  expect(status).toBe(1)
})

test('the start tells what is served, where, and for whom', async () => {
  const folder = projectFolder({
    'functions/open.js': '',
    'functions/signed.protected.js': '',
    'functions/hidden.private.js': '',
    ...Object.fromEntries(Array.from({ length: 22 }, (_, index) => [`assets/${index}é.mp3`, ''])),
  })
  const { origin, output } = await run(folder)
  await expect.poll(() => output.join('\n')).toContain('TWILIO_AUTH_TOKEN is not set')
  const told = output.join('\n')
  expect(told).toContain(
    [
      '3 functions (1 without an address):',
      `  ${origin}/open`,
      `  ${origin}/signed  (protected: only signed requests)`,
      '',
      '22 assets:',
      `  ${origin}/0%C3%A9.mp3`,
    ].join('\n'),
  )
  expect(told).toContain('  and 2 more')
})

test('the start tells that a token without its account is half of what REST calls need', async () => {
  const { output } = await run(folderOf({}), { TWILIO_AUTH_TOKEN: 'token' })
  await expect.poll(() => output.join('\n')).toContain('PUBLIC_URL is not set')
  expect(output.join('\n')).toContain('! TWILIO_ACCOUNT_SID is not set: ')
})

test('a database that is damaged inside is told at the start', async () => {
  const folder = folderOf({})
  const file = join(folder, 'kept.db')
  await (await sqliteStore(file)).close()
  const bytes = readFileSync(file)
  writeFileSync(file, Buffer.concat([bytes.subarray(0, PAGE), Buffer.alloc(bytes.length - PAGE, 0x2a)]))

  const { status, stderr } = started(folder, { DATABASE_URL: `sqlite:${file}` })

  expect(stderr).toContain('is damaged; put back a backup')
  expect(stderr).not.toContain('    at ')
  expect(status).toBe(1)
})

test('a database that cannot be written is told at the start', async () => {
  const [alive, folder] = [folderOf({}), folderOf({})]
  const store = await sqliteStore(join(alive, 'kept.db'))
  cpSync(alive, folder, { recursive: true }) // with the write-ahead log, as after a crash
  await store.close()
  const file = join(folder, 'kept.db')
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444)
  chmodSync(folder, 0o555)
  const who = process.getuid?.() === 0 ? { uid: NOBODY } : {} // who is root may write everything

  const { status, stderr } = started(folder, { DATABASE_URL: `sqlite:${file}` }, who)

  expect(stderr).toMatch(/the database ".*kept\.db" cannot be written; check who owns the file and its folder/)
  expect(status).toBe(1)
})

/** Bytes of a page of SQLite's; the first one has the tables' names. */
const PAGE = 4096

const NOBODY = 65_534

/** A start that comes to nothing. */
function started(folder: string, settings: Record<string, string>, options: { readonly uid?: number } = {}) {
  const { PATH = '' } = process.env
  return spawnSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve', folder], {
    env: { PATH, PORT: '0', LOG_PRETTY: 'off', ...settings },
    encoding: 'utf8',
    timeout: 30_000,
    ...options,
  })
}
