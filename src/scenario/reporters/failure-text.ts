import type { Failure } from '../failure.ts'
import type { Mismatch } from '../mismatch.ts'
import type { UnreadableScenario } from '../read.ts'
import type { Result } from '../result.ts'

/** Why a scenario failed, as lines for a person; nothing where it did not. */
export function failureLines(result: Result, shorten: (path: string) => string): readonly string[] {
  if (result.kind === 'unreadable') return faultLines(result.scenario, shorten)
  const { failure } = result.played
  return failure ? linesOf(failure, shorten) : []
}

function faultLines({ file, faults }: UnreadableScenario, shorten: (path: string) => string): readonly string[] {
  return faults.map(({ position: { line, column }, message }) => `${shorten(file)}:${line}:${column}  ${message}`)
}

function linesOf(
  { file, position: { line, column }, step, trouble, mismatches, scene }: Failure,
  shorten: (path: string) => string,
): readonly string[] {
  return [
    `${shorten(file)}:${line}:${column}  ${step ?? 'before the beginning'}`,
    ...(trouble === undefined ? [] : indented([trouble])),
    ...mismatches.flatMap((one) => indented(mismatchLines(one))),
    ...scene.flatMap(({ title, lines }) => indented(column2(title, lines))),
  ]
}

function mismatchLines({ what, expected, got, difference }: Mismatch): readonly string[] {
  return [
    what,
    ...indented(column2('expected', [expected])),
    ...indented(column2('got', got.length > 0 ? got : ['nothing'])),
    ...(difference === undefined ? [] : indented(column2('difference', [difference]))),
  ]
}

const WIDTH = 12

/** A title with its lines beside it. */
function column2(title: string, lines: readonly string[]): readonly string[] {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line, index) => `${(index === 0 ? title : '').padEnd(WIDTH)}${line}`)
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}
