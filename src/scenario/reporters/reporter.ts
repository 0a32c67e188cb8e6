import type { Result } from '../result.ts'
import type { Run } from '../run.ts'

/** Tells of scenarios as they are played, and of the whole at the end. */
export interface Reporter {
  result(result: Result): void
  end(run: Run): void
}

export interface Desk {
  write(text: string): void
  /** A path as it is shown: shorter than the absolute one where that helps. */
  shorten(path: string): string
  /** Whether coverage is wanted in the report. */
  readonly coverage: 'shown' | 'left-out'
}
