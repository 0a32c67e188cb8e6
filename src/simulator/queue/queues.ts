import type { Leg } from '../call/leg.ts'
import type { Hook } from '../webhooks.ts'

/** The queues of a network: made when the first caller enters one, and kept; of those in which nobody waits, the newest thousand. */
export class Queues {
  readonly #byName = new Map<string, Queue>()
  readonly #make: () => Made

  /** `make` gives each queue what is its own. */
  constructor(make: () => Made) {
    this.#make = make
  }

  /** The queue of this name, or of this workflow; made where there is none. */
  open(name: string): Queue {
    const known = this.#byName.get(name)
    if (known) return known
    this.#clear()
    const queue = new Queue(this.#make(), name)
    this.#byName.set(name, queue)
    return queue
  }

  /** Makes room for one more. */
  #clear(): void {
    for (const queue of this.#byName.values()) {
      if (this.#byName.size < MOST_KEPT) return
      if (queue.isIdle) this.remove(queue)
    }
  }

  /** By name or by sid. */
  find(name: string): Queue | undefined {
    return this.#byName.get(name) ?? this.list().find(({ sid }) => sid === name)
  }

  list(): readonly Queue[] {
    return [...this.#byName.values()]
  }

  rename(queue: Queue, name: string): void {
    this.#byName.delete(queue.name)
    queue.name = name
    this.#byName.set(name, queue)
  }

  remove({ name }: Queue): void {
    this.#byName.delete(name)
  }
}

const MOST_KEPT = 1_000

interface Made {
  readonly sid: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** How many callers a queue holds at most, unless it is told otherwise (twiml.md 1.2). */
const USUAL_SIZE = 1_000

/** Callers who wait in their order, and calls that wait for one of them. */
export class Queue {
  readonly sid: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  name: string
  maxSize = USUAL_SIZE
  #members: readonly Member[] = []
  #takers: readonly Taker[] = []
  /** How many have left, and the seconds that they had waited together. */
  #left = { members: 0, seconds: 0 }

  constructor({ sid, createdAt }: Made, name: string) {
    this.sid = sid
    this.createdAt = createdAt
    this.name = name
  }

  get members(): readonly Member[] {
    return this.#members
  }

  get isFull(): boolean {
    return this.#members.length >= this.maxSize
  }

  /** Whether nobody is in it, and nobody waits for somebody. */
  get isIdle(): boolean {
    return this.#members.length === 0 && this.#takers.length === 0
  }

  /** Whole seconds. */
  get averageWait(): number {
    const { members, seconds } = this.#left
    return members === 0 ? 0 : Math.round(seconds / members)
  }

  /** Puts a caller at the end; whoever waits for one takes them at once. */
  enter(leg: Leg): Member {
    const member = new Member(this, leg)
    this.#members = [...this.#members, member]
    const [taker, ...others] = this.#takers
    this.#takers = others
    taker?.(this.#taken(member))
    return member
  }

  /** Takes the first caller, or waits for one; the answer ends the wait. */
  take(taker: Taker): () => void {
    const [first] = this.#members
    if (first) taker(this.#taken(first))
    else this.#takers = [...this.#takers, taker]
    return () => {
      this.#takers = this.#takers.filter((other) => other !== taker)
    }
  }

  /** Counted from 1; 0 for one who has left. */
  positionOf(member: Member): number {
    return this.#members.indexOf(member) + 1
  }

  remove(member: Member): void {
    if (!this.#members.includes(member)) return
    this.#members = this.#members.filter((other) => other !== member)
    member.leftAt = member.leg.ground.clock.now()
    this.#left = { members: this.#left.members + 1, seconds: this.#left.seconds + member.seconds }
  }

  #taken(member: Member): Member {
    this.remove(member)
    return member
  }
}

/** Whoever takes a caller from a queue. */
type Taker = (member: Member) => void

/** A caller in a queue. */
export class Member {
  readonly queue: Queue
  readonly leg: Leg
  /** Epoch milliseconds. */
  readonly enteredAt: number
  leftAt: number | undefined
  /** Who has taken the caller. */
  partner: Partner | undefined

  constructor(queue: Queue, leg: Leg) {
    this.queue = queue
    this.leg = leg
    this.enteredAt = leg.ground.clock.now()
  }

  /** Whole seconds of waiting, up to now or to the end of it. */
  get seconds(): number {
    return Math.round(((this.leftAt ?? this.leg.ground.clock.now()) - this.enteredAt) / 1_000)
  }

  /** Gives the caller to somebody; the wait ends. */
  meet(partner: Partner): void {
    this.queue.remove(this)
    this.partner = partner
    this.leg.interrupt({ kind: 'released', result: 'bridged' })
  }
}

/** Who talks with a caller from a queue: an agent by plan, or another call. */
export type Partner =
  | { readonly kind: 'agent'; readonly talks: number }
  | {
      readonly kind: 'call'
      readonly leg: Leg
      /** Heard by the caller before the two are brought together. */
      readonly whisper?: Hook | undefined
    }
