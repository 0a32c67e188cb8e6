import type { Problem } from './lint.ts'
import { type Report, summaryOf } from './report.ts'

/** One JSON document: the problems, each with all its keys, and the sum. */
export function reportJson(report: Report): string {
  return `${JSON.stringify({ problems: report.problems.map(row), summary: summaryOf(report) }, null, 2)}\n`
}

/** What a problem does not have is null, so that every row has the same keys. */
function row({ file, line, column, severity, widget, rule, message, hint, path }: Problem) {
  return { file, line, column, severity, widget: widget ?? null, rule, message, hint: hint ?? null, path }
}
