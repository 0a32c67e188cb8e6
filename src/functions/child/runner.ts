import type { FunctionCall } from '../call.ts'
import type { Addresses, FromChild, Generation } from '../messages.ts'
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
  readonly #tell: (message: FromChild, body?: Uint8Array) => void
  readonly #clients: Clients
  readonly #leftovers = new Leftovers()
  /** Ends the call that is under way; nothing more comes of it then. */
  #finish: Finish | undefined

  constructor(generation: Generation, tell: (message: FromChild, body?: Uint8Array) => void) {
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

  /** Calls the handler; the first of what it calls back, throws or rejects with is the end of it. */
  call(call: FunctionCall, addresses: Addresses): void {
    this.#clients.addresses = addresses
    const finish: Finish = (ending) => this.#end(call, ending)
    this.#finish = finish
    this.#run(call, finish).catch((error: unknown) => this.#endBy(finish, { kind: 'failed', error }))
  }

  /** Something was thrown that nobody has caught: it is of the call that is under way, if there is one. */
  fail(error: unknown): void {
    this.#endBy(this.#finish, { kind: 'failed', error })
  }

  async #run(call: FunctionCall, finish: Finish): Promise<void> {
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

  #end(call: FunctionCall, ending: Ending): void {
    this.#finish = undefined
    const { status, headers, body } = answerOf(ending, this.#generation)
    this.#tell({ type: 'answered', id: call.id, status, headers }, body)
    this.#leftovers.afterGrace((left) => this.#tell({ type: 'rested', left }))
  }
}

type Finish = (ending: Ending) => void

function isNothing(error: unknown): error is null | undefined {
  return error === null || error === undefined
}
