import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Logger } from 'pino'
import { parseFlowText } from '../flow/file.ts'
import { type ImportedFlow, importFlow } from '../flow/import.ts'
import type { WidgetCatalogue } from '../flow/validate.ts'
import type { Store } from '../store/store.ts'
import { whyUnreadable } from '../unreadable.ts'
import { reportFlow } from './flow-report.ts'
import { flowSid, sidInText } from './flow-sid.ts'
import type { FlowLibrary } from './flows.ts'

/** What it takes to read the files of a folder. */
export interface ReaderParts {
  readonly folder: string
  readonly flows: FlowLibrary
  readonly store: Pick<Store, 'flow' | 'revision'>
  readonly catalogue: WidgetCatalogue
  readonly log: Logger
}

/** A flow as its file has it. */
export interface ReadFlow {
  readonly file: string
  /** Of its file, without the ending. */
  readonly name: string
  readonly sid: string
  /** Left out where the file is broken, and an earlier process has kept a revision of it. */
  readonly imported?: ImportedFlow
}

/** Reads the files of a folder that are new or have changed since they were read, and tells what is wrong in them. */
export class FlowReader {
  readonly #parts: ReaderParts
  readonly #digests = new Map<string, string>()
  readonly #broken = new Map<string, string>()

  constructor(parts: ReaderParts) {
    this.#parts = parts
  }

  /** The files that were read. */
  get known(): readonly string[] {
    return [...new Set([...this.#digests.keys(), ...this.#broken.keys()])]
  }

  /** Why files are not served as they are, by their names. */
  get broken(): ReadonlyMap<string, string> {
    return this.#broken
  }

  /** The flow of a file that is new or has changed, where it can be served; `pinned` is the sid that the folder gives it. */
  async read(file: string, pinned: string | undefined): Promise<ReadFlow | undefined> {
    const text = await this.#changedText(file, pinned)
    if (text === undefined) return undefined
    const parsed = parseFlowText(text)
    const imported = 'issue' in parsed ? { issues: [parsed.issue] } : importFlow(parsed.json, this.#parts.catalogue)
    const isGood = 'definition' in imported
    const flow = {
      file,
      name: basename(file, '.json'),
      sid: flowSid(file, isGood ? imported.sid : sidInText(text), pinned),
    }
    const isServed = this.#parts.flows.named(flow.name) !== undefined
    const isKept = !isGood && !isServed && (await this.#isKept(flow.sid))
    const flaw = reportFlow({ file, text, issues: imported.issues, isServed: isServed || isKept }, this.#parts.log)
    if (flaw === undefined) this.#broken.delete(file)
    else this.#broken.set(file, flaw)
    if (isGood) return { ...flow, imported }
    return isKept ? flow : undefined
  }

  async #isKept(sid: string): Promise<boolean> {
    const { store } = this.#parts
    return (await store.flow(sid))?.origin === 'file' && (await store.revision(sid, 'LatestPublished')) !== undefined
  }

  /** Has a file read again at the next change in the folder, whether it has changed or not. */
  forget(file: string): void {
    this.#digests.delete(file)
    this.#broken.delete(file)
  }

  /** Has a file that is in the way of another one read again like that, and counted among the broken ones until then. */
  refuse(file: string, flaw: string): void {
    this.forget(file)
    this.#broken.set(file, flaw)
    this.#parts.log.error({ file }, flaw)
  }

  /** The text of a file that is new or has changed, its pinned sid included; one that cannot be read is told of once. */
  async #changedText(file: string, pinned: string | undefined): Promise<string | undefined> {
    const text = await readFile(join(this.#parts.folder, file), 'utf8').catch((error: Error) => error)
    const digest = createHash('sha256').update(`${pinned}\n${text}`).digest('hex')
    if (this.#digests.get(file) === digest) return undefined
    this.#digests.set(file, digest)
    if (typeof text === 'string') return text
    this.#parts.log.error({ file, err: text }, 'the file cannot be read')
    this.#broken.set(file, `${file} cannot be read: ${whyUnreadable(text)}`)
    return undefined
  }
}
