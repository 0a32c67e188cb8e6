import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from '../support/process.ts'
import { projectFolder } from '../support/project.ts'
import { folderOf } from '../support/server.ts'

test.each([
  ['a wrong setting', { PORT: 'http' }, 'PORT is "http"'],
  ['an address that others reach, without credentials', { HOST: '0.0.0.0' }, 'HOST is 0.0.0.0'],
  ['a database that is none', { DATABASE_URL: `sqlite:${process.cwd()}/README.md` }, 'is not a SQLite database'],
])('%s stops the start with a message that a user can act on', (_what, settings, message) => {
  const { status, stderr } = started(folderOf({}), settings)
  expect(stderr).toContain(message)
  expect(stderr).not.toContain('    at ')
  expect(status).toBe(1)
})

test('a folder that there is not, such as a command that was mistyped, is told', () => {
  const { status, stderr } = started('simulat', {})
  expect(stderr).toBe('there is no folder simulat, and no command of that name\n')
  expect(status).toBe(1)
})

test('a port that is taken is named', async () => {
  const server = await run(folderOf({}))
  const { status, stderr } = started(folderOf({}), { PORT: new URL(server.origin).port })
  expect(stderr).toMatch(/EADDRINUSE.*set PORT to another one/)
  expect(status).toBe(1)
})

test('a second server on one database is refused', async () => {
  const folder = folderOf({})
  await run(folder)
  const { status, stderr } = started(folder, {})
  expect(stderr).toContain(`the database "${join(folder, 'data/trunkline.db')}" is locked by another process`)
  expect(status).toBe(1)
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

/** A start that comes to nothing. */
function started(folder: string, settings: Record<string, string>) {
  const { PATH = '' } = process.env
  return spawnSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve', folder], {
    env: { PATH, PORT: '0', LOG_PRETTY: 'off', ...settings },
    encoding: 'utf8',
    timeout: 30_000,
  })
}
