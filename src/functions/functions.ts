import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { FunctionAnswer, FunctionCall, FunctionCaller } from './call.ts'
import { environmentOf } from './environment.ts'
import { failure } from './failure.ts'
import type { FunctionLimits } from './limits.ts'
import type { Account, Addresses, Generation } from './messages.ts'
import type { PoolOutcome } from './outcome.ts'
import { Pool } from './pool.ts'
import type { Resource } from './resource.ts'

/** What is served, as it is now. */
export interface FunctionProject {
  readonly functions: ReadonlyMap<string, Resource>
  readonly assets: ReadonlyMap<string, Resource>
}

export interface FunctionParts {
  project(): FunctionProject
  /** The served folder: where packages are looked for, and where relative paths begin. */
  readonly folder: string
  readonly envFile: string
  /** Names of entries of the `.env` file that are for the server only. */
  readonly secretNames: ReadonlySet<string>
  readonly account: Account
  /** Asked at every call: the port may be known late. */
  addresses(): Addresses
  /** Where others reach the server. */
  readonly publicUrl: string | undefined
  readonly limits: FunctionLimits
  /** Whether the stack of an error is answered, too: for development. */
  readonly showsStacks: boolean
  readonly log: Logger
}

/** Runs the functions of a project in processes of their own (functions-flex.md A2 to A4, B4): what one does to its process hurts no other call and not the server. No sandbox: it can do what the user can do. */
export class Functions implements FunctionCaller {
  readonly #parts: FunctionParts
  readonly #pool: Pool
  #generation: Generation | undefined
  readonly #under = new Set<Promise<unknown>>()

  constructor(parts: FunctionParts) {
    this.#parts = parts
    this.#pool = new Pool({ limits: { ...DEFAULTS, ...parts.limits }, log: parts.log })
  }

  /** Takes up the project as it is now: at the start, and whenever a file has changed. Calls under way end as they began. */
  reload(): void {
    this.#generation = this.#read()
    this.#pool.begin(this.#generation)
  }

  async call(call: FunctionCall): Promise<FunctionAnswer> {
    if (!this.#generation) this.reload()
    if (this.#generation?.functions[call.path] === undefined) return failure(404, `there is no function ${call.path}`)
    const answer = this.#answer(call)
    this.#under.add(answer)
    try {
      return await answer
    } finally {
      this.#under.delete(answer)
    }
  }

  /** How many calls run, and in how many processes they could. */
  load(): { readonly calls: number; readonly processes: number } {
    return { calls: this.#pool.running, processes: this.#pool.processes }
  }

  /** Resolves when no function is running. */
  async settled(): Promise<void> {
    while (this.#under.size > 0) await Promise.allSettled(this.#under)
  }

  /** Ends every process, soon and for good. */
  close(): Promise<void> {
    return this.#pool.close()
  }

  /** Tells, as Twilio does, how many calls ran when this one began, itself included (functions-flex.md A6). */
  async #answer(call: FunctionCall): Promise<FunctionAnswer> {
    const outcome = this.#pool.call(call, this.#parts.addresses())
    const running = String(this.#pool.running)
    const { headers, ...answer } = this.#answerOf(call, await outcome)
    return { ...answer, headers: [...headers, [CONCURRENCY, running]] }
  }

  #answerOf(call: FunctionCall, outcome: PoolOutcome): FunctionAnswer {
    const { log, limits } = this.#parts
    if (outcome.kind === 'answered') return outcome.answer
    const { timeoutMs, atOnce } = limits
    log.warn({ function: call.path, request: call.id, outcome }, 'a function has not answered')
    switch (outcome.kind) {
      case 'full':
        return failure(429, `${atOnce} functions are running, which is as many as may`)
      case 'late':
        return failure(504, `runtime application timed out: there was no callback within ${timeoutMs / 1000} s`)
      case 'gone':
        return failure(500, `the process of the function ended before its callback: ${outcome.how}`)
      default:
        return outcome satisfies never
    }
  }

  #read(): Generation {
    const { folder, envFile, secretNames, account, limits, showsStacks, publicUrl } = this.#parts
    const { functions, assets } = this.#parts.project()
    const derived = {
      SERVICE_SID: derivedSid('ZS', account.sid),
      ENVIRONMENT_SID: derivedSid('ZE', account.sid),
    }
    return {
      functions: filesOf([...functions.values()]),
      assets: filesOf([...assets.values()].filter(({ visibility }) => visibility === 'private')),
      environment: { ...derived, ...environmentOf(envFile, secretNames) },
      folder,
      account,
      answerBytes: limits.answerBytes,
      showsStacks,
      secureCookies: publicUrl?.startsWith('https:') ?? false,
    }
  }
}

const CONCURRENCY = 'x-twilio-function-concurrency'
const DEFAULTS = { idleMs: 60_000, callsPerChild: 1_000_000 }

function filesOf(resources: readonly Resource[]): Record<string, string> {
  return Object.fromEntries(resources.map(({ path, file }) => [path, file]))
}

/** There is one service here, always the same. */
function derivedSid(prefix: 'ZS' | 'ZE', accountSid: string): string {
  return `${prefix}${createHash('sha256').update(prefix).update(accountSid).digest('hex').slice(0, 32)}`
}
