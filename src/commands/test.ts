import { relative } from 'node:path'
import { NoScenarios } from '../scenario/find.ts'
import { junitReporter } from '../scenario/reporters/junit.ts'
import type { Desk, Reporter } from '../scenario/reporters/reporter.ts'
import { tapReporter } from '../scenario/reporters/tap.ts'
import { textReporter } from '../scenario/reporters/text.ts'
import { runScenarios } from '../scenario/run.ts'
import type { REPORTERS } from './reporters.ts'
import type { Streams } from './streams.ts'

const REPORTER: Readonly<Record<(typeof REPORTERS)[number], (desk: Desk) => Reporter>> = {
  text: textReporter,
  tap: tapReporter,
  junit: junitReporter,
}

export interface TestOptions {
  readonly reporter: (typeof REPORTERS)[number]
  readonly coverage?: true
}

/** Plays scenario files; answers the exit code: 0 all passed, 1 one failed, 2 none could be read. */
export async function test(
  paths: readonly string[],
  options: TestOptions,
  { output, errors }: Streams,
): Promise<number> {
  const reporter = REPORTER[options.reporter]({
    write: (text) => void output.write(text),
    shorten: (path) => relative(process.cwd(), path),
    coverage: options.coverage ? 'shown' : 'left-out',
  })
  try {
    const run = await runScenarios(paths, reporter)
    reporter.end(run)
    return run.exitCode
  } catch (error) {
    if (!(error instanceof NoScenarios)) throw error
    errors.write(`${error.message}\n`)
    return 2
  }
}
