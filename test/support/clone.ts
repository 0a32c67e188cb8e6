import { cpSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { typed } from './shell.ts'

/** A clone of the project as it stands, with its packages installed and built; gives its folder. */
export async function clone(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-clone-'))
  cpSync('.', folder, { recursive: true, filter: (path) => !MADE.has(basename(path)) })
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  const commit = 'git init -q && git add . && git -c user.name=me -c user.email=me@example.org commit -qm clone'
  await typed(`${commit}\nnpm run build`, { cwd: folder })
  return folder
}

/** What a clone does not have. */
const MADE: ReadonlySet<string> = new Set(['.git', '.env', 'node_modules', 'dist', 'data'])
