import { setTimeout as sleep } from 'node:timers/promises'
import type { Dice } from '../walk/dice.ts'
import type { Journal } from './journal.ts'
import type { ServerLives } from './server-lives.ts'

/** What kills are made with. */
export interface ReaperSettings {
  readonly server: ServerLives
  readonly journal: Journal
  readonly dice: Dice
  /** How lives end. */
  readonly end: 'SIGKILL' | 'SIGTERM'
  /** Milliseconds for which each life is spared: what a killed one has left is taken over once it is missed. */
  readonly spared: number
}

/** Kills the server, or stops it, at random moments, sometimes before it has begun, and begins it again. */
export class Reaper {
  readonly #settings: ReaperSettings
  #isAtWork = false
  /** Until when this life is let alone: for what is taken over then, or for answers that come in two parts. */
  #sparedUntil = 0
  /** Resolves when whoever was killed last is gone. */
  #dying: Promise<unknown> = Promise.resolve()

  constructor(settings: ReaperSettings) {
    this.#settings = settings
  }

  /** Goes on until a time; the server lives then. */
  async reap(until: number): Promise<void> {
    this.#isAtWork = true
    while (Date.now() < until) await this.#life(until)
    this.#isAtWork = false
    await this.#dying
    if (!this.#settings.server.isAlive && !(await this.#begun())) throw new Error('the server begins no more')
  }

  /** A moment at which a kill would be instructive: just before something outside is answered, or just after it. */
  moment(): void {
    const { dice } = this.#settings
    if (this.#isAtWork && dice.chance(STRIKES)) setTimeout(() => this.#end(), dice.below(4))
  }

  async #life(until: number): Promise<void> {
    const { server, dice, end, spared } = this.#settings
    if (end === 'SIGKILL' && dice.chance(STILLBORN)) setTimeout(() => this.#end(), dice.below(900))
    if (!server.isAlive && !(await this.#begun())) return
    const isLong = dice.chance(SPARED)
    this.#sparedUntil = Date.now() + (isLong ? LONG_MS : spared)
    await Promise.race([server.gone(), sleep(isLong ? LONG_MS : SHORTEST_MS + spared + dice.below(SPAN_MS))])
    this.#sparedUntil = 0
    if (Date.now() < until) this.#end()
    await this.#dying
  }

  #begun(): Promise<boolean> {
    const { server, journal } = this.#settings
    if (journal.kills.length > 0) journal.rebirths.push(Date.now())
    return server.begin()
  }

  #end(): void {
    const { server, end } = this.#settings
    if (!this.#isAtWork || Date.now() < this.#sparedUntil || !server.isAlive || server.isToEnd) return
    this.#dying = end === 'SIGKILL' ? this.#kill() : this.#stop()
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
const SPARED = 0.01
const LONG_MS = 25_000
const SHORTEST_MS = 300
const SPAN_MS = 2_400
