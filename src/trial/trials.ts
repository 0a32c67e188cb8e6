import { randomInt } from 'node:crypto'
import type { Channel } from '../channels/channel.ts'
import type { Clock } from '../clock/clock.ts'
import { Refusal } from '../errors.ts'
import type { Move } from '../runtime/move.ts'
import { TRIAL_KEY_LENGTH, trialAt } from '../runtime/trial-address.ts'
import type { Happening } from '../simulator/happening.ts'
import type { Wish } from './act.ts'
import { Trial, type TrialParts } from './trial.ts'

/** What trials are made with. */
export interface TrialsParts {
  readonly clock: Clock
  /** Sets up a network for one; throws a `Refusal` where there is no such flow. */
  open(opening: Opening): TrialParts
  /** What is told to an execution whose trial is over. */
  readonly gone: Channel
  /** Lets go of what they share. */
  close(): Promise<void>
}

/** A trial that is to be opened. */
export interface Opening extends Omit<Wish, 'contacts' | 'count'> {
  readonly key: string
  readonly contacts: readonly string[]
  /** Base of the URLs that its network calls. */
  readonly base: string
}

/** The trials that go on. One that nobody watches or uses any more is closed. */
export class Trials {
  readonly #parts: TrialsParts
  readonly #open = new Map<string, Running>()
  #sweeping: NodeJS.Timeout | undefined

  constructor(parts: TrialsParts) {
    this.#parts = parts
  }

  /** Opens one; throws a `Refusal`. */
  open({ count = 1, contacts = this.#freeContacts(count), ...wish }: Wish, base: string): Trial {
    if (this.#open.size >= MOST)
      throw new Refusal('tooManyRequests', `${MOST} phones are in use already, and no more are given out`)
    const taken = contacts.find((contact) => this.#trialOf(contact))
    if (taken) throw new Refusal('conflict', `${taken} is a phone in use already`)
    const key = String(randomInt(10 ** TRIAL_KEY_LENGTH)).padStart(TRIAL_KEY_LENGTH, '0')
    const trial = new Trial(this.#parts.open({ ...wish, contacts: [...new Set(contacts)], base, key }))
    this.#open.set(key, { trial, usedAt: this.#parts.clock.now() })
    this.#sweeping ??= setInterval(() => void this.sweep(), SWEEP_MS).unref()
    return trial
  }

  /** Finds one, which counts as using it. */
  use(key: string): Trial | undefined {
    const running = this.#open.get(key)
    if (running) running.usedAt = this.#parts.clock.now()
    return running?.trial
  }

  /** The way out for an execution at this address; undefined where it is none of a trial's. */
  channelAt(address: string): Channel | undefined {
    const key = trialAt(address)
    if (key === undefined) return undefined
    return this.#open.get(key)?.trial.parts.channel ?? this.#parts.gone
  }

  /** Tells whoever tries a flow of what it does. */
  tell({ execution }: Pick<Move, 'execution'>): void {
    const key = trialAt(execution.address)
    if (key !== undefined) this.#open.get(key)?.trial.tellOf(execution)
  }

  /** What a function of ours has sent by the simulated carrier to one of the phones is seen there, too. */
  hear(happening: Happening): void {
    if (happening.type !== 'message' || happening.direction !== 'outbound') return
    this.#trialOf(happening.to)?.hear(happening, happening.to)
  }

  async close(key: string, reason: string): Promise<void> {
    const { trial } = this.#open.get(key) ?? {}
    if (!trial) return
    await trial.close(reason) // what it still has done is done by its own channel
    this.#open.delete(key)
  }

  /** Closes those that were left. */
  async sweep(): Promise<void> {
    const now = this.#parts.clock.now()
    const left = [...this.#open].filter(([, { trial, usedAt }]) => {
      return now - usedAt > (trial.seen.isWatched ? UNUSED_MS : UNWATCHED_MS)
    })
    await Promise.all(left.map(([key]) => this.close(key, 'it was not used any more')))
  }

  async closeAll(): Promise<void> {
    clearInterval(this.#sweeping)
    this.#sweeping = undefined
    await Promise.all([...this.#open.keys()].map((key) => this.close(key, 'the server stops')))
    await this.#parts.close()
  }

  #trialOf(contact: string): Trial | undefined {
    const running = [...this.#open.values()].find(({ trial }) => trial.parts.contacts.includes(contact))
    return running?.trial
  }

  /** Some of the numbers that are kept for stories. */
  #freeContacts(count: number): string[] {
    const free = new Set<string>()
    while (free.size < count) {
      const contact = `+1${randomInt(200, 999)}55501${String(randomInt(100)).padStart(2, '0')}`
      if (!this.#trialOf(contact)) free.add(contact)
    }
    return [...free]
  }
}

interface Running {
  readonly trial: Trial
  /** Epoch milliseconds. */
  usedAt: number
}

const MOST = 20
const SWEEP_MS = 15_000
/** A page that is loaded anew is back by then. */
const UNWATCHED_MS = 2 * 60_000
const UNUSED_MS = 2 * 60 * 60_000
