import { unwatchFile, watchFile } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { FolderWatch } from '../folder-watch.ts'
import type { FolderSettings } from './folders.ts'
import { type Project, type ReadProject, readProject, SETTING_FILES } from './project.ts'
import type { Resource } from './resource.ts'

/** What is needed to read a project and to tell of it. */
export interface ProjectFolderParts extends FolderSettings {
  readonly log: Logger
  /** Whether an address is the server's own, so that no request for it reaches a function or an asset. */
  isTaken(path: string): boolean
}

/** Thrown at the start where two files would be served at one path; the message names them. */
export class UnusableProject extends Error {
  override readonly name = 'UnusableProject'
}

/** The functions and assets of the served folder: read at start, watched after it. What is broken later leaves the last good table. */
export class ProjectFolder {
  readonly #parts: ProjectFolderParts
  #project: Project
  #last: ReadProject
  #told = new Set<string>()
  readonly #watches = new Map<string, FolderWatch>()
  #changed: (() => void) | undefined
  #settling: NodeJS.Timeout | undefined
  #loading: Promise<void> = Promise.resolve()

  private constructor(parts: ProjectFolderParts, read: ReadProject) {
    this.#parts = parts
    this.#last = read
    this.#project = read.project
    this.#tell(read)
  }

  /** Reads the folder; throws `UnusableProject`. */
  static async open(parts: ProjectFolderParts): Promise<ProjectFolder> {
    const read = await readProject(parts)
    if (read.clashes.length > 0) throw new UnusableProject(read.clashes.join('\n'))
    return new ProjectFolder(parts, read)
  }

  /** What is served now; another object after each change, be it in a file that only functions see. */
  get project(): Project {
    return this.#project
  }

  /** Reads again whenever something changes, and calls back when there is another project. */
  watch(changed: () => void): void {
    this.#changed = changed
    for (const file of this.#settingFiles()) watchFile(file, { persistent: false, interval: LOOK_MS }, this.#settle)
    this.#watchFolders()
  }

  async close(): Promise<void> {
    clearTimeout(this.#settling)
    for (const file of this.#settingFiles()) unwatchFile(file, this.#settle)
    for (const watch of this.#watches.values()) watch.close()
    this.#changed = undefined
    await this.#loading
  }

  #settingFiles(): string[] {
    return SETTING_FILES.map((name) => join(this.#parts.folder, name))
  }

  /** Watches the folders that there are by now, and looks again at new ones: something may have come before they were watched. */
  #watchFolders(): void {
    const { folders } = this.#last
    const fresh = folders.filter((folder) => !this.#watches.has(folder))
    for (const [folder, watch] of this.#watches) {
      if (folders.includes(folder)) continue
      watch.close()
      this.#watches.delete(folder)
    }
    for (const folder of fresh) this.#watches.set(folder, new FolderWatch(folder, this.#settle))
    if (fresh.length > 0) this.#settle()
  }

  /** Editors write a file in several steps; the last of them counts. */
  readonly #settle = (): void => {
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => {
      this.#loading = this.#loading.then(() => this.#load())
    }, SETTLE_MS)
  }

  async #load(): Promise<void> {
    try {
      await this.#take(await readProject(this.#parts))
    } catch (error) {
      this.#parts.log.error({ err: error }, 'the functions and assets could not be read')
    }
  }

  async #take(read: ReadProject): Promise<void> {
    if (!this.#changed || read.stamp === this.#last.stamp) return
    this.#last = read
    this.#watchFolders()
    this.#tell(read)
    if (read.clashes.length > 0) return
    this.#project = read.project
    this.#changed()
  }

  /** Says what is wrong, once for as long as it is. */
  #tell({ project, clashes, problems }: ReadProject): void {
    const wrong = [
      ...clashes.map((clash) => `${clash}; what was served before stays`),
      ...problems,
      ...[...project.functions.values(), ...project.assets.values()].flatMap((resource) => this.#hiddenBy(resource)),
    ]
    for (const problem of wrong.filter((one) => !this.#told.has(one))) this.#parts.log.error(problem)
    this.#told = new Set(wrong)
  }

  #hiddenBy({ kind, path, file, visibility }: Resource): string[] {
    if (visibility === 'private' || !this.#parts.isTaken(path)) return []
    const reach = kind === 'function' ? 'only flows reach it' : 'nobody reaches it'
    return [`${path} is an address of Trunkline itself, so ${file} is not served there; ${reach}`]
  }
}

const SETTLE_MS = 150
const LOOK_MS = 1_000
