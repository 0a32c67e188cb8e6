import { setTimeout as sleep } from 'node:timers/promises'
import { StorageFailed } from '../store/storage-failed.ts'

/** Repeats a save until the database takes it: what the outside has done already must not be lost because a disk is full. Throws once there is no more time to wait. */
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
