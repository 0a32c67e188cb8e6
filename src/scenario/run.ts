import { Coverage, type FlowCoverage } from './coverage.ts'
import { findScenarios } from './find.ts'
import { playScenario } from './play.ts'
import type { Reporter } from './reporters/reporter.ts'
import { passed, type Result } from './result.ts'

/** What came of many scenarios. */
export interface Run {
  readonly results: readonly Result[]
  readonly coverage: readonly FlowCoverage[]
  /** 0: all did what they say. 1: one did not. 2: none could be read. */
  readonly exitCode: 0 | 1 | 2
}

/** Plays scenarios one after another and reports each; throws `NoScenarios` where there are none. */
export async function runScenarios(
  paths: readonly string[],
  { result: report }: Pick<Reporter, 'result'>,
): Promise<Run> {
  const coverage = new Coverage()
  const results: Result[] = []
  for (const found of await findScenarios(paths)) {
    const result: Result =
      'faults' in found
        ? { kind: 'unreadable', scenario: found }
        : { kind: 'played', played: await playScenario(found) }
    if (result.kind === 'played') coverage.add(result.played)
    results.push(result)
    report(result)
  }
  return { results, coverage: await coverage.flows(), exitCode: exitCodeOf(results) }
}

function exitCodeOf(results: readonly Result[]): Run['exitCode'] {
  if (results.every(passed)) return 0
  return results.every(({ kind }) => kind === 'unreadable') ? 2 : 1
}
