import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Resource } from '../functions/resource.ts'
import { entriesIn, NO_OBJECT, NO_SIDS, SIDS_FILE, type Sids, sidProblems, sidsOf } from './sids.ts'
import { Told } from './told.ts'

/** What the file is read with. */
export interface SidsFileParts {
  readonly folder: string
  readonly log: Logger
  /** The functions that are served, by path. */
  functions(): ReadonlyMap<string, Resource>
}

/** `sids.json` of the flows folder: a broken one takes no flow from its number either, the last good one stays. */
export class SidsFile {
  readonly #parts: SidsFileParts
  readonly #problems: Told
  #sids = NO_SIDS

  constructor(parts: SidsFileParts) {
    this.#parts = parts
    this.#problems = new Told((problem) => parts.log.error({ file: SIDS_FILE }, problem))
  }

  /** What it says. */
  get sids(): Sids {
    return this.#sids
  }

  /** Reads it again, where it is among the files of the folder. What is wrong with it, in whatever light the functions put it, is told of once. */
  async load(files: readonly string[]): Promise<void> {
    const text = files.includes(SIDS_FILE) ? await this.#text() : '{}'
    const entries = text === undefined ? undefined : entriesIn(text)
    if (entries) this.#sids = sidsOf(entries)
    this.#problems.say(entries ? sidProblems(entries, { files, functions: this.#parts.functions() }) : [NO_OBJECT])
  }

  /** Nothing where it cannot be read. */
  #text(): Promise<string | undefined> {
    return readFile(join(this.#parts.folder, SIDS_FILE), 'utf8').catch(() => undefined)
  }
}
