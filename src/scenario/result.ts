import type { Played } from './play.ts'
import type { UnreadableScenario } from './read.ts'

/** What came of a scenario that was found. */
export type Result =
  | { readonly kind: 'played'; readonly played: Played }
  | { readonly kind: 'unreadable'; readonly scenario: UnreadableScenario }

/** Whether a scenario did what it says. */
export function passed(result: Result): boolean {
  return result.kind === 'played' && result.played.failure === undefined
}

/** What a scenario is about. */
export function titleOf(result: Result): string {
  return result.kind === 'played' ? result.played.read.name : result.scenario.name
}

/** Absolute path of a scenario. */
export function fileOf(result: Result): string {
  return result.kind === 'played' ? result.played.read.file : result.scenario.file
}
