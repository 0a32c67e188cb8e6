import type { Clock } from './clock.ts'

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number
  #alarms: readonly Alarm[] = []

  /** `start` in epoch milliseconds. */
  constructor(start: number) {
    this.#now = start
  }

  now(): number {
    return this.#now
  }

  at(time: number, callback: () => void): () => void {
    const alarm = { time, callback }
    const behind = this.#alarms.findIndex((other) => other.time > time)
    this.#alarms = this.#alarms.toSpliced(behind < 0 ? this.#alarms.length : behind, 0, alarm)
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm)
    }
  }

  /** When the next alarm rings; epoch milliseconds. */
  next(): number | undefined {
    return this.#alarms[0]?.time
  }

  /** Moves to the next alarm and rings it; false when there is none up to the limit. */
  step(limit = Number.POSITIVE_INFINITY): boolean {
    const [alarm, ...rest] = this.#alarms
    if (!alarm || alarm.time > limit) return false
    this.#alarms = rest
    this.#now = Math.max(this.#now, alarm.time)
    alarm.callback()
    return true
  }

  /** Moves on past everything that would have rung; never back. */
  moveTo(time: number): void {
    this.#now = Math.max(this.#now, time)
  }
}

interface Alarm {
  readonly time: number
  readonly callback: () => void
}
