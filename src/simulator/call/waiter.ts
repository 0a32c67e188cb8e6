import type { Ground } from '../ground.ts'
import type { News } from '../happening.ts'
import { afterSeconds } from '../seconds.ts'
import type { Input } from './input.ts'
import { Interrupted, type Interruption, WEIGHT } from './interruption.ts'
import type { Listening, Waiting } from './waiting.ts'

/** Whoever lets time pass until something comes, and can be taken away from that. */
export abstract class Waiter {
  readonly ground: Ground
  /** How many times it has waited. */
  waits = 0
  #wait: Wait | undefined
  #interruption: Interruption | undefined
  #signals: readonly Input[] = []

  constructor(ground: Ground) {
    this.ground = ground
  }

  abstract tell(news: News): void

  /** What the person is expected to do now, if anything. */
  get listening(): Listening | undefined {
    return this.#wait?.listening
  }

  /** Lets time pass until an input comes that is taken; undefined when the time is up. Throws `Interrupted`. */
  wait(waiting: Waiting): Promise<Input | undefined> {
    const { takes = () => false, listening } = waiting
    const signal = this.#signals.find(takes)
    this.#signals = this.#signals.filter((other) => other !== signal)
    if (signal) return Promise.resolve(signal)
    const interrupted = this.#takeInterruption()
    if (interrupted) return Promise.reject(interrupted)
    this.waits += 1
    const { clock, activity } = this.ground
    const seconds = this.ground.lasts(waiting)
    return new Promise((resolve, reject) => {
      const cancel =
        seconds === undefined ? () => {} : afterSeconds(clock, seconds, () => this.#wake(() => resolve(undefined)))
      this.#wait = { takes, listening, cancel, resolve, reject }
      if (listening) this.tell({ type: 'listening', ...listening })
      activity.end()
    })
  }

  /** Hands over what the person or another leg gives; false when nobody takes it now. Signals are kept. */
  give(input: Input): boolean {
    const wait = this.#wait
    if (wait?.takes(input)) {
      this.#wake(() => wait.resolve(input))
      return true
    }
    if (input.kind === 'signal') this.#signals = [...this.#signals, input]
    return false
  }

  /** Has the time be up that the person had for an answer; false when nothing is asked of them. */
  beSilent(): boolean {
    const wait = this.#wait
    if (!wait?.listening) return false
    this.#wake(() => wait.resolve(undefined))
    return true
  }

  /** Takes it away from what it is doing, at once or at its next wait; of several interruptions the weightiest counts. */
  interrupt(by: Interruption): void {
    const wait = this.#wait
    if (wait) this.#wake(() => wait.reject(new Interrupted(by)))
    else if (WEIGHT[by.kind] >= WEIGHT[this.#interruption?.kind ?? by.kind]) this.#interruption = by
  }

  /** Throws the interruption that came while nobody waited. */
  heed(): void {
    const interrupted = this.#takeInterruption()
    if (interrupted) throw interrupted
  }

  /** A release that comes when the wait is over already means nothing any more. */
  forgetRelease(): void {
    if (this.#interruption?.kind === 'released') this.#interruption = undefined
  }

  #takeInterruption(): Interrupted | undefined {
    const by = this.#interruption
    this.#interruption = undefined
    return by && new Interrupted(by)
  }

  #wake(go: () => void): void {
    this.#wait?.cancel()
    this.#wait = undefined
    this.ground.activity.begin()
    go()
  }
}

/** A wait that is going on. */
interface Wait {
  takes(input: Input): boolean
  readonly listening: Listening | undefined
  cancel(): void
  resolve(input: Input | undefined): void
  reject(error: Interrupted): void
}
