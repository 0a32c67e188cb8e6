import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder whose functions and assets a flow finds that is played alone: that of the flow, the one above it (as of `flows/`), or else the current one. */
export function projectFolder(flowsFolder: string): string {
  const near = [flowsFolder, dirname(flowsFolder)]
  return near.find((folder) => KEPT_IN.some((name) => isFolder(join(folder, name)))) ?? process.cwd()
}

/** By Twilio's names. Those that are named otherwise are found from the current folder. */
const KEPT_IN = ['functions', 'assets']

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
