import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { whyUnreadable } from '../unreadable.ts'
import { isScenario, type ReadScenario, readScenarios, type UnreadableScenario } from './read.ts'
import { sourcesIn } from './source.ts'

/** Thrown where there is nothing to play; the message says what was looked for. */
export class NoScenarios extends Error {
  override readonly name = 'NoScenarios'
}

/** Folders that are looked into, in this order, where none is named. */
export const USUAL_FOLDERS = ['scenarios', 'test/scenarios', '.'] as const

/** The scenarios in files, and in all files below folders; throws `NoScenarios` where there are none. */
export async function findScenarios(paths: readonly string[]): Promise<readonly (ReadScenario | UnreadableScenario)[]> {
  const wanted = paths.length > 0 ? paths : [await usualFolder()]
  const found = (await Promise.all(wanted.map((path) => scenariosAt(resolve(path), path)))).flat()
  if (found.length > 0) return found
  throw new NoScenarios(
    `there is no scenario in ${wanted.join(', ')}; expected *.yaml, *.yml or *.json files with the keys flow and start`,
  )
}

async function usualFolder(): Promise<string> {
  for (const folder of USUAL_FOLDERS) if (await isFolder(folder)) return folder
  return '.'
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() ?? false
}

async function scenariosAt(path: string, named: string): Promise<readonly (ReadScenario | UnreadableScenario)[]> {
  if (!(await isFolder(path))) return inFile(path, await textOf(path, named))
  const files = await filesBelow(path)
  const texts = await Promise.all(files.map(async (file) => ({ file, text: await textOf(file, file) })))
  return texts
    .filter(({ file, text }) => sourcesIn(file, text).some(isScenario))
    .flatMap(({ file, text }) => readScenarios(file, text))
}

/** A file that is named has to hold a scenario. */
function inFile(file: string, text: string): readonly (ReadScenario | UnreadableScenario)[] {
  const scenarios = readScenarios(file, text)
  if (scenarios.length > 0) return scenarios
  const message = 'the file is empty; expected a scenario with the keys flow and start'
  return [{ name: basename(file), file, faults: [{ position: { line: 1, column: 1 }, message }] }]
}

async function textOf(path: string, named: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new NoScenarios(`${named} cannot be read: ${whyUnreadable(error)}`)
  }
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .map(async (entry) => {
        const path = join(folder, entry.name)
        if (entry.isDirectory()) return filesBelow(path)
        return /\.(ya?ml|json)$/.test(entry.name) ? [path] : []
      }),
  )
  return found.flat().sort()
}
