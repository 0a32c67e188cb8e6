import type { Condition, PlacedWidget, Transition } from '../flow/definition.ts'
import { same } from './same.ts'

/** The branches of a split, in their order, which counts. */
export function branchesOf({ transitions }: PlacedWidget): readonly Transition[] {
  return transitions.filter(({ event }) => event === 'match')
}

/** The conditions of a branch in words, as they are tried. */
export function conditionsInWords({ conditions = [] }: Transition): string {
  return conditions.map(inWords).join(' and ')
}

function inWords({ arguments: [subject = ''], type, value }: Condition): string {
  return `${JSON.stringify(subject)} ${type.replaceAll('_', ' ')}${value === '' ? '' : ` ${JSON.stringify(value)}`}`
}

/** A branch before and after; one of the two is missing where it was added or removed. */
export interface BranchPair {
  readonly before?: Transition
  readonly after?: Transition
}

/** Finds which branch has become which: by their conditions, else by their names, else by where they lead. */
export function pairBranches(before: readonly Transition[], after: readonly Transition[]): readonly BranchPair[] {
  const left = new Set(before)
  const found = new Map<Transition, Transition>()
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

function sameConditions(one: Transition, other: Transition): boolean {
  return conditionsInWords(one) === conditionsInWords(other)
}

/** Studio names branches itself: such a name says nothing. */
function sameName({ conditions: [one] = [] }: Transition, { conditions: [other] = [] }: Transition): boolean {
  const name = one?.friendly_name ?? ''
  return name !== '' && !/^If value /.test(name) && name === other?.friendly_name
}

function sameTarget({ next: one }: Transition, { next: other }: Transition): boolean {
  return Boolean(one) && same(one, other)
}
