import { grouped } from '../flow/grouped.ts'
import type { Problem } from './lint.ts'
import { type Report, type Summary, summaryOf, told } from './report.ts'

/** How the parts of a line are marked: in colours, or not at all. */
export interface Marks {
  error(text: string): string
  warning(text: string): string
  faint(text: string): string
}

/** One line a problem, a second one for its hint, an empty line between files, and the sum. */
export function reportText(report: Report, marks: Marks): string {
  const blocks = byFile(report.problems).map((problems) => problems.map((problem) => lines(problem, marks)).join(''))
  return [...blocks, `${sum(summaryOf(report))}\n`].join('\n')
}

function byFile(problems: readonly Problem[]): readonly (readonly Problem[])[] {
  return [...grouped(problems, ({ file }) => file).values()]
}

function lines(problem: Problem, marks: Marks): string {
  const { file, line, column, severity, widget, rule, hint } = problem
  const words = [
    `${oneLine(file)}:${line}:${column}`,
    marks[severity](severity),
    oneLine(widget ?? '-'),
    marks.faint(rule),
    oneLine(told(problem)),
  ]
  return `${words.join(' ')}\n${hint === undefined ? '' : `  ${marks.faint('hint:')} ${oneLine(hint)}\n`}`
}

/** Names and values of the file may hold line breaks and control characters of terminals. */
function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, escaped)
}

/** As JSON escapes them, those of the upper half too. */
function escaped(character: string): string {
  const short = JSON.stringify(character).slice(1, -1)
  return short === character ? `\\u00${character.charCodeAt(0).toString(16)}` : short
}

/** As `1 file, 2 errors, 0 warnings`. */
export function sum({ files, errors, warnings, unreadable }: Summary): string {
  const counts = [counted(files, 'file'), counted(errors, 'error'), counted(warnings, 'warning')]
  return [...counts, ...(unreadable > 0 ? [`${unreadable} could not be read`] : [])].join(', ')
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
