import { sqliteStore } from '../../src/store/sqlite.ts'

/** What a server that has stopped at rest has still left to do, in sentences: there ought to be nothing. */
export async function leftovers(path: string): Promise<readonly string[]> {
  const store = await sqliteStore(path)
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
