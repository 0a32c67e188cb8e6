import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { Retention } from '../../src/runtime/retention.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import { execution, moved } from '../store/sample.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test('what is old enough is removed as soon as the process starts, and nothing else', async () => {
  const store = await sqliteStore(':memory:')
  const retention = new Retention(store, pino({ level: 'silent' }), 30)
  onTestFinished(() => retention.stop().then(() => store.close()))
  const ended = (sid: string, days: number) =>
    moved(execution({ sid, status: 'ended', createdAt: 0, updatedAt: Date.now() - days * DAY_MS, waiting: undefined }))
  await store.save(ended('FN1', 31))
  await store.save(ended('FN2', 29))
  await store.save(moved(execution({ sid: 'FN3', updatedAt: 0 })))

  retention.start()

  await expect.poll(() => store.execution('FN1'), { timeout: 3000 }).toBeUndefined()
  expect(await store.execution('FN2')).toBeDefined()
  expect(await store.execution('FN3')).toBeDefined()
})
