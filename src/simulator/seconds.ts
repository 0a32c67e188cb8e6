import type { Clock } from '../clock/clock.ts'

/** Calls back once, so many seconds from now; the answer takes the call back. */
export function afterSeconds(clock: Clock, seconds: number, callback: () => void): () => void {
  return clock.at(clock.now() + Math.round(seconds * 1_000), callback)
}

/** Whole seconds from a time in epoch milliseconds to now. */
export function secondsSince(clock: Clock, time: number): number {
  return Math.round((clock.now() - time) / 1_000)
}
