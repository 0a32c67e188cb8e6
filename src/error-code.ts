/** The code of an error: a name of the system's such as `ENOENT`, one of Node's, an SQLSTATE; a number is none (that of a DOMException). */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
