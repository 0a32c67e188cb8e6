import { setImmediate as breath } from 'node:timers/promises'
import type { Sliced } from '../flow/straight.ts'

/** Does work that may take long, and lets callers in whenever it has gone on for 10 ms. */
export async function unhurried<Outcome>(work: Sliced<Outcome>): Promise<Outcome> {
  let since = performance.now()
  for (;;) {
    const slice = work.next()
    if (slice.done) return slice.value
    if (performance.now() - since < SLICE_MS) continue
    await breath()
    since = performance.now()
  }
}

const SLICE_MS = 10
