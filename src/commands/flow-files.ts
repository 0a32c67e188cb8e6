import type { Dirent } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, normalize } from 'node:path'
import type { FlowFile, FlowFiles } from '../lint/lint.ts'
import { flowSid } from '../runtime/flow-sid.ts'
import { entriesIn, NO_OBJECT, NO_SIDS, SIDS_FILE, type Sids, sidsOf } from '../runtime/sids.ts'
import { isMissing, whyUnreadable } from '../unreadable.ts'

/** The flow files that were found, and what could not be read. */
export interface Collected extends FlowFiles {
  readonly unreadable: readonly Unreadable[]
}

/** A path, and why it cannot be read. */
export interface Unreadable {
  readonly path: string
  readonly reason: string
}

/** Reads the flow files of these paths; of a folder all that end in `.json`, in its folders too, and of a project's those in its folder of flows. What sids stand for is no flow. */
export async function collectFlowFiles(paths: readonly string[]): Promise<Collected> {
  const failed: Unreadable[] = []
  const listed = await Promise.all(paths.map((path) => flowFilesAt(normalize(path), failed)))
  const found = [...new Set(listed.flat())]
  const sids = new Map<string, Sids>()
  for (const folder of new Set(found.map(dirname))) sids.set(folder, await sidsIn(folder, failed))
  const files = await Promise.all(found.map((file) => flowFile(file, sids.get(dirname(file)), failed)))
  const known = [...sids.values()]
  return {
    files: files.flat(),
    unreadable: failed,
    pinned: known.flatMap(({ flows }) => [...flows.values()]),
    functions: known.flatMap(({ functions }) => [...functions.keys()]),
  }
}

async function flowFilesAt(path: string, failed: Unreadable[]): Promise<readonly string[]> {
  const isFolder = await attempt(path, failed, async () => (await stat(path)).isDirectory())
  if (isFolder) return flowFilesIn(path, failed)
  return isFolder === undefined || basename(path) === SIDS_FILE ? [] : [path] // a shell's flows/*.json names it, too
}

async function flowFilesIn(folder: string, failed: Unreadable[]): Promise<readonly string[]> {
  const entries = (await attempt(folder, failed, () => readdir(folder, { withFileTypes: true }))) ?? []
  if (isProject(entries)) return flowFilesIn(join(folder, 'flows'), failed)
  const inside = entries.filter(({ name }) => !name.startsWith('.') && name !== SIDS_FILE && name !== 'node_modules')
  const files = inside
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return flowFilesIn(path, failed)
      return entry.name.endsWith('.json') ? [path] : []
    })
  return (await Promise.all(files)).flat()
}

/** As `init` makes one: what is JSON beside its flows is npm's, its functions' and its assets'. */
function isProject(entries: readonly Dirent[]): boolean {
  const hasFlows = entries.some((entry) => entry.name === 'flows' && entry.isDirectory())
  return hasFlows && entries.some(({ name }) => name === 'package.json')
}

/** A folder without the file has none. */
async function sidsIn(folder: string, failed: Unreadable[]): Promise<Sids> {
  const path = join(folder, SIDS_FILE)
  const entries = await attempt(path, failed, async () => {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '{}'
      throw error
    })
    const entries = entriesIn(text)
    if (!entries) throw new Error(NO_OBJECT)
    return entries
  })
  return entries ? sidsOf(entries) : NO_SIDS
}

async function flowFile(file: string, sids: Sids | undefined, failed: Unreadable[]): Promise<FlowFile[]> {
  const text = await attempt(file, failed, () => readFile(file, 'utf8'))
  const name = basename(file)
  return text === undefined ? [] : [{ file, text, sid: flowSid(name, sids?.flows.get(name)) }]
}

/** Notes what cannot be read, so that everything else still is. */
async function attempt<T>(path: string, failed: Unreadable[], read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    failed.push({ path, reason: whyUnreadable(error) })
    return undefined
  }
}
