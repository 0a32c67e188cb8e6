import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { kept } from '../../src/store/kept.ts'
import { migrate } from '../../src/store/migrate.ts'
import { must, NothingTouched, statement } from '../../src/store/sql.ts'
import { sqlStore } from '../../src/store/sql-store.ts'
import { openSqlite, sqliteStore } from '../../src/store/sqlite.ts'
import type { SqliteDatabase } from '../../src/store/sqlite-database.ts'
import { AlreadyActive, StaleExecution } from '../../src/store/store.ts'
import { UnusableDatabase } from '../../src/store/unusable-database.ts'
import { storeContract } from './contract.ts'
import { calling, execution, moved, step, warning } from './sample.ts'
import { SEARCH_COUNT, searchTexts } from './searches.ts'

storeContract('in memory', () => sqliteStore(':memory:'))
storeContract('in a file', () => sqliteStore(newFile()))

test('a folder that is missing is made', async () => {
  const store = await sqliteStore(join(newFile(), 'deep', 'trunkline.db'))
  onTestFinished(() => store.close())
  expect(await store.flows()).toEqual([])
})

test('what is saved is there for the next process', async () => {
  const file = newFile()
  const before = await sqliteStore(file)
  const saved = await before.save(moved(execution()))
  await before.close()
  const after = await sqliteStore(file)
  onTestFinished(() => after.close())
  expect(await after.execution('FN1')).toEqual(saved)
})

test('saves of the same moment share one transaction', async () => {
  const database = await migrated(newFile())
  const store = sqlStore(database)
  await Promise.all(
    Array.from({ length: 50 }, (_, index) => store.save(moved(calling(`CA${index}`, { sid: `FN${index}` })))),
  )
  expect(database.transactions).toBe(1)

  await store.save(moved(execution({ sid: 'FN' })))
  await store.save(moved(calling('CA', { sid: 'FNn' })))
  expect(database.transactions).toBe(3)
})

test('two connections cannot both begin an execution of one contact, nor both move one', async () => {
  const file = newFile()
  await (await sqliteStore(file)).close()
  const one = sqlStore(openSqlite(file))
  const other = sqlStore(openSqlite(file))
  onTestFinished(async () => void (await Promise.all([one.close(), other.close()])))

  const saved = await one.save(moved(execution({ sid: 'FN1' })))
  await expect(other.save(moved(execution({ sid: 'FN2' })))).rejects.toThrow(AlreadyActive)
  await other.save(moved(saved))
  await expect(one.save(moved(saved))).rejects.toThrow(StaleExecution)
})

test('a file is held by one process at a time, and is free again when it is closed', async () => {
  const file = newFile()
  const one = await sqliteStore(file)
  await expect(sqliteStore(file, 50)).rejects.toThrow('is locked by another process')
  await one.close()
  await (await sqliteStore(file, 50)).close()
})

test('what was told to be saved survives a kill in the middle of saving', async () => {
  const file = newFile()
  const told = await killedAfter(file, 200)
  const store = await sqliteStore(file)
  onTestFinished(() => store.close())
  expect(told.length).toBeGreaterThanOrEqual(200)
  for (const sid of told) {
    expect(await store.execution(sid)).toMatchObject({ sid, version: 1 })
    expect(await store.steps(sid)).toHaveLength(1)
  }
})

test('a parameter may stand twice in a statement', async () => {
  const database = opened(':memory:')
  expect(await database.rows('select $1 as a, $2 as b, $1 as c', 'one', 2)).toEqual([{ a: 'one', b: 2, c: 'one' }])
})

test('a statement that must touch a row undoes the whole commit when it touches none', async () => {
  const database = opened(':memory:')
  await database.commit([statement('create table t (n integer)')])
  const add = statement('insert into t values ($1)', 1)
  await expect(database.commit([add, must('delete from t where n = $1', 2)])).rejects.toThrow(NothingTouched)
  await expect(database.commit([add, must('delete from t where n = $1 returning n', 2)])).rejects.toThrow(
    NothingTouched,
  )
  expect(await database.rows('select * from t')).toEqual([])
  await database.commit([
    add,
    must('update t set n = 2 where n = $1 returning n', 1),
    statement('delete from t where n = 7'),
  ])
  expect(await database.rows('select * from t')).toEqual([{ n: 2 }])
})

test('a commit that waits when the database is closed is still written', async () => {
  const file = newFile()
  const before = await migrated(file)
  const written = sqlStore(before).save(moved(execution()))
  await before.close()
  await written
  const after = await sqliteStore(file)
  onTestFinished(() => after.close())
  expect(await after.execution('FN1')).toBeDefined()
})

test('a commit after the close is refused', async () => {
  const database = openSqlite(':memory:')
  await database.close()
  await expect(database.commit([statement('select 1')])).rejects.toThrow()
})

test('of saves that share a transaction one over which SQLite gives it up undoes only itself', async () => {
  const file = newFile()
  const database = await migrated(file)
  const store = sqlStore(database)
  await database.commit([statement('create table bomb (n integer)')])
  await database.commit([
    statement("create trigger bursts before insert on bomb begin select raise(rollback, 'given up'); end"),
  ])
  const saves = await Promise.allSettled([
    store.save(moved(calling('CA1', { sid: 'FN1' }))),
    database.commit([statement('insert into bomb values (1)')]),
    store.save(moved(calling('CA2', { sid: 'FN2' }))),
  ])
  expect(saves.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await store.execution('FN1')).toBeDefined()
  expect(await database.rows('select * from bomb')).toEqual([])
  expect(await store.execution('FN2')).toBeDefined()
})

test('searches go through an index, however many executions there are', async () => {
  const database = await migrated(':memory:')
  const texts = await searchTexts(database)
  expect(texts).toHaveLength(SEARCH_COUNT)
  for (const text of texts) {
    const plan = await database.rows<{ detail: string }>(`explain query plan ${text.replaceAll(/\$\d+/g, "'1'")}`)
    expect(plan.map(({ detail }) => detail).join('; '), text).toMatch(/USING (COVERING )?INDEX/)
    const scans = plan.map(({ detail }) => detail).filter((line) => /^SCAN \w+$/.test(line))
    expect(scans.filter((line) => !['SCAN c', 'SCAN m', 'SCAN moments'].includes(line))).toEqual([]) // what was found already
    const stepSearches = plan.map(({ detail }) => detail).filter((line) => /^SEARCH (s|steps) /.test(line))
    if (/moments/.test(text)) expect(stepSearches.join(), text).toMatch(OF_ONE_EXECUTION)
  }
})

test('an execution that is removed leaves no row behind', async () => {
  const database = await migrated(':memory:')
  const store = sqlStore(database)
  for (const sid of ['FN1', 'FN2']) {
    const first = await store.save(moved(calling(sid, { sid, steps: 2 }), { steps: [step('FT1'), step('FT2')] }))
    await store.save(moved({ ...first, steps: 3 }, { steps: [step('FT3', { date: 7 })], warnings: [warning('w')] }))
  }

  await store.removeExecution('FN1')

  for (const table of ['steps', 'warnings', 'events', 'effects']) {
    const rows = await database.rows<{ execution_sid: string }>(`select distinct execution_sid from ${table}`)
    expect(rows.filter((row) => row.execution_sid !== 'FN2')).toEqual([])
  }
  expect(await store.steps('FN2')).toHaveLength(3)
})

test('whoever comes is found by an index of their own, however many executions are under way in the flow', async () => {
  const database = await migrated(':memory:')
  const texts = (await searchTexts(database)).filter((text) => /(contact|call_sid|conversation_sid) (=|in)/.test(text))
  expect(texts).toHaveLength(6)
  for (const text of texts) {
    const plan = await database.rows<{ detail: string }>(`explain query plan ${text.replaceAll(/\$\d+/g, "'1'")}`)
    const searches = plan.map(({ detail }) => detail).filter((line) => line.startsWith('SEARCH executions'))
    expect(
      searches.filter((line) => !/(contact|call_sid|conversation_sid|initiated_by|\(sid)=\?/.test(line)),
      text,
    ).toEqual([])
  }
})

test.each([
  ['a file that is no database', 'is not a SQLite database', () => withText('x'.repeat(4096))],
  ['a database that is cut short', 'is damaged', cutShort],
  ['a folder', 'cannot be opened', () => mkdtempSync(join(tmpdir(), 'trunkline-'))],
  ['a path through a file', 'cannot be opened', () => join(withText('x'), 'trunkline.db')],
])('%s is refused with a clear message', async (_, reason, make) => {
  const file = await make()
  const refused = sqliteStore(file)
  await expect(refused).rejects.toThrow(UnusableDatabase)
  await expect(refused).rejects.toThrow(`the database ${JSON.stringify(file)} ${reason}`)
})

test('a database that another process keeps for itself is refused with a clear message', () => {
  const file = newFile()
  const other = kept(new Database(file))
  onTestFinished(() => void other.close())
  other.exec('create table t (n); begin exclusive')
  expect(() => openSqlite(file, 50)).toThrow('is locked by another process')
})

test('a process outlives the collection of its garbage, also after its database is closed', () => {
  const script = `
    const { sqliteStore } = await import('./src/store/sqlite.ts')
    const litter = () => { for (let kept = [], n = 0; n < 2e6; n++) { if (kept.push({ n }) > 1e5) kept.length = 0 } }
    let store = await sqliteStore(process.argv[1])
    await store.flows()
    litter()
    await store.close()
    store = undefined
    await new Promise((resolve) => setTimeout(resolve, 50))
    litter()
    process.stdout.write('alive')`
  const options = ['--import', 'tsx', '--input-type=module', '-e', script, newFile()]

  const { stdout, status, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8', timeout: 30_000 })

  expect({ stdout, status, stderr }).toEqual({ stdout: 'alive', status: 0, stderr: '' })
})

const OF_ONE_EXECUTION = /^(SEARCH \w+ USING (COVERING )?INDEX \w+ \(created_at=\? AND execution_sid=\?\),?)+$/

function newFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'trunkline.db')
}

function withText(text: string): string {
  const file = newFile()
  writeFileSync(file, text)
  return file
}

async function cutShort(): Promise<string> {
  const whole = newFile()
  await (await sqliteStore(whole)).close()
  const database = kept(new Database(whole))
  const bytes = database.serialize()
  database.close()
  const file = newFile()
  writeFileSync(file, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 0xff)]))
  return file
}

function opened(path: string): SqliteDatabase {
  const database = openSqlite(path)
  onTestFinished(() => database.close())
  return database
}

async function migrated(path: string): Promise<SqliteDatabase> {
  const database = openSqlite(path)
  onTestFinished(() => database.close())
  await migrate(database)
  return database
}

/** Lets another process save until it has told of so many saves, kills it, and gives all it has told of. */
async function killedAfter(file: string, count: number): Promise<readonly string[]> {
  const script = fileURLToPath(new URL('./saver.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const told: string[] = []
  for await (const line of createInterface(child.stdout)) {
    told.push(line)
    if (told.length === count) child.kill('SIGKILL')
  }
  return told
}
