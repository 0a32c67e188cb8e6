import type { z } from 'zod'

/** What a setting should have been, in words: `one of twiml, rest`, `at least 1`. */
export function expectedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return issue.origin === 'number' ? `at least ${issue.minimum}` : issue.message
    case 'too_big':
      return issue.origin === 'number' ? `at most ${issue.maximum}` : issue.message
    default:
      return issue.message
  }
}
