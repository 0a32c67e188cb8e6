import type { Problem } from './lint.ts'

/** What a validation came to. */
export interface Report {
  readonly problems: readonly Problem[]
  /** How many files were read. */
  readonly files: number
  /** What could not be read. */
  readonly unreadable: number
}

/** How many of each there are. */
export interface Summary {
  readonly files: number
  readonly errors: number
  readonly warnings: number
  readonly unreadable: number
}

/** Counts the problems of a report by severity. */
export function summaryOf({ problems, files, unreadable }: Report): Summary {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return { files, errors, warnings: problems.length - errors, unreadable }
}
