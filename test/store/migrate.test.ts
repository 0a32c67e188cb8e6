import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { migrate, NewerDatabase } from '../../src/store/migrate.ts'
import { statement } from '../../src/store/sql.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import type { SqliteDatabase } from '../../src/store/sqlite-database.ts'

test('migrations run in order, each once', async () => {
  const database = opened()
  const folder = folderOf({
    '0002-b.sql': 'insert into log values (2);',
    '0001-a.sql': 'create table log (n integer); insert into log values (1);',
  })
  await migrate(database, folder)
  await migrate(database, folder)
  expect(await database.rows('select n from log')).toEqual([{ n: 1 }, { n: 2 }])
  expect(await database.schemaVersion()).toBe(2)
})

test('a migration that fails leaves nothing of itself and keeps the ones before', async () => {
  const database = opened()
  const folder = folderOf({
    '0001-a.sql': 'create table a (n integer);',
    '0002-b.sql': 'create table b (n integer); create nonsense;',
  })
  await expect(migrate(database, folder)).rejects.toThrow('nonsense')
  expect(await database.schemaVersion()).toBe(1)
  expect(await database.rows("select name from sqlite_master where type = 'table'")).toEqual([{ name: 'a' }])
})

test('a database that a newer program wrote is refused', async () => {
  const database = opened()
  await migrate(database, folderOf({ '0001-a.sql': 'select 1;', '0002-b.sql': 'select 1;' }))
  const refused = migrate(database, folderOf({ '0001-a.sql': 'select 1;' }))
  await expect(refused).rejects.toThrow(NewerDatabase)
  await expect(refused).rejects.toThrow('has schema version 2, and this program knows versions up to 1')
})

test('two processes that start at once run each migration once', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'trunkline.db')
  const folder = folderOf({ '0001-a.sql': 'create table a (n integer);' })
  await Promise.all([migrate(opened(file), folder), migrate(opened(file), folder)])
})

test('a gap in the numbers is a mistake', async () => {
  const folder = folderOf({ '0001-a.sql': 'select 1;', '0003-c.sql': 'select 1;' })
  await expect(migrate(opened(), folder)).rejects.toThrow('0003-c.sql is out of place')
})

test('files that are no migrations are left alone', async () => {
  const database = opened()
  await migrate(database, folderOf({ '0001-a.sql': 'select 1;', 'README.md': 'x', '0001-a.sql.orig': 'x' }))
  expect(await database.schemaVersion()).toBe(1)
})

test('steps that were found by their execution are found by their time, each in its walk', async () => {
  const database = opened()
  await migrate(database, folderOf(migrationsUpTo(16)))
  for (const sid of ['FN1', 'FN2'])
    await database.commit([
      statement(
        `insert into executions (sid, flow_sid, channel, contact, address, status, version, document, created_at, updated_at)
         values ($1, 'FW1', 'request', $1, '', 'ended', 1, '{}', 1, 9)`,
        sid,
      ),
      ...[5, 5, 7, 6].map((at, position) => statement(STEP_AS_BEFORE, sid, position, `FT${position}${sid}`, at)),
    ])

  await migrate(database)

  const store = sqlStore(database)
  for (const sid of ['FN1', 'FN2']) {
    const steps = await store.steps(sid)
    expect(steps.map((step) => [step.sid, step.date])).toEqual([5, 5, 7, 6].map((at, n) => [`FT${n}${sid}`, at]))
  }
  expect(await store.transitionCounts('FW1', {})).toMatchObject([{ count: 8, executions: 2 }])
  const late = database.commit([statement(STEP_AS_BEFORE, 'FN1', 4, 'FT4', 8)]) // by a process that has not been stopped
  await expect(late).rejects.toThrow('previous_at')
})

const STEP_AS_BEFORE = `insert into steps (execution_sid, position, sid, flow_sid, name, type, transitioned_from, transitioned_to, changes, created_at)
  values ($1, $2, $3, 'FW1', 'next', 'set-variables', 'a', 'b', '{"output":{}}', $4)`

function opened(path = ':memory:'): SqliteDatabase {
  const database = openSqlite(path)
  onTestFinished(() => database.close())
  return database
}

/** The text of each of our own, up to a version. */
function migrationsUpTo(version: number): Readonly<Record<string, string>> {
  const folder = fileURLToPath(new URL('../../migrations/', import.meta.url))
  const names = readdirSync(folder).filter((name) => Number(name.slice(0, 4)) <= version)
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-migrations-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
