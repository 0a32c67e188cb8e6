import type { Logger } from 'pino'
import type { FunctionCall } from './call.ts'

/** What the functions of one process print, as lines of the log: each with the function and the request it came with. */
export class Output {
  readonly #log: Logger
  #call: { readonly function: string; readonly request: string } | undefined
  #lines = 0

  constructor(log: Logger) {
    this.#log = log
  }

  /** What comes from here on is of this call. */
  begin({ path, id }: FunctionCall): void {
    this.#call = { function: path, request: id }
    this.#lines = 0
  }

  /** One line that was printed; only so many of a call. */
  print(level: 'info' | 'warn', line: string): void {
    this.#lines += 1
    if (this.#lines < MOST_LINES) this.#log[level]({ ...this.#call }, line)
    if (this.#lines === MOST_LINES) this.#log.warn({ ...this.#call }, LEFT_OUT)
  }

  /** What we have to say of it. */
  note(level: 'info' | 'error', details: object, text: string): void {
    this.#log[level]({ ...this.#call, ...details }, text)
  }
}

/** A function could print for as long as it may run. */
const MOST_LINES = 1_000
const LEFT_OUT = `more than ${MOST_LINES} lines of one call: the rest is left out`
