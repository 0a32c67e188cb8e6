import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import { migrateStore } from '../../src/commands/migrate-store.ts'
import { openStore, openTables } from '../../src/store/open-store.ts'
import type { Store } from '../../src/store/store.ts'
import { newDatabase } from '../support/postgres/databases.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { execution, HARD_TEXTS, moved, step, warning } from './sample.ts'

const server = await postgresUrl()

test.skipIf(server === undefined)('everything goes from a file to a server and back, and is the same', async () => {
  const [file, url, again] = [newFile(), await newDatabase(server ?? ''), newFile()]
  await filled(file)

  await migrateStore({ from: file, to: url }, NOWHERE)
  await migrateStore({ from: url, to: again }, NOWHERE)

  expect(await rowsOf(again)).toEqual(await rowsOf(file))
  const store = await openStore(url, 2)
  onTestFinished(() => store.close())
  expect(await store.execution('FN700')).toMatchObject({ version: 1, contact: '+700' })
  expect(await store.pendingEffects()).toMatchObject([{ id: 'E1', executionSid: 'FN1' }])
  expect(await store.acknowledgedDeliveries()).toMatchObject([{ key: 'k' }])
})

test('a database that holds something is not written to, and a file that there is not is not made', async () => {
  const [file, full, none] = [newFile(), newFile(), newFile()]
  await filled(file)
  await filled(full)
  await expect(migrateStore({ from: file, to: full }, NOWHERE)).rejects.toThrow('not empty')
  await expect(migrateStore({ from: none, to: newFile() }, NOWHERE)).rejects.toThrow('there is no database file')
  await expect(migrateStore({ from: file, to: 'mysql://u:secret@x/' }, NOWHERE)).rejects.toThrow(/^[^:]*"mysql" is of/)
  expect(existsSync(none.slice('sqlite:'.length))).toBe(false)
})

const NOWHERE = new Writable({ write: (_chunk, _encoding, done) => done() })

function newFile(): string {
  return `sqlite:${join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'trunkline.db')}`
}

/** Something in every table, more than a page of executions. */
async function filled(url: string): Promise<void> {
  const store = await openStore(url, 1)
  await store.saveRevision({ sid: 'FW1', friendlyName: '\0', definition: HARD_TEXTS, status: 'published', at: 1 })
  await store.setTestUsers('FW1', HARD_TEXTS)
  const log = { steps: [step('FT1')], warnings: [warning('漢')], happened: [HAPPENED] }
  const all = Array.from({ length: 1_100 }, (_, nth) => begun(store, `FN${nth}`, nth === 1 ? SENDING : log))
  await Promise.all(all)
  await begun(store, 'FNx', { happened: [HAPPENED] })
  const acknowledged = { params: {}, webhookUrl: 'https://a.example/' }
  await store.keepDelivery({ flowSid: 'FW1', key: 'k', answer: '<Response/>', finished: true, acknowledged })
  await store.close()
}

async function begun(store: Store, sid: string, change: Parameters<typeof moved>[1]): Promise<void> {
  await store.save(
    moved(execution({ sid, contact: sid.replace('FN', '+'), steps: change?.steps?.length ?? 0 }), change),
  )
}

const HAPPENED = {
  event: { type: 'stopped' },
  moment: { now: 1, entropy: 'e', webhookUrl: 'https://a.example/' },
} as const
const SENDING = {
  effect: { id: 'E1', step: 'FT1', effect: { type: 'send-message', from: '+1', to: '+2', body: 'hi' } },
} as const

/** The rows of every table there is, whether it is thought of or not. */
async function rowsOf(url: string): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const { database, close } = await openTables(url)
  const tables = await database.rows<{ name: string }>("select name from sqlite_master where type = 'table'")
  const all: Record<string, readonly unknown[]> = {}
  for (const { name } of tables) all[name] = (await database.rows(`select * from ${name}`)).map((row) => JSON.stringify(row)).sort() // biome-ignore format: one line
  await close()
  for (const [name, rows] of Object.entries(all)) expect(rows.length > 0 || OF_PROCESSES.has(name), name).toBe(true)
  return all
}

/** What does not outlive the processes that have written it. */
const OF_PROCESSES: ReadonlySet<string> = new Set(['instances', 'queue'])
