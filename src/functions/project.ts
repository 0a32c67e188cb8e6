import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type FolderSettings, findFolders, SKIPPED } from './folders.ts'
import { isFunction, placeOf } from './place.ts'
import type { Resource } from './resource.ts'
import { SERVERLESS_RC } from './serverless-rc.ts'
import { type Tree, type TreeFile, treeOf } from './tree.ts'

/** The functions and assets of a served folder, by where they are served. */
export interface Project {
  readonly functions: ReadonlyMap<string, Resource>
  readonly assets: ReadonlyMap<string, Resource>
}

/** What reading a folder came to. */
export interface ReadProject {
  /** Not to be served where there are `clashes`. */
  readonly project: Project
  /** Two files that would be served at one path. */
  readonly clashes: readonly string[]
  /** What is not served, or not as it was meant. */
  readonly problems: readonly string[]
  /** Another one when something has changed, be it a file that functions require. */
  readonly stamp: string
  /** Folders that can change it, whether they are there or not. */
  readonly folders: readonly string[]
}

/** Reads the functions and assets of a folder (functions-flex.md A1). */
export async function readProject(settings: FolderSettings): Promise<ReadProject> {
  const roots = await findFolders(settings)
  const functions = (await treeUnder(roots.functions, SKIPPED)) ?? NO_TREE
  const assets = (await treeUnder(roots.assets, JUNK)) ?? NO_TREE
  const found = [
    ...functions.files.filter(({ name }) => isFunction(name)).map((file) => resourceOf('function', file)),
    ...assets.files.map((file) => resourceOf('asset', file)),
  ]
  const resources = found.filter((one) => typeof one !== 'string')
  const misnamed = found.filter((one) => typeof one === 'string')
  const problems = [...roots.problems, ...functions.problems, ...assets.problems, ...misnamed]
  const files = [...functions.files, ...assets.files, ...(await settingFiles(settings.folder))]
  return {
    project: projectOf(resources),
    clashes: clashesOf(resources),
    problems,
    stamp: stampOf(files, problems),
    folders: [...new Set([...roots.candidates, ...functions.folders, ...assets.folders])],
  }
}

/** Files beside the folders that change what functions see, or where they are. */
export const SETTING_FILES = ['.env', 'package.json', SERVERLESS_RC] as const

const JUNK: ReadonlySet<string> = new Set(['.DS_Store'])
const NO_TREE: Tree = { files: [], folders: [], problems: [] }

async function treeUnder(root: string | undefined, skipped: ReadonlySet<string>): Promise<Tree | undefined> {
  return root === undefined ? undefined : treeOf(root, skipped)
}

/** What a file is served as, or why it is not. */
function resourceOf(kind: Resource['kind'], { name, file }: TreeFile): Resource | string {
  const place = placeOf(kind, name)
  return 'problem' in place ? `the ${kind} ${name} is not served: ${place.problem}` : { kind, file, ...place }
}

function projectOf(resources: readonly Resource[]): Project {
  const byPath = (wanted: Resource['kind']) =>
    new Map(resources.filter(({ kind }) => kind === wanted).map((resource) => [resource.path, resource]))
  return { functions: byPath('function'), assets: byPath('asset') }
}

function clashesOf(resources: readonly Resource[]): string[] {
  const first = new Map<string, Resource>()
  return resources.flatMap((resource) => {
    const other = first.get(resource.path)
    if (!other) first.set(resource.path, resource)
    return other ? [`${other.file} and ${resource.file} would both be served at ${resource.path}`] : []
  })
}

async function settingFiles(folder: string): Promise<Pick<TreeFile, 'file' | 'stamp'>[]> {
  const files = SETTING_FILES.map((name) => join(folder, name))
  return Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined)
      return { file, stamp: found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '' }
    }),
  )
}

function stampOf(files: readonly Pick<TreeFile, 'file' | 'stamp'>[], problems: readonly string[]): string {
  const hash = createHash('sha256').update(problems.join('\n'))
  for (const { file, stamp } of files) hash.update(`${file}\0${stamp}\n`)
  return hash.digest('hex')
}
