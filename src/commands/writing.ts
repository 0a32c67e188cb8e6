import { codeOf } from '../error-code.ts'

/** Waits until something is written at a path; throws an `UnwritableFile` where it cannot be. */
export async function writing(path: string, written: Promise<unknown>): Promise<void> {
  try {
    await written
  } catch (cause) {
    throw new UnwritableFile(`${path} cannot be written: ${whyUnwritable(cause)}`, { cause })
  }
}

/** Thrown where a file or a folder cannot be written; the message says which and why. */
export class UnwritableFile extends Error {
  override readonly name = 'UnwritableFile'
}

function whyUnwritable(error: unknown): string {
  const known = REASONS[codeOf(error) ?? '']
  return known ?? (error instanceof Error ? error.message : String(error))
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EEXIST: 'a file is where a folder is needed',
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a file is where a folder is needed',
}
