import type { Execution } from '../engine/execution.ts'
import type { Store } from '../store/store.ts'
import type { Recorded } from './replay.ts'

/** What is kept of an execution up to where it was read; it may go on meanwhile. */
export async function recordedOf(execution: Execution, store: Store): Promise<Recorded> {
  const [steps, events] = [await store.steps(execution.sid), await store.events(execution.sid)]
  return { execution, steps: steps.slice(0, execution.steps), events: events.slice(0, execution.version) }
}
