import { createHash } from 'node:crypto'
import { type FSWatcher, watch } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Calls back whenever something in a folder may have changed: at once where the system tells of it, else within seconds (links to elsewhere, shared drives, a folder that is made or replaced later). */
export class FolderWatch {
  readonly #folder: string
  readonly #changed: () => void
  readonly #timer: NodeJS.Timeout
  #watcher: FSWatcher | undefined
  #seen: string | undefined
  #closed = false

  constructor(folder: string, changed: () => void) {
    this.#folder = folder
    this.#changed = changed
    this.#listen()
    this.#timer = setInterval(() => void this.#look(), LOOK_MS)
    this.#timer.unref()
    void this.#look()
  }

  close(): void {
    this.#closed = true
    clearInterval(this.#timer)
    this.#watcher?.close()
  }

  async #look(): Promise<void> {
    const found = await fingerprint(this.#folder)
    const before = this.#seen
    this.#seen = found
    if (this.#closed || before === undefined || before === found) return
    this.#listen() // the folder may be another one of the same name
    this.#changed()
  }

  #listen(): void {
    this.#watcher?.close()
    this.#watcher = undefined
    try {
      this.#watcher = watch(this.#folder, { persistent: false }, () => this.#changed())
      this.#watcher.on('error', () => this.#watcher?.close()) // looking goes on
    } catch {
      // not there, or not to be watched: looking finds out what happens
    }
  }
}

const LOOK_MS = 2_000

/** Which files there are, where links lead to, and when they were written. */
async function fingerprint(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => [])
  const hash = createHash('sha256')
  for (const name of ['.', ...names.sort()]) {
    const { ino, size, mtimeMs } = (await stat(join(folder, name)).catch(() => undefined)) ?? GONE
    hash.update(`${name}\0${ino} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const GONE = { ino: 0, size: 0, mtimeMs: 0 }
