import { setImmediate } from 'node:timers/promises'
import type { ManualClock } from '../../src/clock/manual-clock.ts'

/** What comes of work that waits for the clock, which is moved from alarm to alarm meanwhile. */
export async function stepping<Outcome>(clock: ManualClock, work: Promise<Outcome>): Promise<Outcome> {
  let isOver = false
  const over = () => {
    isOver = true
  }
  work.then(over, over)
  while (!isOver) {
    await setImmediate()
    clock.step()
  }
  return work
}
