import { copyFile, mkdir, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeOf } from '../error-code.ts'
import { OWN_PACKAGE } from '../own-package.ts'
import type { Streams } from './streams.ts'
import { UnwritableFile, writing } from './writing.ts'

/** Makes a folder to begin with: a flow, a scenario, a function, an asset, settings and a check for CI. Overwrites nothing; answers the exit code: 0 made, 1 something is there already, 2 it cannot be written; a `.gitignore` is left as it is. */
export async function init(folder: string, { output, errors }: Streams): Promise<number> {
  const isIgnoring = (await existing(join(folder, '.gitignore'))).length > 0
  const files = (await filesIn(TEMPLATE)).filter((file) => !(isIgnoring && file === GITIGNORE))
  const there = (await Promise.all(files.map((file) => existing(placeOf(file, folder))))).flat()
  if (there.length > 0) {
    errors.write(`nothing was made, for these are there already: ${there.map(shown).join(', ')}\n`)
    return 1
  }
  try {
    for (const file of files) await copy(file, folder)
  } catch (error) {
    if (!(error instanceof UnwritableFile)) throw error
    errors.write(`${error.message}\n`)
    return 2
  }
  output.write(farewell(files, folder))
  if (isIgnoring) output.write('\nYour .gitignore is left as it is: see that it names .env and data/\n')
  return 0
}

const TEMPLATE = fileURLToPath(new URL('template/', OWN_PACKAGE))

/** Without its dot, for npm packs no file of that name. */
const GITIGNORE = 'gitignore'

function placeOf(file: string, folder: string): string {
  return join(folder, file === GITIGNORE ? '.gitignore' : file)
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort()
}

async function existing(path: string): Promise<readonly string[]> {
  try {
    await stat(path)
    return [path]
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return []
    throw error
  }
}

async function copy(file: string, folder: string): Promise<void> {
  const target = placeOf(file, folder)
  await writing(shown(dirname(target)), mkdir(dirname(target), { recursive: true }))
  await writing(shown(target), copyFile(join(TEMPLATE, file), target))
}

function farewell(files: readonly string[], folder: string): string {
  const place = shown(folder)
  return [
    ...files.map((file) => `made ${shown(placeOf(file, folder))}`),
    '',
    'What to try:',
    ...(place === '.' ? [] : [`  cd ${place}`]),
    '  npx trunkline simulate flows/welcome.json --call --press 1',
    '  npx trunkline test',
    '  npx trunkline serve',
    '',
  ].join('\n')
}

function shown(path: string): string {
  return relative('.', path) || '.'
}
