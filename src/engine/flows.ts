import type { Flow } from './compile.ts'
import type { Arrival } from './visit.ts'

/** The flows an execution can stand in, ready to walk. */
export interface Flows {
  /** The revision an execution is pinned to. */
  flow(sid: string, revision: number): Flow
  /** What a Run Subflow widget names; undefined when there is no such flow or revision. */
  subflow(sid: string, revision: string): Flow | undefined
  /** Told of every widget as it is entered, for whoever looks on while a walk is repeated. */
  onEnter?(arrival: Arrival): void
}
