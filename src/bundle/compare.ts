import { type Execution, type Step, topFrame } from '../engine/execution.ts'
import type { LoggedWarning } from '../engine/record.ts'
import type { Bundle } from './bundle.ts'
import { pathsOf } from './paths.ts'
import type { Replayed } from './replay.ts'

/** A line of two walks side by side: in both, perhaps with other values, in the recorded one alone, or in the new one alone. */
export type Line =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'changed'; readonly text: string; readonly values: readonly ChangedValue[] }
  | { readonly kind: 'missing'; readonly text: string }
  | { readonly kind: 'added'; readonly text: string }

/** A value that is another one now; JSON, nothing where it is not there. */
export interface ChangedValue {
  readonly path: string
  readonly recorded: string | undefined
  readonly now: string | undefined
}

/** Holds a walk against the recorded one: their steps, their warnings, and how they stand at the end. */
export function compare({ steps, warnings, execution }: Bundle, moves: readonly Replayed[]): readonly Line[] {
  const last = moves.at(-1)?.execution ?? execution
  return [
    ...sideBySide(
      steps.map(stepLine),
      moves.flatMap((move) => move.steps.map(stepLine)),
    ),
    ...sideBySide(
      warnings.map(warningLine),
      moves.flatMap((move) => move.warnings.map(warningLine)),
    ),
    ...sideBySide([endLine(execution)], [endLine(last)]),
  ]
}

/** Whether a step that was walked again is the recorded one, with the same values. */
export function isSameStep(recorded: Step, now: Step | undefined): boolean {
  if (!now) return false
  const [one, other] = [stepLine(recorded), stepLine(now)]
  return one.text === other.text && held(one, other).kind === 'same'
}

/** What is said of a part of a walk, and the values that may differ all the same. */
interface Part {
  readonly text: string
  readonly values: ReadonlyMap<string, string>
}

function stepLine({ from, name, to, output, variables, compared }: Step): Part {
  return { text: `${from} -- ${name} --> ${to}`, values: pathsOf({ output, variables, compared }) }
}

function warningLine({ code, message, widget }: LoggedWarning): Part {
  return { text: `warning ${code} at ${widget}`, values: pathsOf({ message }) }
}

function endLine(execution: Execution): Part {
  const { status, endedReason, waiting, document } = execution
  const text = status === 'ended' ? `ends: ${endedReason}` : `rests at ${topFrame(execution).at}`
  return { text, values: pathsOf({ waiting: waiting?.for, document }) }
}

/** The longest way that both have in common, and between its lines what only one of them has. */
function sideBySide(recorded: readonly Part[], now: readonly Part[]): readonly Line[] {
  const walks = { recorded, now, common: commonLengths(recorded, now) }
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < recorded.length || j < now.length) {
    const line = lineAt(walks, i, j)
    lines.push(line)
    if (line.kind !== 'added') i += 1
    if (line.kind !== 'missing') j += 1
  }
  return lines
}

interface Walks {
  readonly recorded: readonly Part[]
  readonly now: readonly Part[]
  readonly common: readonly (readonly number[])[]
}

function lineAt({ recorded, now, common }: Walks, i: number, j: number): Line {
  const [one, other] = [recorded[i], now[j]]
  if (one && other && one.text === other.text) return held(one, other)
  const isMissing = one && (!other || at(common, i + 1, j) >= at(common, i, j + 1))
  return isMissing ? { kind: 'missing', text: one.text } : { kind: 'added', text: other?.text ?? '' }
}

/** How many lines two walks have in common from each pair of places on. */
function commonLengths(recorded: readonly Part[], now: readonly Part[]): readonly (readonly number[])[] {
  const rows: number[][] = [new Array<number>(now.length + 1).fill(0)]
  for (const one of recorded.toReversed()) {
    const [below = []] = rows
    const row = [0]
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const isSame = one.text === now[j]?.text
      row.unshift(isSame ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[0] ?? 0))
    }
    rows.unshift(row)
  }
  return rows
}

function at(rows: readonly (readonly number[])[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0
}

function held({ text, values: recorded }: Part, { values: now }: Part): Line {
  const paths = [...new Set([...recorded.keys(), ...now.keys()])]
  const changed = paths.filter((path) => recorded.get(path) !== now.get(path))
  if (changed.length === 0) return { kind: 'same', text }
  const values = changed.map((path) => ({ path, recorded: recorded.get(path), now: now.get(path) }))
  return { kind: 'changed', text, values }
}
