import { afterEach, expect, test, vi } from 'vitest'
import { reached, realClock } from '../../src/clock/clock.ts'
import { ManualClock } from '../../src/clock/manual-clock.ts'

const DAY_MS = 24 * 60 * 60 * 1_000

afterEach(() => void vi.useRealTimers())

test('a time that is further away than one of Node’s timers can run is kept to the millisecond', () => {
  vi.useFakeTimers()
  const rung = vi.fn()
  realClock.at(Date.now() + 60 * DAY_MS, rung)

  vi.advanceTimersByTime(60 * DAY_MS - 1)
  expect(rung).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)

  expect(rung).toHaveBeenCalledOnce()
})

test('what was taken back does not ring, however far away it was', () => {
  vi.useFakeTimers()
  const rung = vi.fn()
  const takeBack = realClock.at(Date.now() + 60 * DAY_MS, rung)

  vi.advanceTimersByTime(30 * DAY_MS)
  takeBack()
  vi.advanceTimersByTime(60 * DAY_MS)

  expect(rung).not.toHaveBeenCalled()
})

test('a time that is past is reached without an alarm', async () => {
  const clock = new ManualClock(5)

  await reached(clock, 5)

  expect(clock.next()).toBeUndefined()
})
