import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** How a server is run. */
export interface ServerCommand {
  /** Arguments of Node, from the first to the folder's. */
  readonly words: readonly string[]
  readonly folder: string
  readonly settings: Readonly<Record<string, string>>
  /** Where everything goes that it prints. */
  readonly log: string
}

/** A real server, as a process of its own that is killed and begun again on the same files and the same port. */
export class ServerLives {
  readonly #command: ServerCommand
  readonly #log: WriteStream
  #child: ChildProcess | undefined
  #isToEnd = false
  /** How lives ended that were to go on. */
  readonly sudden: string[] = []

  constructor(command: ServerCommand) {
    this.#command = command
    this.#log = createWriteStream(command.log)
  }

  /** Begins a life; resolves with true when it answers, with false when it is over before. */
  async begin(): Promise<boolean> {
    const { words, folder, settings } = this.#command
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(process.execPath, [...words, 'serve', folder], {
      env: { PATH, HOME, LOG_PRETTY: 'off', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.#isToEnd = false
    child.once('exit', (code, signal) => {
      if (!this.#isToEnd) this.sudden.push(`the server ended by itself with ${code ?? signal}`)
    })
    child.stderr.pipe(this.#log, { end: false })
    return new Promise((resolve) => {
      child.once('exit', () => resolve(false))
      createInterface(child.stdout).on('line', (line) => {
        this.#log.write(`${line}\n`)
        if (line.includes('answers on http://')) resolve(true)
      })
    })
  }

  get isAlive(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null
  }

  /** Whether somebody has seen to its end. */
  get isToEnd(): boolean {
    return this.#isToEnd
  }

  /** Tells the process something that does not end it. */
  signal(name: NodeJS.Signals): void {
    this.#child?.kill(name)
  }

  /** Ends the life at once. */
  kill(): void {
    this.#isToEnd = true
    this.#child?.kill('SIGKILL')
  }

  /** Resolves when the process is gone, with its exit code; null where it was killed. */
  async gone(): Promise<number | null> {
    const child = this.#child
    if (child && this.isAlive) await once(child, 'exit')
    return child?.exitCode ?? null
  }

  /** Ends the life as an administrator does. */
  stop(): Promise<number | null> {
    this.#isToEnd = true
    this.#child?.kill('SIGTERM')
    return this.gone()
  }

  close(): void {
    this.kill()
    this.#log.end()
  }
}
