import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { FolderWatch } from '../folder-watch.ts'
import type { Resource } from '../functions/resource.ts'
import type { Store } from '../store/store.ts'
import { isMissing, whyUnreadable } from '../unreadable.ts'
import { CallsElsewhere } from './calls-elsewhere.ts'
import { draftOf, erase, type FlowInFile } from './flow-file.ts'
import { FlowReader, type ReaderParts, type ReadFlow } from './flow-reader.ts'
import type { ServedFlow } from './flows.ts'
import { SIDS_FILE, type Sids } from './sids.ts'
import { SidsFile } from './sids-file.ts'

/** What the folder needs to make flows of its files. */
export interface FolderParts extends ReaderParts {
  readonly store: Store
  /** Only these files of the folder, where it is not to be served whole. */
  readonly files?: ReadonlySet<string> | undefined
  /** The functions that are served, by path. */
  functions(): ReadonlyMap<string, Resource>
  /** Whether what is asked at a URL is answered here. */
  isOurs(url: URL): boolean
}

/** A file that is not served as it is. */
export interface BrokenFile {
  readonly file: string
  /** The first thing that is wrong with it, with its place. */
  readonly flaw: string
  /** What is served of it all the same. */
  readonly flow: ServedFlow | undefined
}

/** The folder of flow files: loaded at start, watched after it. A broken file never takes a working flow down. */
export class FlowFolder {
  readonly #parts: FolderParts
  readonly #reader: FlowReader
  readonly #sidsFile: SidsFile
  readonly #calls: CallsElsewhere
  #watcher: FolderWatch | undefined
  #settling: NodeJS.Timeout | undefined
  #loading: Promise<void> = Promise.resolve()

  constructor(parts: FolderParts) {
    this.#parts = parts
    this.#reader = new FlowReader(parts)
    this.#sidsFile = new SidsFile(parts)
    this.#calls = new CallsElsewhere((line) => parts.log.warn(line))
  }

  /** What `sids.json` says. */
  get sids(): Sids {
    return this.#sidsFile.sids
  }

  /** Files that are not served as they are, and why. */
  get broken(): readonly BrokenFile[] {
    const { flows } = this.#parts
    return [...this.#reader.broken].map(([file, flaw]) => ({ file, flaw, flow: flows.named(basename(file, '.json')) }))
  }

  /** Loads every flow file that is new or has changed, and judges again whether what they call is here. */
  load(): Promise<void> {
    const load = () => this.#loadAll()
    this.#loading = this.#loading.then(load, load)
    return this.#loading
  }

  /** Loads again whenever something in the folder changes. */
  watch(): void {
    this.#watcher = new FolderWatch(this.#parts.folder, () => this.#settle())
  }

  /** Writes down what a flow is to become; what it gives puts that in the place of its file. Throws as `draftOf` does. */
  async draft(name: string, flow: FlowInFile): Promise<() => Promise<void>> {
    const replace = await draftOf(this.#file(name), flow)
    return async () => {
      await replace()
      await this.load()
    }
  }

  /** Removes the file of a flow; throws as `draft` does. */
  async erase(name: string): Promise<void> {
    await erase(this.#file(name))
    await this.load()
  }

  #file(name: string): string {
    return join(this.#parts.folder, `${name}.json`)
  }

  async close(): Promise<void> {
    clearTimeout(this.#settling)
    this.#watcher?.close()
    await this.#loading.catch(() => undefined) // told of already
  }

  /** Editors write a file in several steps; the last of them counts. */
  #settle(): void {
    clearTimeout(this.#settling)
    this.#settling = setTimeout(() => {
      this.load().catch((error: unknown) =>
        this.#parts.log.error({ err: error }, 'the flows folder could not be loaded'),
      )
    }, SETTLE_MS)
  }

  async #loadAll(): Promise<void> {
    const files = await this.#files()
    await this.#sidsFile.load(files)
    const read = await this.#readAll(files)
    // Saved together: a hundred flows are one commit, not a hundred.
    const claimed = this.#claimed(read.sort(goodFirst), files)
    await Promise.all(claimed.map((flow) => this.#guarded(flow.file, () => this.#serve(flow))))
    for (const file of this.#reader.known.filter((known) => !files.includes(known))) this.#forget(file)
    this.#calls.tell({ sids: this.sids, functions: this.#parts.functions(), isOurs: (url) => this.#parts.isOurs(url) })
    this.#withdrawGone(files)
  }

  /** The files to serve; none where the folder cannot be read. */
  async #files(): Promise<readonly string[]> {
    const { folder, files, log } = this.#parts
    const names = await readdir(folder).catch((error: unknown) => {
      const why = isMissing(error) ? 'does not exist' : `cannot be read: ${whyUnreadable(error)}`
      log.warn({ folder }, `the flows folder ${why}; no flow is served from files`)
      return []
    })
    const found = names.filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort()
    return found.filter((file) => file === SIDS_FILE || files?.has(file) !== false)
  }

  /** What is new or has changed of the flows in these files. */
  async #readAll(files: readonly string[]): Promise<ReadFlow[]> {
    const read: ReadFlow[] = []
    for (const file of files.filter((name) => name !== SIDS_FILE)) {
      const flow = await this.#guarded(file, () => this.#reader.read(file, this.sids.flows.get(file)))
      if (flow) read.push(flow)
    }
    return read
  }

  #withdrawGone(files: readonly string[]): void {
    const { flows, log } = this.#parts
    const fromFiles = flows.list().filter(({ origin }) => origin === 'file')
    for (const { name } of fromFiles.filter((served) => !files.includes(`${served.name}.json`))) {
      flows.withdraw(name)
      log.info({ flow: name }, 'the flow file is gone; the flow is no longer served')
    }
  }

  #forget(file: string): void {
    this.#reader.forget(file)
    this.#calls.forget(file)
  }

  /** Not even a fault of ours in one file keeps the others from being served. */
  async #guarded<Done>(file: string, work: () => Promise<Done>): Promise<Done | undefined> {
    try {
      return await work()
    } catch (error) {
      this.#reader.forget(file) // tried again at the next change
      this.#parts.log.error({ err: error, file }, 'the file could not be loaded')
      return undefined
    }
  }

  /** Those that may have their sids. Where several files have one, it is the flow's that is served with it already, or else the first one's. */
  #claimed(read: readonly ReadFlow[], files: readonly string[]): readonly ReadFlow[] {
    const names = new Map(this.#parts.flows.list().map(({ name, sid }) => [name, sid]))
    return read.filter(({ file, name, sid }) => {
      const taken = [...names].find(([other, its]) => its === sid && other !== name && files.includes(`${other}.json`)) // else the file was renamed
      if (!taken) names.set(name, sid)
      else this.#reader.refuse(file, `${file} is not served: the flow sid is that of ${taken[0]}.json already`)
      return !taken
    })
  }

  async #serve({ file, name, sid, imported }: ReadFlow): Promise<void> {
    const { store, flows, log } = this.#parts
    if (!imported) {
      const { friendlyName = name } = (await store.flow(sid)) ?? {}
      return flows.serve({ name, sid, friendlyName, origin: 'file' })
    }
    const friendlyName = imported.friendlyName ?? name
    const { source: definition } = imported
    const at = Date.now()
    const { revision } = await store.saveRevision({ sid, friendlyName, definition, status: 'published', at })
    flows.serve({ name, sid, friendlyName, origin: 'file' })
    this.#calls.note(file, imported.definition)
    log.debug({ file, sid, revision }, 'flow served')
  }
}

/** Good files come before broken ones, so that they get their sids first. */
function goodFirst(one: ReadFlow, other: ReadFlow): number {
  return Number(!one.imported) - Number(!other.imported)
}

const SETTLE_MS = 150
