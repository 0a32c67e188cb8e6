import { setTimeout as sleep } from 'node:timers/promises'
import { StorageFailed } from '../store/storage-failed.ts'

/** Does something again until the database takes it: what the outside has done already is not to be forgotten for a full disk. Throws once there is no time to wait for that any more. */
export async function untilSaved<Outcome>(work: () => Promise<Outcome>, isOver: () => boolean): Promise<Outcome> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StorageFailed) || isOver()) throw error
      await sleep(PAUSE_MS, undefined, { ref: false })
    }
  }
}

const PAUSE_MS = 1_000
