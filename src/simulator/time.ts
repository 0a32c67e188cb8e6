import type { Clock } from '../clock/clock.ts'
import { ManualClock } from '../clock/manual-clock.ts'

/** How whoever directs a simulation lets time pass. */
export interface Time {
  readonly clock: Clock
  /** Lets everything happen that needs no more time. */
  settle(): Promise<void>
  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void>
  /** Lets time pass until the condition holds; false when nothing more can happen before that. */
  until(condition: () => boolean): Promise<boolean>
}

/** Time as this clock lets it pass. */
export function timeOf(clock: Clock, settle: () => Promise<void>): Time {
  return clock instanceof ManualClock ? movedTime(clock, settle) : runningTime(clock, settle)
}

/** Time moved by hand: jumps from one thing that happens to the next, whatever lies between. */
function movedTime(clock: ManualClock, settle: () => Promise<void>): Time {
  return {
    clock,
    settle,
    async pass(seconds) {
      await settle()
      const end = clock.now() + seconds * 1_000
      while (clock.step(end)) await settle()
      clock.moveTo(end)
    },
    async until(condition) {
      await settle()
      while (!condition()) {
        if (!clock.step()) return false
        await settle()
      }
      return true
    },
  }
}

/** Time as it runs for everybody. */
function runningTime(clock: Clock, settle: () => Promise<void>): Time {
  const pass = (seconds: number) =>
    new Promise<void>((resolve) => {
      const alive = setInterval(() => {}, 60_000) // the clock alone keeps no process alive
      clock.at(clock.now() + seconds * 1_000, () => {
        clearInterval(alive)
        resolve()
      })
    })
  return {
    clock,
    settle,
    pass,
    async until(condition) {
      await settle()
      while (!condition()) {
        await pass(LOOK_AGAIN_S)
        await settle()
      }
      return true
    },
  }
}

const LOOK_AGAIN_S = 0.05
