import { codeOf } from './error-code.ts'

/** Why a file or folder cannot be read, in words that follow its name. */
export function whyUnreadable(error: unknown): string {
  const code = codeOf(error)
  if (isMissing(error)) return 'there is no such file or folder'
  if (code === 'EACCES') return 'it may not be read'
  if (code === 'EISDIR') return 'it is a folder'
  return error instanceof Error ? error.message : String(error)
}

/** Whether it cannot be read because nothing is there. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}
