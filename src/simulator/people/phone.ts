import type { Happening } from '../happening.ts'
import type { Params } from '../line/web-request.ts'
import type { Network } from '../network.ts'
import type { CallPlan } from '../plans.ts'
import type { Time } from '../time.ts'
import { Person } from './person.ts'

/** Whoever holds a phone is there when it rings, and talks as long as they are talked to. */
export const PICKS_UP: CallPlan = { outcome: 'answered', after: 3, answeredBy: 'human' }

/** A phone in somebody's hand: they call with it, and pick up when an application has them called. */
export class Phone {
  readonly address: string
  readonly #network: Network
  readonly #time: Time
  readonly #calls = new Set<string>()
  #person: Person | undefined

  constructor(address: string, { network, time }: { readonly network: Network; readonly time: Time }) {
    this.address = address
    this.#network = network
    this.#time = time
    network.watch((happening) => this.#answer(happening))
  }

  /** The newest call, with whoever holds the phone in it. */
  get person(): Person | undefined {
    return this.#person
  }

  /** Whether a call was made or taken with this phone. */
  had(callSid: string): boolean {
    return this.#calls.has(callSid)
  }

  /** Lets the phone ring and be picked up, as long as somebody is having it called. */
  async pickUp(isCalled: () => boolean): Promise<void> {
    await this.#time.until(() => !isCalled() || this.#person?.leg.isOver === false)
  }

  async call(to: string, extra: Params = {}): Promise<void> {
    this.#hold(this.#network.call({ from: this.address, to, extra }).sid)
    await this.#time.settle()
  }

  /** What a Dial rings is another phone of theirs. */
  #answer(happening: Happening): void {
    if (happening.type !== 'call' || happening.status !== 'initiated') return
    if (happening.to === this.address && happening.direction === 'outbound-api') this.#hold(happening.sid)
  }

  #hold(callSid: string): void {
    const leg = this.#network.leg(callSid)
    if (!leg) return
    this.#calls.add(callSid)
    this.#person = new Person(leg, this.#time)
  }
}
