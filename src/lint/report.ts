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

/** What is wrong, in the schema's words with the property that it is of: many an export is one long line. */
export function told({ rule, path, message }: Problem): string {
  const [, property = path.slice(path.lastIndexOf('/') + 1)] = /\/properties\/(.+)$/.exec(path) ?? []
  return SAYS_NO_NAME.has(rule) && property !== '#' ? `${property}: ${message}` : message
}

const SAYS_NO_NAME: ReadonlySet<string> = new Set(['wrong-json-type', 'wrong-value'])
