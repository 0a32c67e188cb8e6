import { availableParallelism } from 'node:os'
import type { Logger } from 'pino'
import type { FunctionCall } from './call.ts'
import { Child, type ChildKeeper } from './child-process.ts'
import type { PoolLimits } from './limits.ts'
import type { Addresses, Generation } from './messages.ts'
import type { PoolOutcome } from './outcome.ts'

export interface PoolParts {
  readonly limits: PoolLimits
  readonly log: Logger
}

/** The processes of functions: as many as there are calls at once, and one to spare, so that no call waits for a start. */
export class Pool implements ChildKeeper {
  readonly #parts: PoolParts
  readonly #children = new Set<Child>()
  /** The last one free is the first to be taken: those that are never needed grow old. */
  #free: Child[] = []
  #waiting: Waiting[] = []
  #running = 0
  #generation: Generation | undefined
  #closed = false
  readonly #sweep: NodeJS.Timeout
  #look: NodeJS.Timeout | undefined

  constructor(parts: PoolParts) {
    this.#parts = parts
    this.#sweep = setInterval(() => this.#reap(), parts.limits.idleMs / 4)
    this.#sweep.unref()
  }

  /** What runs, goes on to its end as it began; every later call is one of the new generation. */
  begin(generation: Generation): void {
    this.#generation = generation
    for (const child of this.#children) if (child.state === 'starting') this.#drop(child)
    for (const child of this.#free.splice(0)) this.#drop(child)
    this.#fill()
  }

  /** How many calls run. */
  get running(): number {
    return this.#running
  }

  /** `full` when as many calls run as may. */
  async call(call: FunctionCall, addresses: Addresses): Promise<PoolOutcome> {
    if (this.#running >= this.#parts.limits.atOnce) return { kind: 'full' }
    this.#running += 1
    try {
      return await this.#run(call, addresses)
    } finally {
      this.#running -= 1
    }
  }

  /** Where a process was about to end, another one is asked. */
  async #run(call: FunctionCall, addresses: Addresses): Promise<PoolOutcome> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const child = await this.#take(call.path)
      if (!child) return { kind: 'gone', how: 'no process could be started for it' }
      const outcome = await child.call(call, addresses)
      if (outcome.kind !== 'unheard') return outcome
    }
    return { kind: 'gone', how: `${ATTEMPTS} processes, one after the other, were about to end` }
  }

  /** Ends every process, what runs as well. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#sweep)
    clearTimeout(this.#look)
    for (const { resolve } of this.#waiting.splice(0)) resolve(undefined)
    const children = [...this.#children]
    const free = new Set(this.#free.splice(0))
    for (const child of children) if (free.has(child)) child.end()
    for (const child of children) if (!free.has(child)) child.kill()
    await Promise.all(children.map((child) => child.gone))
  }

  onFree(child: Child): void {
    if (!this.#children.has(child)) return
    if (!this.#isDone(child)) {
      this.#offer(child)
      return
    }
    this.#drop(child)
    this.#fill()
  }

  onGone(child: Child): void {
    this.#free = this.#free.filter((one) => one !== child)
    if (!this.#children.delete(child) || this.#closed) return
    if (child.state === 'starting') this.#notStarted()
    else this.#fill()
  }

  #isDone({ generation, calls }: Child): boolean {
    return this.#closed || generation !== this.#generation || calls >= this.#parts.limits.callsPerChild
  }

  #offer(child: Child): void {
    const next = this.#waiting.shift()
    if (next) next.resolve(child)
    else this.#free.push(child)
  }

  /** Not tried again before somebody asks: it could go on for ever. */
  #notStarted(error?: unknown): void {
    this.#parts.log.error({ err: error }, 'a process for functions could not be started')
    this.#waiting.shift()?.resolve(undefined)
  }

  /** One that has the function loaded, if there is such a one. */
  async #take(path: string): Promise<Child | undefined> {
    this.#look ??= setTimeout(() => this.#fill(), PATIENCE_MS)
    this.#free = this.#free.filter((child) => child.isAlive)
    const place = this.#free.findLastIndex((child) => child.paths.has(path))
    const [child] = this.#free.splice(place, 1) // -1 is the last
    if (child || this.#closed) return child
    return new Promise((resolve) => {
      this.#waiting.push({ since: Date.now(), resolve })
      if (this.#children.size === 0) this.#fill()
    })
  }

  /** Starts what is waited for, or one to spare. */
  #fill(): void {
    clearTimeout(this.#look)
    this.#look = this.#waiting.length > 0 ? setTimeout(() => this.#fill(), PATIENCE_MS) : undefined
    if (this.#closed || !this.#generation) return
    const wanted = Math.min(this.#wanted(this.#generation), CORES)
    for (let count = this.#count('starting'); count < wanted; count += 1) this.#start(this.#generation)
  }

  #wanted({ functions }: Generation): number {
    if (this.#waiting.length > 0) return this.#overdue().length
    // What is about to be free is to spare, too.
    return Object.keys(functions).length > 0 ? SPARE - this.#free.length - this.#count('resting') : 0
  }

  /** Those that wait while others run for long; where calls are short, few processes do for many of them. */
  #overdue(): Waiting[] {
    if (this.#count('starting') === this.#children.size) return this.#waiting
    const before = Date.now() - PATIENCE_MS
    return this.#waiting.filter(({ since }) => since <= before)
  }

  #count(state: Child['state']): number {
    return [...this.#children].filter((child) => child.state === state).length
  }

  #start(generation: Generation): void {
    try {
      this.#children.add(new Child({ ...this.#parts, generation, keeper: this }))
    } catch (error) {
      this.#notStarted(error)
    }
  }

  #drop(child: Child): void {
    this.#children.delete(child)
    child.end()
  }

  #reap(): void {
    const before = Date.now() - this.#parts.limits.idleMs
    const idle = this.#free.filter((child) => child.freeSince < before).slice(0, this.#free.length - SPARE)
    this.#free = this.#free.filter((child) => !idle.includes(child))
    for (const child of idle) this.#drop(child)
  }
}

interface Waiting {
  /** Epoch milliseconds. */
  readonly since: number
  resolve(child: Child | undefined): void
}

const SPARE = 1
const ATTEMPTS = 3
/** As long as a start takes at best: in that time a short call is over, and the first one of a function, which loads it. */
const PATIENCE_MS = 100
/** More of them that start at once would only start more slowly. */
const CORES = availableParallelism()
