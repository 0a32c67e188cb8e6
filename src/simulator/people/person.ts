import type { Leg } from '../call/leg.ts'
import type { Taken } from '../happening.ts'
import type { Time } from '../time.ts'

/** Thrown where a person does what nobody takes from them just then. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken'
}

/** The person at one end of a call, who acts when they are asked to. */
export class Person {
  readonly leg: Leg
  readonly #time: Time

  constructor(leg: Leg, time: Time) {
    this.leg = leg
    this.#time = time
  }

  /** Hears everything up to the next thing that is asked, or to the end of the call; answers whether something is asked. */
  async listen(): Promise<boolean> {
    const { leg } = this
    await this.#time.until(() => leg.isOver || leg.listening !== undefined)
    return leg.listening !== undefined
  }

  /** Presses keys, one after another, when keys are asked for. */
  async press(keys: string): Promise<void> {
    await this.#asked('keys', `the keys ${JSON.stringify(keys)}`)
    this.leg.tell({ type: 'pressed', keys })
    for (const key of keys) {
      this.leg.give({ kind: 'key', key })
      await this.#time.settle()
    }
  }

  /** Says something, when speech is asked for or something is recorded. */
  async say(text: string): Promise<void> {
    await this.#asked('speech', `the words ${JSON.stringify(text)}`)
    this.leg.tell({ type: 'spoke', text })
    this.leg.give({ kind: 'speech', text })
    await this.#time.settle()
  }

  /** Talks for so many seconds into a recording. */
  async talk(seconds: number): Promise<void> {
    await this.#asked('voice', `${seconds} seconds of voice`)
    this.leg.tell({ type: 'talked', seconds })
    this.leg.give({ kind: 'voice', seconds })
    await this.#time.pass(seconds)
  }

  /** Gives no answer to what is asked next, until the time for it is up. */
  async beSilent(): Promise<void> {
    if (!(await this.listen())) throw new NotTaken('the call is over: there is nothing to be silent to')
    const { waits } = this.leg
    await this.#time.until(() => this.leg.isOver || this.leg.waits > waits)
  }

  async hangUp(): Promise<void> {
    await this.#time.settle()
    if (this.leg.isOver) throw new NotTaken('the call is over: there is nothing to hang up')
    this.leg.tell({ type: 'hung-up', by: 'person' })
    this.leg.interrupt({ kind: 'hung-up', by: 'person' })
    await this.#time.settle()
  }

  async #asked(kind: Taken, what: string): Promise<void> {
    await this.listen()
    const { listening } = this.leg
    if (!listening) throw new NotTaken(`the call is over (${this.leg.status}): nobody takes ${what}`)
    if (!listening.takes.includes(kind))
      throw new NotTaken(`a ${listening.verb} takes ${listening.takes.join(' or ') || 'nothing'} now, not ${what}`)
  }
}
