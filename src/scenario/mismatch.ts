import type { Path } from './source.ts'

/** Something that was expected and did not come. */
export interface Mismatch {
  /** Where in the expectation it stands. */
  readonly path: Path
  readonly what: string
  readonly expected: string
  /** What came instead, nothing when nothing did. */
  readonly got: readonly string[]
  /** The difference to what came nearest, where that helps. */
  readonly difference?: string | undefined
}
