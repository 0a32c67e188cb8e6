import { availableParallelism } from 'node:os'
import type { Logger } from 'pino'
import type { FunctionCall } from './call.ts'
import { Child, type ChildKeeper } from './child-process.ts'
import type { PoolLimits } from './limits.ts'
import type { Addresses, Generation, Order } from './messages.ts'
import type { Outcome, PoolOutcome } from './outcome.ts'
import { type Task, WaitingTasks } from './tasks.ts'

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
  readonly #waiting = new WaitingTasks()
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

  /** How many processes there are, those to spare included. */
  get processes(): number {
    return this.#children.size
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
      return await this.#run({ call, addresses })
    } finally {
      this.#running -= 1
    }
  }

  /** Where a process has not begun with it, another one is asked; ahead of its time, it is sent once at most. */
  async #run(order: Order): Promise<PoolOutcome> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const outcome = await this.#send({ order, mayGoAhead: attempt === 0 })
      if (outcome.kind !== 'unheard') return outcome
    }
    return { kind: 'gone', how: `${ATTEMPTS} processes, one after the other, were about to end` }
  }

  /** Ends every process, what runs as well. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#sweep)
    clearTimeout(this.#look)
    while (this.#waiting.size > 0) this.#waiting.giveUp(NOT_STARTED)
    const children = [...this.#children]
    const free = new Set(this.#free.splice(0))
    for (const child of children) if (free.has(child)) child.end()
    for (const child of children) if (!free.has(child)) child.kill()
    await Promise.all(children.map((child) => child.gone))
  }

  onRoom(child: Child): void {
    if (!this.#children.has(child)) return
    if (!this.#isDone(child)) this.#waiting.serve(child)
    if (child.state !== 'free') return
    if (!this.#isDone(child)) return void this.#free.push(child)
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

  /** Not tried again before somebody asks: it could go on for ever. */
  #notStarted(error?: unknown): void {
    this.#parts.log.error({ err: error }, 'a process for functions could not be started')
    this.#waiting.giveUp(NOT_STARTED)
  }

  async #send(task: Task): Promise<Outcome> {
    if (this.#closed) return NOT_STARTED
    this.#look ??= setTimeout(() => this.#fill(), PATIENCE_MS)
    const { path } = task.order.call
    const child = (task.mayGoAhead ? this.#shortest(path) : undefined) ?? this.#takeFree(path)
    if (child) return child.call(task.order)
    const outcome = this.#waiting.add(task)
    if (this.#children.size === 0) this.#fill()
    return outcome
  }

  /** One that has the function loaded, if there is such a one. */
  #takeFree(path: string): Child | undefined {
    this.#free = this.#free.filter((child) => child.isAlive)
    const place = this.#free.findLastIndex((child) => child.paths.has(path))
    const [child] = this.#free.splice(place, 1) // -1 is the last
    return child
  }

  /** The one behind whose calls this one is begun soonest, where enough of them are at work; nobody goes past those that wait. */
  #shortest(path: string): Child | undefined {
    if (this.#waiting.size > 0 || this.#children.size - this.#free.length < AT_WORK) return undefined
    let [shortest, fewest]: [Child | undefined, number] = [undefined, Number.POSITIVE_INFINITY]
    for (const child of this.#children) {
      const ahead = this.#isDone(child) ? undefined : child.aheadOf(path)
      if (ahead !== undefined && ahead < fewest) [shortest, fewest] = [child, ahead]
    }
    return shortest
  }

  /** Starts what is waited for, or one to spare. */
  #fill(): void {
    clearTimeout(this.#look)
    this.#look = this.#waiting.size > 0 ? setTimeout(() => this.#fill(), PATIENCE_MS) : undefined
    if (this.#closed || !this.#generation) return
    const wanted = Math.min(this.#wanted(this.#generation), CORES)
    for (let count = this.#count('starting'); count < wanted; count += 1) this.#start(this.#generation)
  }

  #wanted({ functions }: Generation): number {
    if (this.#waiting.size > 0) return this.#overdue()
    // What is about to be free is to spare, too.
    return Object.keys(functions).length > 0 ? SPARE - this.#free.length - this.#soonFree() : 0
  }

  #soonFree(): number {
    return [...this.#children].filter((child) => child.isSoonFree).length
  }

  /** Those that wait while others run for long; where calls are short, few processes do for many of them. */
  #overdue(): number {
    return this.#waiting.since(this.#count('starting') === this.#children.size ? 0 : PATIENCE_MS)
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

const NOT_STARTED = { kind: 'gone', how: 'no process could be started for it' } as const

const SPARE = 1
const ATTEMPTS = 4
/** As long as a start takes at best: in that time a short call is over, and the first one of a function, which loads it. */
const PATIENCE_MS = 100
/** More of them that start at once would only start more slowly. */
const CORES = availableParallelism()
/** So many take short calls ahead of their time rather than that one more is woken; the server has work, too. */
const AT_WORK = Math.max(1, CORES - 1)
