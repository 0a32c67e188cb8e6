import type { FlowCoverage, Share } from '../coverage.ts'
import { passed, type Result, titleOf } from '../result.ts'
import { failureLines } from './failure-text.ts'
import type { Desk, Reporter } from './reporter.ts'

/** For people: a line for each scenario, what failed and where, a summary. */
export function textReporter({ write, shorten, coverage: wanted }: Desk): Reporter {
  const line = (text: string) => write(`${text}\n`)
  return {
    result(result) {
      line(`${passed(result) ? 'ok    ' : 'FAILED'}  ${titleOf(result)}${timeOf(result)}`)
      for (const text of failureLines(result, shorten)) line(`        ${text}`)
      if (result.kind === 'played') for (const note of result.played.notes) line(`        not stubbed: ${note}`)
    },
    end({ results, coverage }) {
      if (wanted === 'shown') for (const text of coverage.flatMap((flow) => coverageLines(flow, shorten))) line(text)
      const failed = results.filter((result) => !passed(result)).length
      line('')
      line(
        `${results.length} ${results.length === 1 ? 'scenario' : 'scenarios'}, ${failed === 0 ? 'all passed' : `${failed} failed`}`,
      )
    },
  }
}

function timeOf(result: Result): string {
  return result.kind === 'played' ? `  (${Math.round(result.played.milliseconds)} ms)` : ''
}

/** What was walked of a flow, and what was not, as lines. */
export function coverageLines(
  { file, transitions, widgets, neverTaken, neverReached }: FlowCoverage,
  shorten: (path: string) => string,
): readonly string[] {
  const place = ({ line, column }: { readonly line: number; readonly column: number }) =>
    `${shorten(file)}:${line}:${column}`
  return [
    '',
    `${shorten(file)}: ${share(transitions)} transitions, ${share(widgets)} widgets`,
    ...neverReached.map(({ position, text }) => `  ${place(position)}  never reached  ${text}`),
    ...neverTaken.map(({ position, text }) => `  ${place(position)}  never taken  ${text}`),
  ]
}

function share({ walked, all }: Share): string {
  return `${walked} of ${all} (${all === 0 ? 100 : Math.floor((walked / all) * 100)} %)`
}
