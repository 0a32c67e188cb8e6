import type { ComparedCondition, ComparedTransition, ComparedWidget } from './compared.ts'
import { same } from './same.ts'

/** The branches of a split, in their order, which counts. */
export function branchesOf({ transitions }: ComparedWidget): readonly ComparedTransition[] {
  return transitions.filter(({ event }) => event === 'match')
}

/** The conditions of a branch in words, as they are tried. */
export function conditionsInWords({ conditions = [] }: ComparedTransition): string {
  return conditions.map(inWords).join(' and ')
}

function inWords({ arguments: tested, type, value = '' }: ComparedCondition): string {
  const [subject = ''] = Array.isArray(tested) ? tested : []
  const test = String(type ?? 'condition').replaceAll('_', ' ')
  return `${JSON.stringify(subject)} ${test}${value === '' ? '' : ` ${JSON.stringify(value)}`}`
}

/** A branch before and after; one of the two is missing where it was added or removed. */
export interface BranchPair {
  readonly before?: ComparedTransition
  readonly after?: ComparedTransition
}

/** Finds which branch has become which: by their conditions, else by their names, else by where they lead. */
export function pairBranches(
  before: readonly ComparedTransition[],
  after: readonly ComparedTransition[],
): readonly BranchPair[] {
  const left = new Set(before)
  const found = new Map<ComparedTransition, ComparedTransition>()
  for (const alike of [sameConditions, sameName, sameTarget]) {
    for (const now of after.filter((one) => !found.has(one))) {
      const then = [...left].find((one) => alike(one, now))
      if (!then) continue
      found.set(now, then)
      left.delete(then)
    }
  }
  const pairs = after.map((now): BranchPair => {
    const then = found.get(now)
    return then ? { before: then, after: now } : { after: now }
  })
  return [...pairs, ...[...left].map((then) => ({ before: then }))]
}

function sameConditions(one: ComparedTransition, other: ComparedTransition): boolean {
  return conditionsInWords(one) === conditionsInWords(other)
}

/** Studio names branches itself: such a name says nothing. */
function sameName(
  { conditions: [one] = [] }: ComparedTransition,
  { conditions: [other] = [] }: ComparedTransition,
): boolean {
  const name = one?.friendly_name
  return typeof name === 'string' && name !== '' && !name.startsWith('If value ') && name === other?.friendly_name
}

function sameTarget({ next: one }: ComparedTransition, { next: other }: ComparedTransition): boolean {
  return Boolean(one) && same(one, other)
}
