import type { Logger } from 'pino'
import { positionsIn } from '../flow/file.ts'
import type { Issue } from '../flow/issue.ts'

/** A flow file as it was read, and what is wrong with it. */
export interface JudgedFile {
  readonly file: string
  readonly text: string
  readonly issues: readonly Issue[]
  /** Whether a revision of it is served all the same. */
  readonly isServed: boolean
}

/** Tells of what is wrong with a flow file, each with its place. */
export function reportFlow({ file, text, issues, isServed }: JudgedFile, log: Logger): void {
  const position = positionsIn(text)
  for (const { severity, rule, path, message, hint, widget } of issues) {
    const { line: row, column } = position(path)
    const line = `${file}:${row}:${column} ${message}${hint ? ` (${hint})` : ''}`
    log[severity === 'error' ? 'error' : 'debug']({ file, rule, path, widget }, line)
  }
  if (!issues.some(({ severity }) => severity === 'error')) return
  const left = isServed ? 'its last good revision stays' : 'the flow is not served'
  log.error({ file }, `the file is broken; ${left}`)
}
