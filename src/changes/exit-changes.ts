import { leadsTo } from '../flow/leads-to.ts'
import { branchTitle, MATCH } from '../picture/exits.ts'
import { eventTitle } from '../picture/words.ts'
import { type BranchPair, branchesOf, conditionsInWords, pairBranches } from './branches.ts'
import type { ExitChange } from './change.ts'
import type { Pair } from './changes.ts'
import type { ComparedTransition, ComparedWidget } from './compared.ts'

/** What is different at the exits of a widget: where they lead, and the branches of a split. */
export function exitChanges(pair: Pair): readonly ExitChange[] {
  return [...eventChanges(pair), ...branchChanges(pair)]
}

function eventChanges({ then, now, renamed, words }: Pair): readonly ExitChange[] {
  const [before, after] = [targetsOf(then), targetsOf(now)]
  const events = [...new Set([...before.keys(), ...after.keys()])]
  return events.flatMap((event) => {
    const exit = eventTitle(words, now.type, event)
    return moved({ exit, before: before.get(event), after: after.get(event) }, renamed)
  })
}

/** The first transition of an event is the one that is followed. */
function targetsOf({ transitions }: ComparedWidget): ReadonlyMap<string, string | undefined> {
  const plain = transitions.filter(({ event }) => event !== MATCH)
  return new Map(plain.reverse().map((transition) => [transition.event, leadsTo(transition)]))
}

function branchChanges({ then, now, renamed }: Pair): readonly ExitChange[] {
  const [before, after] = [branchesOf(then), branchesOf(now)]
  const pairs = pairBranches(before, after)
  const kept = (branches: readonly ComparedTransition[], side: keyof BranchPair) =>
    branches.filter((one) => pairs.some((pair) => pair.before && pair.after && pair[side] === one))
  const places = { before: kept(before, 'before'), after: kept(after, 'after') }
  return pairs.flatMap((pair) => changesOf(pair, places, renamed))
}

interface Places {
  readonly before: readonly ComparedTransition[]
  readonly after: readonly ComparedTransition[]
}

function changesOf({ before, after }: BranchPair, places: Places, renamed: Pair['renamed']): readonly ExitChange[] {
  if (!before && !after) return []
  if (!before) return after ? [comeOrGone('branch-added', after)] : []
  if (!after) return [comeOrGone('branch-removed', before)]
  const exit = titleOf(after)
  const [was, is] = [conditionsInWords(before), conditionsInWords(after)]
  const [place, nowPlace] = [places.before.indexOf(before) + 1, places.after.indexOf(after) + 1]
  return [
    ...(was === is ? [] : [{ kind: 'conditions-changed', exit, before: was, after: is } as const]),
    ...moved({ exit, before: leadsTo(before), after: leadsTo(after) }, renamed),
    ...(place === nowPlace ? [] : [{ kind: 'branch-shifted', exit, before: place, after: nowPlace } as const]),
  ]
}

function comeOrGone(kind: 'branch-added' | 'branch-removed', branch: ComparedTransition): ExitChange {
  return { kind, exit: titleOf(branch), conditions: conditionsInWords(branch), leadsTo: leadsTo(branch) }
}

function titleOf(branch: ComparedTransition): string {
  return branch.conditions?.[0] ? branchTitle(branch.conditions[0]) : MATCH
}

interface Led {
  readonly exit: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** An exit that leads to a widget under its new name has not been moved. */
function moved(led: Led, renamed: Pair['renamed']): readonly ExitChange[] {
  const followed = led.before === undefined ? undefined : (renamed.get(led.before) ?? led.before)
  return followed === led.after ? [] : [{ kind: 'transition-moved', ...led }]
}
