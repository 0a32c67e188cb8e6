import { relative } from 'node:path'
import { problemsOf } from '../lint/lint.ts'
import { type Report, summaryOf } from '../lint/report.ts'
import { reportGithub } from '../lint/report-github.ts'
import { reportJson } from '../lint/report-json.ts'
import { type Marks, reportText } from '../lint/report-text.ts'
import { catalogue } from '../widgets/index.ts'
import { collectFlowFiles } from './flow-files.ts'
import type { Format } from './formats.ts'
import { paintFor } from './paint.ts'

/** Tells every problem of the flow files at these paths; sets the exit code: 1 for an error, 2 for an unreadable path. */
export async function validate(paths: readonly string[], { format, strict }: Options): Promise<void> {
  const { unreadable, ...all } = await collectFlowFiles(paths)
  for (const { path, reason } of unreadable) process.stderr.write(`${path} cannot be read: ${reason}\n`)
  const problems = problemsOf(all, catalogue, { strict })
  const report: Report = { problems, files: all.files.length, unreadable: unreadable.length }
  process.stdout.write(written(report, format))
  process.exitCode = exitCode(report)
}

interface Options {
  readonly format: Format
  readonly strict: boolean
}

function written(report: Report, format: Format): string {
  switch (format) {
    case 'text':
      return reportText(report, marks())
    case 'json':
      return reportJson(report)
    case 'github':
      return reportGithub({ ...report, problems: report.problems.map(inRepository) })
    default:
      return format satisfies never
  }
}

function marks(): Marks {
  const { red: error, yellow: warning, dim: faint } = paintFor(process.stdout)
  return { error, warning, faint }
}

/** GitHub knows files by their paths from the root of the repository, where its jobs run. */
function inRepository<P extends { readonly file: string }>(problem: P): P {
  return { ...problem, file: relative('.', problem.file) }
}

function exitCode(report: Report): number {
  if (report.unreadable > 0) return 2
  return summaryOf(report).errors > 0 ? 1 : 0
}
