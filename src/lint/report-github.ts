import type { Problem } from './lint.ts'
import { type Report, told } from './report.ts'

/** Workflow commands of GitHub Actions, which become annotations of a pull request. */
export function reportGithub({ problems }: Report): string {
  return problems.map((problem) => `${command(problem)}\n`).join('')
}

function command(problem: Problem): string {
  const { file, line, column, severity, widget, rule, hint } = problem
  const message = told(problem)
  const title = widget === undefined ? rule : `${rule} (${widget})`
  const properties = Object.entries({ file, line, col: column, title }).map(
    ([key, value]) => `${key}=${property(value)}`,
  )
  return `::${severity} ${properties.join(',')}::${data(hint === undefined ? message : `${message}\nhint: ${hint}`)}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(value: string | number): string {
  return data(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
