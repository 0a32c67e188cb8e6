import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { Retention } from '../../src/runtime/retention.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import { calling, execution, moved } from '../store/sample.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test('what is old enough is removed as soon as the process starts, and nothing else', async () => {
  const { store, retention } = await keeping()
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

test('an answer is kept for a day, in which it can be asked for again', async () => {
  const { store, retention } = await keeping()
  const answered = (key: string, at: number) => {
    const delivery = { flowSid: 'FW1', key, answer: '<Response/>', finished: true }
    return moved(calling(`CA${key}`, { sid: `FN${key}`, updatedAt: at }), { delivery })
  }
  await store.save(answered('old', daysAgo(1.1)))
  await store.save(answered('young', daysAgo(0.9)))

  retention.start()

  await expect.poll(() => store.delivery('FW1', 'old'), { timeout: 3000 }).toBeUndefined()
  expect(await store.delivery('FW1', 'young')).toBeDefined()
})

const daysAgo = (days: number) => Date.now() - days * DAY_MS

/** A store that keeps executions for a month. */
async function keeping() {
  const store = await sqliteStore(':memory:')
  const retention = new Retention({ store, log: pino({ level: 'silent' }), clock: realClock, executionDays: 30 })
  onTestFinished(() => retention.stop().then(() => store.close()))
  return { store, retention }
}
