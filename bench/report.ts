import type { Figures } from './figures.ts'
import type { Row } from './row.ts'

/** What a part of the bench has found. */
export interface Report {
  readonly figures?: readonly Figures[]
  readonly rows?: readonly Row[]
  /** What has no target of the table. */
  readonly notes?: readonly string[]
}
