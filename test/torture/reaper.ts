import { setTimeout as sleep } from 'node:timers/promises'
import type { Dice } from '../walk/dice.ts'
import type { Journal } from './journal.ts'
import type { ServerLives } from './server-lives.ts'

/** What kills are made with. */
export interface ReaperSettings {
  readonly server: ServerLives
  readonly journal: Journal
  readonly dice: Dice
  /** Which share of the lives ends by SIGTERM; the others by SIGKILL. */
  readonly stops: number
  /** Milliseconds for which each life is spared: what a killed one has left is taken over once it is missed. */
  readonly spared: number
}

/** Kills the server, or stops it, at random moments, sometimes before it has begun, and begins it again. */
export class Reaper {
  readonly #settings: ReaperSettings
  #isAtWork = false
  #lives = 0
  #wasKilled = false
  #hasBegun = false
  readonly #onLong: ((isOne: boolean) => void)[] = []
  /** Until when this life is let alone: for what is taken over then, or for answers that come in two parts. */
  #sparedUntil = 0
  /** Resolves when whoever was killed last is gone. */
  #dying: Promise<unknown> = Promise.resolve()

  constructor(settings: ReaperSettings) {
    this.#settings = settings
  }

  /** Resolves with true when a life begins that is long enough for answers in parts; with false when all are through. */
  longLife(): Promise<boolean> {
    return new Promise((resolve) => void this.#onLong.push(resolve))
  }

  /** Goes on until a time; the server lives then. */
  async reap(until: number): Promise<void> {
    this.#isAtWork = true
    while (Date.now() < until) await this.#life(until)
    this.#isAtWork = false
    this.#tellOfLong(false)
    await this.#dying
    if (!this.#settings.server.isAlive && !(await this.#begun())) throw new Error('the server begins no more')
  }

  /** A moment at which a kill would be instructive: just before something outside is answered, or just after it. */
  moment(): void {
    const { dice } = this.#settings
    if (this.#isAtWork && dice.chance(STRIKES)) setTimeout(() => this.#end(), dice.below(4))
  }

  async #life(until: number): Promise<void> {
    const { server, dice, stops, spared } = this.#settings
    if (stops < 1 && dice.chance(STILLBORN)) setTimeout(() => this.#end(), dice.below(900))
    if (!server.isAlive && !(await this.#begun())) return
    const length = this.#lengthOfLife()
    this.#sparedUntil = Date.now() + (length < LONG_MS ? spared : length)
    await Promise.race([server.gone(), sleep(length)])
    this.#sparedUntil = 0
    if (Date.now() < until) this.#end()
    await this.#dying
  }

  /** One now and then is long enough for answers in parts, and ends in the midst of some. */
  #lengthOfLife(): number {
    const { dice, spared } = this.#settings
    this.#lives += 1
    if (this.#lives % LIVES_TO_A_LONG_ONE !== 0) return SHORTEST_MS + spared + dice.below(SPAN_MS)
    this.#tellOfLong(true)
    return LONG_MS + dice.below(LONG_SPAN_MS)
  }

  #tellOfLong(isOne: boolean): void {
    for (const told of this.#onLong.splice(0)) told(isOne)
  }

  async #begun(): Promise<boolean> {
    const { server, journal } = this.#settings
    if (this.#wasKilled) journal.rebirths.push(Date.now())
    this.#hasBegun = false
    this.#hasBegun = await server.begin()
    if (!this.#hasBegun) journal.stillborn += 1
    return this.#hasBegun
  }

  #end(): void {
    const { server, dice, stops } = this.#settings
    if (!this.#isAtWork || Date.now() < this.#sparedUntil || !server.isAlive || server.isToEnd) return
    if (!this.#hasBegun && stops === 1) return
    this.#wasKilled = !this.#hasBegun || !dice.chance(stops) // who has not begun can stop nothing
    this.#dying = this.#wasKilled ? this.#kill() : this.#stop()
  }

  #kill(): Promise<unknown> {
    const { server, journal } = this.#settings
    journal.kills.push(Date.now())
    server.kill()
    return server.gone()
  }

  async #stop(): Promise<void> {
    const { server, journal } = this.#settings
    journal.stops.push(Date.now())
    journal.expectStopped(await server.stop())
  }
}

const STRIKES = 0.02
const STILLBORN = 0.15
const LIVES_TO_A_LONG_ONE = 12
/** The first part of an answer is out after 12 s. */
const LONG_MS = 14_000
const LONG_SPAN_MS = 8_000
const SHORTEST_MS = 300
const SPAN_MS = 2_400
