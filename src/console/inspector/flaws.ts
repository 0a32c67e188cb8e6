import { offsetAt } from '../../flow/located.ts'
import { scan } from '../../flow/scan.ts'
import type { JsonPath } from '../document/json.ts'
import type { Problem } from '../document/problem.ts'

/** A problem of a text, and the part of the text that it is about. */
export interface Flaw {
  readonly from: number
  readonly to: number
  readonly severity: Problem['severity']
  readonly says: string
}

/** The problems of what stands at a path of the definition, or inside of it; their paths go on from there. */
export function problemsBelow(problems: readonly Problem[], path: JsonPath): readonly Problem[] {
  return problems
    .filter((problem) => path.every((key, place) => problem.path[place] === key))
    .map((problem) => ({ ...problem, path: problem.path.slice(path.length) }))
}

/** What is wrong in a text, with its places, as far as they can be told. */
export function flawsIn(text: string, language: 'json' | 'liquid', problems: readonly Problem[]): readonly Flaw[] {
  return problems.flatMap((problem) => {
    const at = language === 'json' ? placeInJson(text, problem) : placeInText(problem)
    if (at === undefined || text === '') return []
    const from = Math.min(at, text.length - 1)
    return [{ from, to: from + wordAt(text, from).length, severity: problem.severity, says: wordsOf(problem) }]
  })
}

function placeInText({ path, offset = 0 }: Problem): number | undefined {
  return path.length === 0 ? offset : undefined
}

function placeInJson(text: string, { path, offset }: Problem): number | undefined {
  try {
    return offsetAt({ text, root: scan(text), path, offset })
  } catch {
    return undefined // it is no JSON while it is typed
  }
}

/** What stands at a place: a name with the path behind it, a text in quotes, a tag to the end of its line, or a sign. */
function wordAt(text: string, from: number): string {
  WORD.lastIndex = from
  return WORD.exec(text)?.[0] ?? ''
}

const WORD = /[\w-]+(?:\.[\w-]+|\[[^\]\n]*\])*|"(?:[^"\\\n]|\\.)*"?|\{[{%]-?[^\n]*|[\s\S]/y

function wordsOf({ message, hint }: Problem): string {
  return hint === undefined ? message : `${message} (${hint})`
}
