import type { Logger } from 'pino'
import type { FunctionAnswer, FunctionCall } from './call.ts'
import { type Started, startProcess } from './child-command.ts'
import { type Frame, FrameReader, frameOf } from './frames.ts'
import type { ChildLimits } from './limits.ts'
import { readLines } from './lines.ts'
import { type Addresses, FromChild, type Generation, type ToChild } from './messages.ts'
import type { Outcome } from './outcome.ts'
import { Output } from './output.ts'

/** A child rests when it has answered: it may still be at work, which soon ends or is ended. */
type ChildState = 'starting' | 'free' | 'busy' | 'resting' | 'leaving'

/** Who keeps children. */
export interface ChildKeeper {
  /** It has started, or has done with a call: it could take one. */
  onFree(child: Child): void
  /** Its process is no more. */
  onGone(child: Child): void
}

export interface ChildParts {
  readonly generation: Generation
  readonly limits: ChildLimits
  readonly log: Logger
  readonly keeper: ChildKeeper
}

/** A process in which functions run, one call after the other. It may do and say whatever it likes: what comes of it is an outcome. */
export class Child {
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
  readonly #reader: FrameReader<unknown>
  readonly #output: Output
  #state: ChildState = 'starting'
  #call: { readonly id: string; resolve(outcome: Outcome): void } | undefined
  /** Ends one that takes too long to start, to call back or to come to rest. */
  #timer: NodeJS.Timeout | undefined

  constructor(parts: ChildParts) {
    const { generation, limits, log } = parts
    this.#parts = parts
    this.#output = new Output(log)
    this.generation = generation
    this.#reader = new FrameReader(limits.answerBytes + HEAD_BYTES)
    this.#started = startProcess({ folder: generation.folder, memoryMb: limits.memoryMb })
    this.#limit(START_MS, () => this.kill())
    this.#listen()
    this.gone = this.#started.over.then((how) => this.#over(how))
    this.#tell({ type: 'begin', generation })
  }

  get state(): ChildState {
    return this.#state
  }

  /** False from when it begins to end, which takes a moment. */
  get isAlive(): boolean {
    const { channel, process } = this.#started
    return this.#state !== 'leaving' && !channel.readableEnded && process.exitCode === null
  }

  /** Only for one that is free. */
  call(call: FunctionCall, addresses: Addresses): Promise<Outcome> {
    this.#state = 'busy'
    this.calls += 1
    this.paths.add(call.path)
    this.#output.begin(call)
    return new Promise((resolve) => {
      this.#call = { id: call.id, resolve }
      this.#limit(this.#parts.limits.timeoutMs, () => this.#late())
      this.#tell({ type: 'call', call, addresses })
    })
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

  #tell(message: ToChild): void {
    this.#started.channel.write(frameOf(message))
  }

  #listen(): void {
    const { channel, stdout, stderr } = this.#started
    channel.on('data', (chunk: Buffer) => this.#hear(chunk))
    channel.on('error', () => this.kill())
    channel.on('end', () => this.kill()) // whatever it still does, nobody will hear of it
    readLines(stdout, (line) => this.#output.print('info', line))
    readLines(stderr, (line) => this.#output.print('warn', line))
  }

  #over(how: string): void {
    clearTimeout(this.#timer)
    this.#finish(this.#state === 'leaving' ? { kind: 'unheard' } : { kind: 'gone', how })
    this.#parts.keeper.onGone(this)
  }

  #hear(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.read(chunk)) this.#understand(frame)
    } catch (error) {
      this.#output.note('error', { err: error }, 'a function has written what is no message: ending its process')
      this.#started.channel.removeAllListeners('data').resume()
      this.kill()
    }
  }

  #understand({ head, body }: Frame<unknown>): void {
    const message = FromChild.parse(head)
    switch (message.type) {
      case 'ready':
        if (this.#state === 'starting') this.#free()
        break
      case 'answered':
        if (message.id === this.#call?.id) this.#answered({ status: message.status, headers: message.headers, body })
        break
      case 'leaving':
        this.#leave()
        break
      case 'rested':
        if (this.#state === 'resting') this.#rested(message.left)
        break
      default:
        message satisfies never
    }
  }

  #leave(): void {
    this.#state = 'leaving'
    this.#limit(END_MS, () => this.kill())
  }

  #answered(answer: FunctionAnswer): void {
    this.#state = 'resting'
    this.#limit(REST_MS, () => this.kill())
    this.#finish({ kind: 'answered', answer })
  }

  #rested(left: readonly string[]): void {
    if (left.length === 0) this.#free()
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

  #free(): void {
    clearTimeout(this.#timer)
    this.#state = 'free'
    this.freeSince = Date.now()
    this.#parts.keeper.onFree(this)
  }

  #late(): void {
    this.#finish({ kind: 'late' })
    this.kill()
  }

  #finish(outcome: Outcome): void {
    this.#call?.resolve(outcome)
    this.#call = undefined
  }
}

/** For the head of a frame: as many headers as anyone sends. */
const HEAD_BYTES = 1_048_576
/** How long a process may take to come to rest after its answer. */
const REST_MS = 2_000
/** On a machine that has too much to do it takes long. */
const START_MS = 30_000
const END_MS = 1_000
