import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where a flow that is played by itself finds its functions and assets: in its own folder, in the one above it (which has `flows/`), or else in the current one. */
export function projectFolder(flowsFolder: string): string {
  const near = [flowsFolder, dirname(flowsFolder)]
  return near.find((folder) => KEPT_IN.some((name) => isFolder(join(folder, name)))) ?? process.cwd()
}

/** Twilio's names for them. Folders with other names are found only from the current one. */
const KEPT_IN = ['functions', 'assets']

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
