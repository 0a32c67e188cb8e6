import type { Walking } from '../engine/advance.ts'
import type { Advanced } from '../engine/walker.ts'

/** Takes a walk to its rest. One that takes long lets others in between two widgets, and of such walks one goes on at a time. */
export async function walked(walking: Walking): Promise<Advanced> {
  if (isCrowded) await othersFirst()
  let since = performance.now()
  let step = walking.next()
  while (!step.done) {
    if (isLong(since)) {
      await othersFirst()
      since = performance.now()
    }
    step = walking.next()
  }
  isLong(since)
  return step.value
}

/** Together with the widget in which it ends, which may take some 30 ms, too short for anybody who waits for an answer to notice. */
const SLICE_MS = 10

/** Whether a walk has taken long in this turn of the event loop: no other is to follow in the same one. */
let isCrowded = false

function isLong(since: number): boolean {
  if (performance.now() - since <= SLICE_MS) return false
  if (!isCrowded) setImmediate(makeRoom)
  isCrowded = true
  return true
}

function makeRoom(): void {
  isCrowded = false
}

/** Walks that let others in, in the order of their return. */
const resting: (() => void)[] = []

function othersFirst(): Promise<void> {
  return new Promise((resolve) => {
    resting.push(resolve)
    if (resting.length === 1) setImmediate(goOn)
  })
}

/** Lets one go on for each turn of the event loop: all of them at once would hold up others as one long walk does. */
function goOn(): void {
  resting[0]?.()
  resting.shift()
  if (resting.length > 0) setImmediate(goOn)
}
