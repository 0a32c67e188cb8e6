import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { whyUnreadable } from '../unreadable.ts'

/** A folder with all that is below it. */
export interface Tree {
  /** In the order of their names. */
  readonly files: readonly TreeFile[]
  /** The folder itself and those below it. */
  readonly folders: readonly string[]
  readonly problems: readonly string[]
}

export interface TreeFile {
  /** From the root on, with slashes: `sms/reply.js`. */
  readonly name: string
  /** Absolute path, links followed. */
  readonly file: string
  /** Another one when the file has changed. */
  readonly stamp: string
}

/** Reads what is below a folder, links included that stay inside; nothing where there is no such folder. */
export async function treeOf(folder: string, skipped: ReadonlySet<string>): Promise<Tree | undefined> {
  const root = await realpath(folder).catch(() => undefined)
  if (root === undefined || !(await stat(root)).isDirectory()) return undefined
  const walk = new Walk(root, skipped)
  await walk.enter({ name: '', at: root, above: [] })
  walk.files.sort((left, right) => (left.name < right.name ? -1 : 1))
  return walk
}

interface Folder {
  readonly name: string
  readonly at: string
  /** The folders that it is in: a link to one of them leads in a circle. */
  readonly above: readonly string[]
}

/** One look at all that is below a root. */
class Walk implements Tree {
  readonly files: TreeFile[] = []
  readonly folders: string[] = []
  readonly problems: string[] = []
  readonly #root: string
  readonly #skipped: ReadonlySet<string>

  constructor(root: string, skipped: ReadonlySet<string>) {
    this.#root = root
    this.#skipped = skipped
  }

  async enter(folder: Folder): Promise<void> {
    this.folders.push(folder.at)
    const entries = await readdir(folder.at, { withFileTypes: true }).catch((error: unknown) => {
      this.problems.push(`${folder.name || folder.at} cannot be read: ${whyUnreadable(error)}`)
      return []
    })
    for (const entry of entries.filter(({ name }) => !this.#skipped.has(name))) await this.#take(entry, folder)
  }

  async #take(entry: Dirent, { name: parent, at: folder, above }: Folder): Promise<void> {
    const name = parent === '' ? entry.name : `${parent}/${entry.name}`
    const at = await this.#followed(entry, name, folder)
    const found = at === undefined ? undefined : await stat(at).catch(() => undefined) // gone meanwhile
    if (at === undefined || !found) return
    if (found.isFile()) this.files.push({ name, file: at, stamp: `${found.ino} ${found.size} ${found.mtimeMs}` })
    const around = [...above, folder]
    if (found.isDirectory() && !around.includes(at)) await this.enter({ name, at, above: around })
  }

  /** Where a link leads, if that is inside: what is outside was not put here to be served. */
  async #followed(entry: Dirent, name: string, folder: string): Promise<string | undefined> {
    const at = join(folder, entry.name)
    if (!entry.isSymbolicLink()) return at
    const target = await realpath(at).catch((error: unknown) => {
      this.problems.push(`${name} is a link that leads nowhere: ${whyUnreadable(error)}`)
      return undefined
    })
    if (target === undefined || target.startsWith(this.#root + sep) || target === this.#root) return target
    this.problems.push(`${name} is a link to ${target}, outside of the folder; it is not served`)
    return undefined
  }
}
