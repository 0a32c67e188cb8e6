import type { Leg } from '../call/leg.ts'
import { secondsSince } from '../seconds.ts'

/** Who is at the other end, and what is said of it when it is over: `completed`, mostly. */
interface Connection {
  readonly target: string
  readonly status?: string
  /** Since when the two are together; epoch milliseconds. From now on, where it does not say. */
  readonly since?: number | undefined
}

/** Tells that a caller is connected, and when what they do then is over, however it ends, for how long they were. */
export async function whileConnected(
  leg: Leg,
  { target, status = 'completed', since = leg.ground.clock.now() }: Connection,
  talk: () => Promise<unknown>,
): Promise<void> {
  leg.tell({ type: 'connected', target })
  try {
    await talk()
  } finally {
    const seconds = secondsSince(leg.ground.clock, since)
    leg.tell({ type: 'disconnected', target, status, seconds })
  }
}
