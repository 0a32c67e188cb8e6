import { mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { kept } from '../../src/store/kept.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import type { Store } from '../../src/store/store.ts'
import { calling, moved, step } from './sample.ts'

const MEGABYTE = 1024 * 1024

test('the write-ahead log stays small under constant writing, and becomes so again when a long reader has gone', async () => {
  const { store, file } = await opened()
  const logSize = () => statSync(`${file}-wal`).size / MEGABYTE

  await day(store, 'a')
  expect(logSize()).toBeLessThan(8)

  const reader = kept(new Database(file))
  reader.exec('begin; select count(*) from executions')
  await day(store, 'b')
  expect(logSize()).toBeGreaterThan(8)

  reader.close()
  await day(store, 'c')
  expect(logSize()).toBeLessThanOrEqual(8)
})

test('what retention removes makes room for what comes: the database grows no more', async () => {
  const { store, file } = await opened()
  const sizes: number[] = []

  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    await day(store, name)
    await store.removeExecutions({ startedBefore: 2_000, endedBefore: 2_000 })
    sizes.push(statSync(file).size)
  }

  expect(sizes.at(-1)).toBeLessThan(1.1 * (sizes[1] ?? 0))
})

/** Many executions with much to keep, which have all ended. */
async function day(store: Store, name: string): Promise<void> {
  for (let index = 0; index < 60; index += 1)
    await Promise.all(Array.from({ length: 20 }, (_, more) => lived(store, `FN${name}${index}x${more}`)))
}

async function lived(store: Store, sid: string): Promise<void> {
  const output = { body: sid.repeat(400).slice(0, 4_000) }
  const ended = calling(sid, { sid, steps: 1, status: 'ended' })
  await store.save(moved(ended, { steps: [step(`FT${sid}`, { output })] }))
}

async function opened() {
  const file = join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'trunkline.db')
  const store = await sqliteStore(file)
  onTestFinished(() => store.close())
  return { store, file }
}
