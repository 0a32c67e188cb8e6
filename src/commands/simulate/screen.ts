import { clearLine, cursorTo } from 'node:readline'
import type { Interface } from 'node:readline/promises'
import type { Terminal } from './terminal.ts'

/** What is seen of a simulation: lines, and under them the prompt at which somebody types. */
export class Screen {
  readonly #output: Terminal['output']
  #typing: Interface | undefined
  #prompt: (() => string) | undefined

  constructor(output: Terminal['output']) {
    this.#output = output
  }

  /** Shows prompts where somebody types, until the end of what they type. */
  attend(typing: Interface): void {
    this.#typing = typing
    typing.once('close', () => {
      this.#typing = undefined
    })
  }

  /** Adds a line; one that comes while somebody types goes above what they have typed. */
  line(text: string): void {
    if (this.#prompt && this.#output.isTTY) {
      cursorTo(this.#output, 0)
      clearLine(this.#output, 0)
    }
    this.#output.write(`${text}\n`)
    if (this.#prompt && this.#output.isTTY) this.#show()
  }

  /** Shows a prompt, whose text may change while time runs, until something is typed. */
  async ask<T>(text: () => string, typed: Promise<T>): Promise<T> {
    this.#prompt = text
    this.#show()
    try {
      return await typed
    } finally {
      this.#prompt = undefined
    }
  }

  #show(): void {
    if (!this.#prompt) return
    this.#typing?.setPrompt(`${this.#prompt()} `)
    this.#typing?.prompt(true)
  }
}
