import { machineMs } from '../clock.ts'
import type { CallMessage, FromChild, Generation } from '../messages.ts'
import { answerOf, type Ending } from './answer.ts'
import { Clients } from './clients.ts'
import { contextOf } from './context.ts'
import { setGlobals } from './globals.ts'
import { loadHandler } from './handler.ts'
import { Leftovers } from './leftovers.ts'
import { readSources } from './sources.ts'
import { TwilioPackage } from './twilio-package.ts'

/** Runs the calls of one generation, one after the other. */
export class Runner {
  readonly #generation: Generation
  readonly #tell: Tell
  readonly #clients: Clients
  readonly #leftovers = new Leftovers()
  /** Ends the call that is under way; nothing more comes of it then. */
  #finish: Finish | undefined
  /** Sent ahead of their time. */
  readonly #ahead: CallMessage[] = []
  /** From the beginning of a call until nothing is left of it. */
  #isAtWork = false

  constructor(generation: Generation, tell: Tell) {
    this.#generation = generation
    this.#tell = tell
    const twilio = new TwilioPackage(generation.folder)
    this.#clients = new Clients(twilio, generation)
    readSources()
    setGlobals({ generation, twilio, clients: this.#clients })
    twilio.warm()
  }

  /** Whether there is a call that waits for an answer. */
  get isBusy(): boolean {
    return this.#finish !== undefined
  }

  /** Begins with it as soon as nothing is left of the one before. */
  call(message: CallMessage): void {
    this.#ahead.push(message)
    if (!this.#isAtWork) this.#next()
  }

  /** Something was thrown that nobody has caught: it is of the call that is under way, if there is one. */
  fail(error: unknown): void {
    this.#endBy(this.#finish, { kind: 'failed', error })
  }

  /** The server gives a call that is too late to another process. */
  #next(): void {
    const message = this.#ahead.shift()
    this.#isAtWork = message !== undefined
    if (!message) return
    const { nth, until = Number.POSITIVE_INFINITY } = message
    if (machineMs() <= until) this.#begin(message)
    else this.#tell({ type: 'unbegun', nth }, { out: () => this.#next() })
  }

  /** Calls the handler; the first of what it calls back, throws or rejects with is the end of it. */
  #begin(message: CallMessage): void {
    this.#clients.addresses = message.addresses
    const finish: Finish = (ending) => this.#end(message.nth, ending)
    this.#finish = finish
    this.#run(message, finish).catch((error: unknown) => this.#endBy(finish, { kind: 'failed', error }))
  }

  async #run({ call }: CallMessage, finish: Finish): Promise<void> {
    const handler = await loadHandler(this.#generation.functions[call.path] ?? '')
    this.#leftovers.begin()
    const context = contextOf(call, { generation: this.#generation, clients: this.#clients })
    const event = { ...call.fields, request: { headers: call.headers, cookies: call.cookies } }
    await handler(context, event, (error, payload) =>
      this.#endBy(finish, isNothing(error) ? { kind: 'returned', payload } : { kind: 'failed', error }),
    )
  }

  /** What comes of a call that has ended, ends no other one. */
  #endBy(finish: Finish | undefined, ending: Ending): void {
    if (ending.kind === 'failed') console.error(ending.error)
    if (finish === this.#finish) finish?.(ending)
  }

  #end(nth: number, ending: Ending): void {
    this.#finish = undefined
    const { status, headers, body } = answerOf(ending, this.#generation)
    this.#tell({ type: 'answered', nth, status, headers }, { body })
    this.#leftovers.afterGrace((left) => this.#tell({ type: 'rested', left }, { out: () => this.#rested(left) }))
  }

  /** With something left, the server ends the process. */
  #rested(left: readonly string[]): void {
    if (left.length === 0) this.#next()
  }
}

/** Tells the server; `out` is called when it is on its way. */
export type Tell = (message: FromChild, more?: { readonly body?: Uint8Array; out?(): void }) => void

type Finish = (ending: Ending) => void

function isNothing(error: unknown): error is null | undefined {
  return error === null || error === undefined
}
