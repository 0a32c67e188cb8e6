import { createHash } from 'node:crypto'
import { type FSWatcher, watch } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Logger } from 'pino'
import { parseFlowText, positionsIn } from '../flow/file.ts'
import { type ImportedFlow, importFlow } from '../flow/import.ts'
import type { Issue } from '../flow/issue.ts'
import type { WidgetCatalogue } from '../flow/validate.ts'
import type { Store } from '../store/store.ts'
import { flowSid, PINS, type Pins, readPins } from './flow-sid.ts'
import type { FlowLibrary } from './flows.ts'

/** What the folder needs to make flows of its files. */
export interface FolderParts {
  readonly folder: string
  readonly store: Store
  readonly flows: FlowLibrary
  readonly catalogue: WidgetCatalogue
  readonly log: Logger
  /** Only these files of the folder, where it is not to be served whole. */
  readonly files?: ReadonlySet<string> | undefined
}

/** The folder of flow files: loaded at start, watched after it. A broken file never takes a working flow down. */
export class FlowFolder {
  readonly #parts: FolderParts
  readonly #digests = new Map<string, string>()
  #watcher: FSWatcher | undefined
  #settling: NodeJS.Timeout | undefined
  #loading: Promise<void> = Promise.resolve()

  constructor(parts: FolderParts) {
    this.#parts = parts
  }

  /** Loads every flow file that is new or has changed. */
  load(): Promise<void> {
    this.#loading = this.#loading.then(() => this.#loadAll())
    return this.#loading
  }

  /** Loads again whenever something in the folder changes. */
  watch(): void {
    try {
      this.#watcher = watch(this.#parts.folder, () => this.#settle())
      this.#watcher.on('error', (error) =>
        this.#parts.log.warn({ err: error }, 'the flows folder is no longer watched'),
      )
    } catch (error) {
      this.#parts.log.warn({ err: error, folder: this.#parts.folder }, 'the flows folder cannot be watched')
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#settling)
    this.#watcher?.close()
    await this.#loading
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
    const { folder, flows, log } = this.#parts
    const files = (await filesOf(folder))?.filter((file) => file === PINS || this.#parts.files?.has(file) !== false)
    if (!files) log.warn({ folder }, 'the flows folder does not exist; no flow is served from files')
    const pins = await this.#pins(files ?? [])
    for (const file of (files ?? []).filter((name) => name !== PINS)) await this.#loadFile(file, pins)
    for (const { name } of flows.list()) {
      if (files?.includes(`${name}.json`)) continue
      flows.withdraw(name)
      this.#digests.delete(`${name}.json`)
      log.info({ flow: name }, 'the flow file is gone; the flow is no longer served')
    }
  }

  async #loadFile(file: string, pins: Pins): Promise<void> {
    const text = await readFile(join(this.#parts.folder, file), 'utf8').catch(() => undefined)
    const digest =
      text === undefined
        ? undefined
        : createHash('sha256')
            .update(`${pins.get(file)}\n${text}`)
            .digest('hex')
    if (text === undefined || digest === undefined || this.#digests.get(file) === digest) return
    this.#digests.set(file, digest)

    const parsed = parseFlowText(text)
    if ('issue' in parsed) return this.#report(file, text, [parsed.issue])
    const imported = importFlow(parsed.json, this.#parts.catalogue)
    this.#report(file, text, imported.issues)
    if ('definition' in imported) await this.#publish(file, imported, pins)
  }

  async #publish(file: string, imported: ImportedFlow, pins: Pins): Promise<void> {
    const name = basename(file, '.json')
    const sid = flowSid(file, imported.sid, pins.get(file))
    const taken = this.#parts.flows.list().find((other) => other.sid === sid && other.name !== name)
    if (taken) {
      this.#parts.log.error({ file, sid }, `not served: the flow sid is that of ${taken.name}.json already`)
      return
    }
    const friendlyName = imported.friendlyName ?? name
    const { source: definition } = imported
    const { revision } = await this.#parts.store.saveRevision({
      sid,
      friendlyName,
      definition,
      status: 'published',
      at: Date.now(),
    })
    this.#parts.flows.serve({ name, sid, friendlyName })
    this.#parts.log.debug({ file, sid, revision }, 'flow served')
  }

  #report(file: string, text: string, issues: readonly Issue[]): void {
    const position = positionsIn(text)
    for (const { severity, rule, path, message, hint, widget } of issues) {
      const { line: row, column } = position(path)
      const line = `${file}:${row}:${column} ${message}${hint ? ` (${hint})` : ''}`
      if (severity === 'error') this.#parts.log.error({ file, rule, path, widget }, line)
      else this.#parts.log.debug({ file, rule, path, widget }, line)
    }
    if (!issues.some(({ severity }) => severity === 'error')) return
    const served = this.#parts.flows.named(basename(file, '.json'))
    this.#parts.log.error(
      { file },
      served ? 'the file is broken; its last good revision stays' : 'the file is broken; the flow is not served',
    )
  }

  async #pins(files: readonly string[]): Promise<Pins> {
    if (!files.includes(PINS)) return new Map()
    try {
      return readPins(await readFile(join(this.#parts.folder, PINS), 'utf8'))
    } catch (error) {
      this.#parts.log.error(
        { err: error, file: PINS },
        'the pinned flow sids cannot be read; expected {"FW…": "file.json"}',
      )
      return new Map()
    }
  }
}

const SETTLE_MS = 150

async function filesOf(folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json') && !name.startsWith('.')).sort()
  } catch {
    return undefined // absent or not readable: said by the caller
  }
}
