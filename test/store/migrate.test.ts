import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { migrate, NewerDatabase } from '../../src/store/migrate.ts'
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

function opened(path = ':memory:'): SqliteDatabase {
  const database = openSqlite(path)
  onTestFinished(() => database.close())
  return database
}

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-migrations-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}
