import { setTimeout as sleep } from 'node:timers/promises'

/** Which failures are worth another attempt, and how long to go on with that, in milliseconds. */
export interface Patience {
  readonly within: number
  isPassing(error: unknown): boolean
}

/** Does something until it succeeds, at growing intervals; throws its last failure. Each attempt has to leave nothing when it fails. */
export async function patiently<T>(attempt: () => Promise<T>, { within, isPassing }: Patience): Promise<T> {
  const until = performance.now() + within
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error) || performance.now() + pause > until) throw error
      await sleep(pause * (0.5 + Math.random())) // those who failed together do not come back together
    }
  }
}

const FIRST_PAUSE_MS = 10
const LONGEST_PAUSE_MS = 500
