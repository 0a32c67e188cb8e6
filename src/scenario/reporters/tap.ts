import { stringify } from 'yaml'
import { passed, type Result, titleOf } from '../result.ts'
import { failureLines } from './failure-text.ts'
import type { Desk, Reporter } from './reporter.ts'
import { coverageLines } from './text.ts'

/** TAP version 14, with a block of YAML under what failed. */
export function tapReporter({ write, shorten, coverage: wanted }: Desk): Reporter {
  let number = 0
  const line = (text: string) => write(`${text}\n`)
  return {
    result(result) {
      if (number === 0) line('TAP version 14')
      number += 1
      line(`${passed(result) ? 'ok' : 'not ok'} ${number} - ${escaped(titleOf(result))}`)
      const diagnosis = diagnosisOf(result, shorten)
      if (Object.keys(diagnosis).length > 0) write(block(diagnosis))
    },
    end({ coverage }) {
      line(`1..${number}`)
      if (wanted === 'shown')
        for (const text of coverage.flatMap((flow) => coverageLines(flow, shorten))) line(`# ${text}`.trimEnd())
    },
  }
}

/** `#` begins a directive, and a line break ends the description. */
function escaped(title: string): string {
  return title.replaceAll('\\', '\\\\').replaceAll('#', '\\#').replaceAll(/\s+/g, ' ')
}

function diagnosisOf(result: Result, shorten: (path: string) => string): Readonly<Record<string, unknown>> {
  if (result.kind === 'unreadable') {
    const { file, faults } = result.scenario
    return {
      severity: 'fail',
      message: failureLines(result, shorten).join('\n'),
      at: { file: shorten(file), ...faults[0]?.position },
    }
  }
  const { failure, milliseconds, notes } = result.played
  return {
    duration_ms: Math.round(milliseconds),
    ...(notes.length > 0 && { not_stubbed: notes }),
    ...(failure && {
      severity: 'fail',
      message: failure.step ?? failure.trouble,
      ...(failure.trouble !== undefined && { trouble: failure.trouble }),
      at: { file: shorten(failure.file), ...failure.position },
      mismatches: failure.mismatches.map(({ what, expected, got, difference }) => ({
        what,
        expected,
        got,
        difference,
      })),
      scene: Object.fromEntries(failure.scene.map(({ title, lines }) => [title, lines])),
    }),
  }
}

function block(diagnosis: Readonly<Record<string, unknown>>): string {
  const yaml = stringify(diagnosis, { lineWidth: 0 }).trimEnd()
  return `  ---\n${yaml.replaceAll(/^/gm, '  ')}\n  ...\n`
}
