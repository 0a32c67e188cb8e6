import type { Logger } from 'pino'
import type { FunctionAnswer } from './call.ts'
import { Channel, type Listener } from './channel.ts'
import { type Started, startProcess } from './child-command.ts'
import { machineMs } from './clock.ts'
import type { ChildLimits } from './limits.ts'
import { readLines } from './lines.ts'
import type { FromChild, Generation, Order } from './messages.ts'
import type { Outcome } from './outcome.ts'
import { Output } from './output.ts'
import { AHEAD_MS, SentCalls } from './sent-calls.ts'

/** A child rests when it has answered: it may still be at work, which soon ends or is ended. */
type ChildState = 'starting' | 'free' | 'busy' | 'resting' | 'leaving'

/** Who keeps children. */
export interface ChildKeeper {
  /** It has started, or has done with a call: it could be sent one. */
  onRoom(child: Child): void
  /** Its process is no more. */
  onGone(child: Child): void
}

export interface ChildParts {
  readonly generation: Generation
  readonly limits: ChildLimits
  readonly log: Logger
  readonly keeper: ChildKeeper
}

/** A process in which functions run, one call after the other. It may do and say whatever it likes: what comes of it is an outcome. While its calls are short, the next ones are sent ahead of their time, so that it need not wait for them; what it does not begin soon goes to another process. */
export class Child implements Listener {
  readonly generation: Generation
  /** Functions that are loaded there. */
  readonly paths = new Set<string>()
  /** Resolves when the process is no more. */
  readonly gone: Promise<void>
  /** How many calls it has had. */
  calls = 0
  /** Since when it has had nothing to do; epoch milliseconds. */
  freeSince = 0
  readonly #parts: ChildParts
  readonly #started: Started
  readonly #channel: Channel
  readonly #output: Output
  #state: ChildState = 'starting'
  readonly #sent = new SentCalls()
  /** Ends one that takes too long to start, to call back or to come to rest. */
  #timer: NodeJS.Timeout | undefined

  constructor(parts: ChildParts) {
    const { generation, limits, log } = parts
    this.#parts = parts
    this.#output = new Output(log)
    this.generation = generation
    this.#started = startProcess({ folder: generation.folder, memoryMb: limits.memoryMb })
    this.#channel = new Channel(this.#started.channel, { mostBytes: limits.answerBytes + HEAD_BYTES, listener: this })
    this.#limit(START_MS, () => this.kill())
    this.#listen()
    this.gone = this.#started.over.then((how) => this.#over(how))
    this.#channel.tell({ type: 'begin', generation })
  }

  get state(): ChildState {
    return this.#state
  }

  /** False from when it begins to end, which takes a moment. */
  get isAlive(): boolean {
    const { channel, process } = this.#started
    return this.#state !== 'leaving' && !channel.readableEnded && !process.killed && process.exitCode === null
  }

  /** Whether it is about to be free, for all that is known. */
  get isSoonFree(): boolean {
    return this.#state === 'resting' || (this.#state === 'busy' && this.#sent.areShort)
  }

  /** How many calls wait there for the one that is under way; undefined where another one of this function would not soon be begun. */
  aheadOf(path: string): number | undefined {
    const isAtWork = this.#state === 'busy' || this.#state === 'resting'
    const takesMore = isAtWork && this.isAlive && this.paths.has(path) && this.#sent.areShort
    return takesMore ? this.#sent.size : undefined
  }

  /** Only for one that is free, or that can be sent a call ahead of its time: that one may come back `unheard`. */
  call({ call, addresses }: Order): Promise<Outcome> {
    this.calls += 1
    this.paths.add(call.path)
    const until = this.#state === 'free' ? undefined : machineMs() + AHEAD_MS
    const message = { type: 'call', nth: this.calls, call, addresses, until } as const
    this.#channel.tell(message)
    const outcome = this.#sent.add(message)
    if (this.#state === 'free') this.#begin()
    return outcome
  }

  /** Lets one that does nothing go; whatever is left of it is ended soon. */
  end(): void {
    this.#started.channel.end()
    setTimeout(() => this.kill(), END_MS).unref()
  }

  /** Ends it at once. */
  kill(): void {
    this.#started.process.kill('SIGKILL')
  }

  onHeard(): void {
    this.#sent.heard()
  }

  onNonsense(error: unknown): void {
    this.#output.note('error', { err: error }, 'a function has written what is no message: ending its process')
    this.kill()
  }

  onMessage(message: FromChild, body: Buffer): void {
    switch (message.type) {
      case 'ready':
        if (this.#state === 'starting') this.#next()
        break
      case 'answered':
        if (message.nth === this.#sent.underWay?.nth)
          this.#answered({ status: message.status, headers: message.headers, body })
        break
      case 'leaving':
        this.#leave()
        break
      case 'rested':
        if (this.#state === 'resting') this.#rested(message.left)
        break
      case 'unbegun':
        this.#sent.giveBack(message.nth)
        if (this.#state === 'busy' && !this.#sent.underWay) this.#next()
        break
      default:
        message satisfies never
    }
  }

  #listen(): void {
    const { channel, stdout, stderr } = this.#started
    channel.on('error', () => this.kill())
    channel.on('end', () => this.kill()) // whatever it still does, nobody will hear of it
    readLines(stdout, (line) => this.#output.print('info', line))
    readLines(stderr, (line) => this.#output.print('warn', line))
  }

  #over(how: string): void {
    clearTimeout(this.#timer)
    this.#sent.finish({ kind: 'gone', how })
    this.#sent.giveBackAll()
    this.#parts.keeper.onGone(this)
  }

  #leave(): void {
    this.#state = 'leaving'
    this.#sent.giveBackAll()
    this.#limit(END_MS, () => this.kill())
  }

  #answered(answer: FunctionAnswer): void {
    this.#state = 'resting'
    this.#limit(REST_MS, () => this.kill())
    this.#sent.finish({ kind: 'answered', answer })
  }

  #rested(left: readonly string[]): void {
    this.#sent.rested()
    if (left.length === 0) this.#next()
    else this.#cutShort(left)
  }

  #cutShort(left: readonly string[]): void {
    this.#output.note('info', { left }, 'a function has called back and left work behind: ending it')
    this.kill()
  }

  #limit(ms: number, over: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(over, ms)
  }

  #next(): void {
    if (this.#sent.size > 0) this.#begin()
    else this.#free()
    this.#parts.keeper.onRoom(this)
  }

  #begin(): void {
    this.#state = 'busy'
    const begun = this.#sent.begin()
    if (begun) this.#output.begin(begun.call)
    this.#limit(this.#parts.limits.timeoutMs, () => this.#late())
  }

  #free(): void {
    clearTimeout(this.#timer)
    this.#state = 'free'
    this.freeSince = Date.now()
  }

  #late(): void {
    this.#sent.finish({ kind: 'late' })
    this.kill()
  }
}

/** For the head of a frame: as many headers as anyone sends. */
const HEAD_BYTES = 1_048_576
/** How long a process may take to come to rest after its answer. */
const REST_MS = 2_000
/** On a machine that has too much to do it takes long. */
const START_MS = 30_000
const END_MS = 1_000
