import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { Retention } from '../../src/runtime/retention.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import { execution, moved } from '../store/sample.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test('what is old enough is removed as soon as the process starts, and nothing else', async () => {
  const store = await sqliteStore(':memory:')
  const retention = new Retention({ store, log: pino({ level: 'silent' }), clock: realClock, executionDays: 30 })
  onTestFinished(() => retention.stop().then(() => store.close()))
  const daysAgo = (days: number) => Date.now() - days * DAY_MS
  const ended = (sid: string, startedAt: number, endedAt: number) =>
    moved(execution({ sid, status: 'ended', createdAt: startedAt, updatedAt: endedAt, waiting: undefined }))
  await store.save(ended('FNold', daysAgo(31), daysAgo(29)))
  await store.save(ended('FNyoung', daysAgo(29), daysAgo(29)))
  await store.save(ended('FNjustExpired', daysAgo(31), daysAgo(0.9)))
  await store.save(moved(execution({ sid: 'FNactive', createdAt: 0, updatedAt: 0 })))

  retention.start()

  await expect.poll(() => store.execution('FNold'), { timeout: 3000 }).toBeUndefined()
  for (const sid of ['FNyoung', 'FNjustExpired', 'FNactive']) expect(await store.execution(sid)).toBeDefined()
})
