import type { Flow } from './compile.ts'

/** The flows an execution can stand in, ready to walk. */
export interface Flows {
  /** The revision an execution is pinned to. */
  flow(sid: string, revision: number): Flow
  /** What a Run Subflow widget names; undefined when there is no such flow or revision. */
  subflow(sid: string, revision: string): Flow | undefined
}
