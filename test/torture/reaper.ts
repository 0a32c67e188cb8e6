import { setTimeout as sleep } from 'node:timers/promises'
import type { Dice } from '../walk/dice.ts'
import type { Journal } from './journal.ts'
import type { ServerLives } from './server-lives.ts'

/** What kills are made with. */
export interface ReaperSettings {
  readonly server: ServerLives
  readonly journal: Journal
  readonly dice: Dice
}

/** Kills the server at random moments, sometimes before it has begun, and begins it again. */
export class Reaper {
  readonly #settings: ReaperSettings
  #isAtWork = false

  constructor(settings: ReaperSettings) {
    this.#settings = settings
  }

  /** Goes on until a time; the server lives then. */
  async reap(until: number): Promise<void> {
    this.#isAtWork = true
    while (Date.now() < until) await this.#life(until)
    this.#isAtWork = false
    if (!this.#settings.server.isAlive && !(await this.#begun())) throw new Error('the server begins no more')
  }

  /** A moment at which a kill would be instructive: just before something outside is answered, or just after it. */
  moment(): void {
    const { dice } = this.#settings
    if (this.#isAtWork && dice.chance(STRIKES)) setTimeout(() => this.#kill(), dice.below(4))
  }

  async #life(until: number): Promise<void> {
    const { server, dice } = this.#settings
    if (dice.chance(STILLBORN)) setTimeout(() => this.#kill(), dice.below(900))
    if (!server.isAlive && !(await this.#begun())) return
    await Promise.race([server.gone(), sleep(SHORTEST_MS + dice.below(SPAN_MS))])
    if (this.#isAtWork && Date.now() < until) this.#kill()
    if (Date.now() < until) await server.gone()
  }

  #begun(): Promise<boolean> {
    const { server, journal } = this.#settings
    journal.lives.push(Date.now())
    return server.begin()
  }

  #kill(): void {
    const { server, journal } = this.#settings
    if (!this.#isAtWork || !server.isAlive) return
    journal.kills.push(Date.now())
    server.kill()
  }
}

const STRIKES = 0.02
const STILLBORN = 0.15
const SHORTEST_MS = 300
const SPAN_MS = 3_000
