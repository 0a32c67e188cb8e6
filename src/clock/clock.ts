/** Time as a part: it runs for real, or is moved by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Calls back once at this time, or soon when it is past; epoch milliseconds. The answer takes the call back. */
  at(time: number, callback: () => void): () => void
}

/** Resolves when this time has come, at once when it is past; epoch milliseconds. */
export async function reached(clock: Clock, time: number): Promise<void> {
  if (clock.now() < time) await new Promise<void>((resolve) => void clock.at(time, resolve))
}

/** The time of the world; what waits for it keeps no process alive. */
export const realClock: Clock = {
  now: () => Date.now(),
  at(time, callback) {
    let timer: NodeJS.Timeout
    const wait = () => {
      timer = setTimeout(ring, Math.min(Math.max(time - Date.now(), 0), LONGEST_TIMER_MS))
      timer.unref()
    }
    const ring = () => {
      if (Date.now() >= time) callback()
      else wait()
    }
    wait()
    return () => clearTimeout(timer)
  },
}

/** Node's timers count in 32 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
