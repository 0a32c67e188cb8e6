import { setImmediate as nextTurn } from 'node:timers/promises'

/** The longest turn of the event loop while some work is done, in milliseconds: of the time that passes, and of the time that this process has worked, the shorter, for a busy machine lets others work meanwhile. */
export async function longestTurnDuring(work: () => Promise<void>): Promise<number> {
  let isOver = false
  const done = work().finally(() => {
    isOver = true
  })
  let longest = 0
  while (!isOver) {
    const [since, before] = [performance.now(), process.cpuUsage()]
    await nextTurn()
    const { user, system } = process.cpuUsage(before)
    longest = Math.max(longest, Math.min(performance.now() - since, (user + system) / 1_000))
  }
  await done
  return longest
}
