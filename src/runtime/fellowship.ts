import type { Logger } from 'pino'
import type { Fellows } from '../store/sql-fellows.ts'

/** What the fellowship is made of. */
export interface FellowshipParts {
  readonly fellows: Fellows
  readonly log: Logger
  /** Takes up what an instance that is gone has left undone. */
  takeOver(): Promise<void>
}

/**
 * The instances on one database as one of them sees it. Each says every second that it lives; who was asked about
 * several times and has said nothing new counts as gone, whatever anybody's clock shows, and while the database is away
 * nobody is asked about. An instance that was given up and lives after all finds its executions further on than it left
 * them.
 */
export class Fellowship {
  readonly #parts: FellowshipParts
  /** What each of the others has said last, and how often nothing new has been heard since. */
  #heard: ReadonlyMap<string, Heard> = new Map()
  #rounds = 0
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(parts: FellowshipParts) {
    this.#parts = parts
  }

  /** Resolves when the others know of this instance. */
  async start(): Promise<void> {
    await this.#parts.fellows.beat()
    this.#expect()
  }

  /** Leaves what is not done to the others. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await this.#round
    await this.#parts.fellows.leave()
  }

  /** Begins a round only when the one before it is done: several that waited for the database would count as several silences. */
  #expect(): void {
    if (this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#round = this.#look()
        .catch((error: unknown) => this.#parts.log.error({ err: error }, 'the other instances could not be seen'))
        .finally(() => this.#expect())
    }, BEAT_MS)
  }

  async #look(): Promise<void> {
    const { fellows, log, takeOver } = this.#parts
    await fellows.beat()
    const heard = heardNow(await fellows.beats(), this.#heard)
    this.#heard = heard
    const gone = [...heard].filter(([instance, { silent }]) => instance !== fellows.self && silent >= MOST_SILENT)
    for (const [instance, { beats }] of gone) {
      log.warn({ instance }, 'an instance is gone; what it left undone is taken over')
      await fellows.bury(instance, beats)
    }
    this.#rounds += 1
    if (gone.length > 0 || this.#rounds % ROUNDS_BETWEEN === 0) await takeOver()
  }
}

interface Heard {
  readonly beats: number
  /** How many times in a row it was asked about and had said nothing new. */
  readonly silent: number
}

function heardNow(now: ReadonlyMap<string, number>, before: ReadonlyMap<string, Heard>): ReadonlyMap<string, Heard> {
  const hear = (instance: string, beats: number): Heard => {
    const last = before.get(instance)
    return { beats, silent: last?.beats === beats ? last.silent + 1 : 0 }
  }
  return new Map([...now].map(([instance, beats]) => [instance, hear(instance, beats)]))
}

const BEAT_MS = 1_000
const MOST_SILENT = 5
/** How many rounds pass before work that nobody has is looked for without cause: whoever found an instance gone may be gone, too. */
const ROUNDS_BETWEEN = 5
