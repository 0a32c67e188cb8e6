import type { Ground } from '../ground.ts'
import type { CallDirection, CallStatus, News } from '../happening.ts'
import type { Line } from '../line/line.ts'
import type { Params } from '../line/web-request.ts'
import type { Problem } from '../problem.ts'
import type { Recording } from '../recording/recording.ts'
import { API_VERSION } from '../resource-path.ts'
import type { Hook, StatusCallback } from '../webhooks.ts'
import { Background } from './background.ts'
import { geography } from './geography.ts'
import { Waiter } from './waiter.ts'

/** What one call has brought about, by and by. */
export interface Chain {
  /** Calls at numbers of this network. */
  calls: number
  /** Documents that have followed one another at once, in all calls together. */
  documents: number
}

/** What is known of a leg before it rings. */
export interface LegSetup {
  readonly sid: string
  readonly from: string
  readonly to: string
  readonly direction: CallDirection
  readonly parentSid?: string
  /** How many numbers of this network have passed it on. */
  readonly hops?: number | undefined
  /** The calls that have come of a first one, which all of them share. */
  readonly chain?: Chain | undefined
  /** Parameters that come with every request of this call beside the usual ones, or in their place. */
  readonly extra?: Params
  /** Whether its status callback is told of a hang-up before a verb's last request is made. */
  readonly newsFirst?: boolean | undefined
  /** Asked once when a document cannot be had. */
  readonly fallback?: Hook | undefined
}

/** One end of a call: whose it is, how it stands, and what is told of it. */
export class Leg extends Waiter {
  readonly sid: string
  readonly setup: LegSetup
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
  fallback: Hook | undefined
  /** Whether the fallback was asked. */
  fellBack = false
  /** Who is told how the call goes. */
  statusCallback: StatusCallback | undefined
  /** Whether it waits in a queue, where Leave means something. */
  isQueued = false
  /** Seconds of the media that it has asked for, by their URLs; undefined where it hears nothing of them. */
  readonly media = new Map<string, Promise<number | undefined>>()
  readonly background = new Background()
  readonly chain: Chain
  #status: CallStatus
  readonly #onStatus: ((leg: Leg) => void)[] = []
  readonly #onTold = new Set<(news: News) => void>()

  constructor(ground: Ground, setup: LegSetup) {
    super(ground)
    this.setup = setup
    this.sid = setup.sid
    this.chain = setup.chain ?? { calls: 0, documents: 0 }
    this.line = ground.line()
    this.fallback = setup.fallback
    this.createdAt = ground.clock.now()
    this.startedAt = setup.direction === 'inbound' ? this.createdAt : undefined
    this.#status = setup.direction === 'inbound' ? 'ringing' : 'queued'
  }

  get status(): CallStatus {
    return this.#status
  }

  get isOver(): boolean {
    return OVER.has(this.#status)
  }

  /** The parameters that come with every request of this leg (twiml.md 2.2). */
  parameters(): Params {
    const { from, to, direction, parentSid, extra } = this.setup
    return {
      CallSid: this.sid,
      AccountSid: this.ground.accountSid,
      From: from,
      To: to,
      Caller: from,
      Called: to,
      CallStatus: this.#status,
      Direction: direction,
      ApiVersion: API_VERSION,
      ...(parentSid && { ParentCallSid: parentSid }),
      ...geography(['From', 'To', 'Caller', 'Called']),
      ...extra,
    }
  }

  /** Calls back each time that the call has another status. */
  onStatus(listener: (leg: Leg) => void): void {
    this.#onStatus.push(listener)
  }

  become(status: CallStatus): void {
    if (this.#status === status || this.isOver) return
    this.#status = status
    if (status === 'initiated') this.startedAt = this.ground.clock.now()
    if (status === 'in-progress') this.answeredAt = this.ground.clock.now()
    if (this.isOver) this.endedAt = this.ground.clock.now()
    const { direction, from, to } = this.setup
    this.tell({ type: 'call', status, direction, from, to })
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

  override tell(news: News): void {
    this.ground.tell(this.sid, news)
    for (const listener of this.#onTold) listener(news)
  }

  warn(problem: Problem): void {
    this.tell({ type: 'problem', problem })
  }
}

/** Statuses that are the last one (twiml.md 2.3). */
export const OVER: ReadonlySet<CallStatus> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled'])
