import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type NamedFolders, readServerlessRc } from './serverless-rc.ts'
import { treeOf } from './tree.ts'

/** Where the functions and assets of a served folder are. */
export interface Folders {
  /** Absolute paths; nothing where there is no such folder. */
  readonly functions?: string | undefined
  readonly assets?: string | undefined
  /** Folders whose coming and going changes what is above, whether they are there or not. */
  readonly candidates: readonly string[]
  readonly problems: readonly string[]
}

/** Folders that settings name; they win over everything. */
export interface FolderSettings extends NamedFolders {
  /** The folder that is served. */
  readonly folder: string
}

/** What installs packages, not what is written here. */
export const SKIPPED: ReadonlySet<string> = new Set(['node_modules'])

/** Finds the roots: those of the settings, those of `.twilioserverlessrc`, or the first usual one that exists (functions-flex.md A1). */
export async function findFolders({ folder, ...settings }: FolderSettings): Promise<Folders> {
  const { problem, ...named } = await readServerlessRc(folder)
  const functions = await rootOf(folder, settings.functions ?? named.functions, [
    { name: 'functions', counts: isFolder },
    { name: 'src', counts: holdsHandlers },
  ])
  const assets = await rootOf(folder, settings.assets ?? named.assets, [
    { name: 'assets', counts: isFolder },
    { name: 'static', counts: isFolder },
  ])
  return {
    functions: functions.found,
    assets: assets.found,
    candidates: [...functions.candidates, ...assets.candidates],
    problems: [problem, functions.problem, assets.problem].filter((one) => one !== undefined),
  }
}

interface Candidate {
  readonly name: string
  counts(folder: string): Promise<boolean>
}

interface Root {
  readonly found?: string
  readonly candidates: readonly string[]
  readonly problem?: string
}

async function rootOf(folder: string, named: string | undefined, usual: readonly Candidate[]): Promise<Root> {
  if (named !== undefined) return namedRoot(resolve(folder, named))
  const candidates: string[] = []
  for (const { name, counts } of usual) {
    const candidate = join(folder, name)
    candidates.push(candidate)
    if (await counts(candidate)) return { found: candidate, candidates }
  }
  return { candidates }
}

async function namedRoot(root: string): Promise<Root> {
  if (await isFolder(root)) return { found: root, candidates: [root] }
  return { candidates: [root], problem: `there is no folder ${root}, which the settings name` }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() === true
}

/** Many a project keeps other code in `src`, none of which anyone may call: it is a functions root only where a handler is in it. */
async function holdsHandlers(path: string): Promise<boolean> {
  const tree = await treeOf(path, SKIPPED)
  for (const { file } of tree?.files.filter(({ name }) => name.endsWith('.js')) ?? []) {
    if (HANDLER.test(await readFile(file, 'utf8').catch(() => ''))) return true
  }
  return false
}

const HANDLER = /\bexports\.handler\s*=|\bexport\s+(?:const|let|(?:async\s+)?function)\s+handler\b/
