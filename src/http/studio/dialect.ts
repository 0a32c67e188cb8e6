/** The names under which the REST API shows executions: those of version 2, and the two of version 1 (engine.md 9). */
export interface Dialect {
  readonly version: 'v1' | 'v2'
  /** In paths. */
  readonly plural: 'Executions' | 'Engagements'
  /** In keys. */
  readonly singular: 'execution' | 'engagement'
}

/** Executions as all of them are called, the newest names first. */
export const DIALECTS: readonly Dialect[] = [
  { version: 'v2', plural: 'Executions', singular: 'execution' },
  { version: 'v1', plural: 'Executions', singular: 'execution' },
  { version: 'v1', plural: 'Engagements', singular: 'engagement' },
]
