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

/** Tells of what is wrong with a flow file, each with its place; gives the first of what breaks it. */
export function reportFlow({ file, text, issues, isServed }: JudgedFile, log: Logger): string | undefined {
  const position = positionsIn(text)
  const errors: string[] = []
  for (const { severity, rule, path, message, hint, widget } of issues) {
    const { line: row, column } = position(path)
    const line = `${file}:${row}:${column} ${message}${hint ? ` (${hint})` : ''}`
    log[severity === 'error' ? 'error' : 'debug']({ file, rule, path, widget }, line)
    if (severity === 'error') errors.push(line)
  }
  if (errors.length === 0) return undefined
  const left = isServed ? 'its last good revision stays' : 'the flow is not served'
  log.error({ file }, `the file is broken; ${left}`)
  return errors[0]
}
