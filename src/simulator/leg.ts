import type { Destination } from './destination.ts'
import type { CallStatus, News, Taken } from './happening.ts'
import type { Line } from './line.ts'
import type { Office } from './office.ts'
import { geography } from './parameters.ts'
import type { Problem } from './problem.ts'
import type { Recording } from './recording.ts'
import type { Params } from './web-request.ts'
import type { Hook, StatusCallback } from './webhooks.ts'

/** What comes to a leg of a call: from the person at its end, or from another leg. */
export type Input =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'speech'; readonly text: string }
  /** So many seconds of voice, as a recording hears them. */
  | { readonly kind: 'voice'; readonly seconds: number }
  | Signal

/** Something that another part of the network lets a waiting leg know; kept until it is waited for. */
export interface Signal {
  readonly kind: 'signal'
  readonly about: unknown
}

/** What takes a leg away from whatever it is doing. */
export type Interruption =
  | { readonly kind: 'hung-up'; readonly by: 'person' | 'server' }
  /** The live call was given another document by REST (twiml.md 6.5). */
  | { readonly kind: 'redirected'; readonly to: Destination }
  /** What a waiting caller is waiting for has come; the wait ends, the call does not. */
  | { readonly kind: 'released'; readonly result: string }

/** Thrown by every wait of a leg that is interrupted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  readonly by: Interruption

  constructor(by: Interruption) {
    super(by.kind)
    this.by = by
  }
}

export interface LegSetup {
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-dial'
  readonly parentSid?: string
  /** How many numbers of this network have passed it on. */
  readonly hops?: number | undefined
  /** Parameters that come with every request of this call beside the usual ones, or in their place. */
  readonly extra?: Params
  /** Whether its status callback is told of a hang-up before a verb's last request is made. */
  readonly newsFirst?: boolean | undefined
  /** Asked once when a document cannot be had. */
  readonly fallback?: Hook | undefined
}

/** What a verb asks for at a wait: how long at most, and what it takes. */
export interface Waiting {
  readonly seconds?: number | undefined
  takes?(input: Input): boolean
  /** Set where the person is expected to act now. */
  readonly listening?: Listening
}

export interface Listening {
  readonly verb: string
  readonly takes: readonly Taken[]
}

/** One end of a call: who is on it, what they do, and what is asked of them. */
export class Leg {
  readonly sid: string
  readonly setup: LegSetup
  readonly office: Office
  readonly line: Line
  /** Epoch milliseconds, as all times here. */
  readonly createdAt: number
  /** When it rang first, or should have. */
  startedAt: number | undefined
  answeredAt: number | undefined
  endedAt: number | undefined
  /** What answering-machine detection made of whoever answered. */
  answeredBy: string | undefined
  /** The recording of the whole call, where it was placed to be recorded. */
  recording: Recording | undefined
  /** Asked once when a document cannot be had. */
  fallback: LegSetup['fallback']
  /** Who is told how the call goes. */
  statusCallback: StatusCallback | undefined
  /** How many times it has waited. */
  waits = 0
  fellBack = false
  /** Whether it waits in a queue, where Leave means something. */
  isQueued = false
  #status: CallStatus
  #waiter: Waiter | undefined
  #interruption: Interruption | undefined
  #signals: Signal[] = []
  #listening: Listening | undefined
  readonly #onStatus: ((leg: Leg) => void)[] = []
  readonly #onTold = new Set<(news: News) => void>()
  /** What runs beside the call. */
  readonly background = new Set<Background>()

  constructor(office: Office, setup: LegSetup) {
    this.office = office
    this.setup = setup
    this.sid = setup.sid
    this.line = office.line()
    this.fallback = setup.fallback
    this.createdAt = office.clock.now()
    this.startedAt = setup.direction === 'inbound' ? this.createdAt : undefined
    this.#status = setup.direction === 'inbound' ? 'ringing' : 'queued'
  }

  get status(): CallStatus {
    return this.#status
  }

  /** What the person is expected to do now, if anything. */
  get listening(): Listening | undefined {
    return this.#listening
  }

  get isOver(): boolean {
    return OVER.has(this.#status)
  }

  /** The parameters that come with every request of this leg (twiml.md 2.2). */
  parameters(): Params {
    const { from, to, direction, parentSid, extra } = this.setup
    return {
      CallSid: this.sid,
      AccountSid: this.office.accountSid,
      From: from,
      To: to,
      Caller: from,
      Called: to,
      CallStatus: this.#status,
      Direction: direction,
      ApiVersion: '2010-04-01',
      ...(parentSid && { ParentCallSid: parentSid }),
      ...geography(['From', 'To', 'Caller', 'Called']),
      ...extra,
    }
  }

  onStatus(listener: (leg: Leg) => void): void {
    this.#onStatus.push(listener)
  }

  become(status: CallStatus): void {
    if (this.#status === status || this.isOver) return
    this.#status = status
    if (status === 'initiated') this.startedAt = this.office.clock.now()
    if (status === 'in-progress') this.answeredAt = this.office.clock.now()
    if (this.isOver) this.endedAt = this.office.clock.now()
    this.tell({ type: 'call', status, from: this.setup.from, to: this.setup.to })
    for (const listener of this.#onStatus) listener(this)
  }

  /** The first verb that needs audio answers an incoming call (twiml.md 3). */
  answer(): void {
    if (this.#status === 'ringing' || this.#status === 'queued') this.become('in-progress')
  }

  /** Calls back for everything that happens on this leg; the answer ends it. */
  onTold(listener: (news: News) => void): () => void {
    this.#onTold.add(listener)
    return () => this.#onTold.delete(listener)
  }

  tell(news: News): void {
    this.office.tell(this.sid, news)
    for (const listener of this.#onTold) listener(news)
  }

  warn(problem: Problem): void {
    this.tell({ type: 'problem', problem })
  }

  /** Lets time pass until an input comes that is taken; undefined when the time is up. Throws `Interrupted`. */
  wait({ seconds, takes = () => false, listening }: Waiting): Promise<Input | undefined> {
    const waiting = this.#signals.findIndex(takes)
    const [signal] = waiting < 0 ? [] : this.#signals.splice(waiting, 1)
    if (signal) return Promise.resolve(signal)
    if (this.#interruption) return Promise.reject(this.#taken(this.#interruption))
    const { clock, activity } = this.office
    this.waits += 1
    return new Promise((resolve, reject) => {
      const cancel =
        seconds === undefined
          ? () => {}
          : clock.at(clock.now() + Math.round(seconds * 1_000), () => wake(() => resolve(undefined)))
      const wake = (go: () => void) => {
        cancel()
        this.#waiter = undefined
        this.#listening = undefined
        activity.begin()
        go()
      }
      this.#waiter = {
        takes,
        take: (input) => wake(() => resolve(input)),
        interrupt: (by) => wake(() => reject(this.#taken(by))),
      }
      this.#listening = listening
      if (listening) this.tell({ type: 'listening', ...listening })
      activity.end()
    })
  }

  /** Hands over what the person or another leg gives; false when nobody takes it now. Signals are kept. */
  give(input: Input): boolean {
    if (this.#waiter?.takes(input)) {
      this.#waiter.take(input)
      return true
    }
    if (input.kind === 'signal') this.#signals.push(input)
    return false
  }

  /** Takes the leg away from what it is doing, at once or at its next wait; of several the weightiest counts. */
  interrupt(by: Interruption): void {
    if (this.#waiter) this.#waiter.interrupt(by)
    else if (WEIGHT[by.kind] >= WEIGHT[this.#interruption?.kind ?? by.kind]) this.#interruption = by
  }

  /** Throws the interruption that came while nobody waited. */
  heed(): void {
    if (this.#interruption) throw this.#taken(this.#interruption)
  }

  /** A release that comes when the wait is over already means nothing any more. */
  forgetRelease(): void {
    if (this.#interruption?.kind === 'released') this.#interruption = undefined
  }

  #taken(by: Interruption): Interrupted {
    this.#interruption = undefined
    return new Interrupted(by)
  }
}

const WEIGHT: Readonly<Record<Interruption['kind'], number>> = { released: 0, redirected: 1, 'hung-up': 2 }

/** Something that `<Start>` began. */
interface Background {
  readonly noun: string
  readonly name: string | undefined
  end(): void
}

interface Waiter {
  takes(input: Input): boolean
  take(input: Input): void
  interrupt(by: Interruption): void
}

/** Statuses that are the last one (twiml.md 2.3). */
export const OVER: ReadonlySet<CallStatus> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])
