import { openStore } from '../../src/store/open-store.ts'

/** What a server that has stopped at rest has still left to do, in sentences: there ought to be nothing. */
export async function leftovers(database: string): Promise<readonly string[]> {
  const store = await openStore(database, 2)
  const effects = await store.pendingEffects()
  const unsent = await store.unsentDeliveries()
  const acknowledged = await store.acknowledgedDeliveries()
  await store.close()
  return [
    ...effects.map(({ executionSid, effect }) => `${effect.type} of ${executionSid} was never done`),
    ...unsent.map(({ executionSid }) => `an answer of ${executionSid} was never told`),
    ...acknowledged.map(({ key }) => `${key} was acknowledged and never taken up`),
  ]
}
