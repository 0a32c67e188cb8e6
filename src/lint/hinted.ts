import { didYouMean } from '../flow/nearest.ts'
import type { Found } from './rule.ts'

/** A problem, and the word that is unknown. */
export interface UnknownWord {
  readonly found: Found
  /** Absent where no other word could have been meant. */
  readonly word?: string
}

/** The problems, the first of them with the candidate that was most likely meant. */
export function hinted(unknown: readonly UnknownWord[], candidates: Iterable<string>): Found[] {
  const words = [...candidates]
  return unknown.map(({ found, word }, nth) =>
    nth < MOST_HINTS && word !== undefined ? { ...found, ...didYouMean(word, words) } : found,
  )
}

/** Comparing every unknown word with every name of a huge broken file would take seconds. */
const MOST_HINTS = 50
