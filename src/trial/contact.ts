import { Refusal } from '../errors.ts'
import type { Input } from '../simulator/call/input.ts'
import type { Leg } from '../simulator/call/leg.ts'
import type { Happening } from '../simulator/happening.ts'
import type { Network } from '../simulator/network.ts'

/** Somebody with a phone in the hand: they call with it, and have it ring. What they do is done at once, or refused where nobody takes it. */
export class Contact {
  readonly address: string
  readonly #network: Network
  #leg: Leg | undefined

  constructor(address: string, network: Network) {
    this.address = address
    this.#network = network
    network.watch((happening) => this.#ring(happening))
  }

  /** The call of the phone, or the last one it had. */
  get leg(): Leg | undefined {
    return this.#leg
  }

  get isInCall(): boolean {
    return this.#leg?.isOver === false
  }

  call(to: string): void {
    if (this.isInCall) throw new Refusal('conflict', `${this.address} is in a call already`)
    if (!this.address.startsWith('+'))
      throw new Refusal('conflict', `${this.address} cannot call: it is no phone number`)
    this.#leg = this.#network.call({ from: this.address, to })
  }

  /** Presses keys one after another; the first one must be taken, and those that come too late are lost. */
  async press(keys: string): Promise<void> {
    const leg = this.#inCall()
    const [first = '', ...rest] = keys
    this.#give({ kind: 'key', key: first }, 'keys')
    leg.tell({ type: 'pressed', keys })
    for (const key of rest) {
      await new Promise(setImmediate) // whoever takes them has to be ready for the next
      leg.give({ kind: 'key', key })
    }
  }

  say(text: string): void {
    this.#give({ kind: 'speech', text }, 'words')
    this.#inCall().tell({ type: 'spoke', text })
  }

  talk(seconds: number): void {
    this.#give({ kind: 'voice', seconds }, 'voice')
    this.#inCall().tell({ type: 'talked', seconds })
  }

  beSilent(): void {
    if (!this.#inCall().beSilent())
      throw new Refusal('conflict', 'nothing is asked now: there is nothing to be silent to')
  }

  hangUp(): void {
    const leg = this.#inCall()
    leg.tell({ type: 'hung-up', by: 'person' })
    leg.interrupt({ kind: 'hung-up', by: 'person' })
  }

  #give(input: Input, what: string): void {
    if (this.#inCall().give(input)) return
    const { takes = [] } = this.#inCall().listening ?? {}
    const expected = takes.length > 0 ? `${takes.join(' or ')} expected` : 'nothing is asked now'
    throw new Refusal('conflict', `nobody takes ${what}: ${expected}`)
  }

  #inCall(): Leg {
    if (this.#leg?.isOver === false) return this.#leg
    throw new Refusal('conflict', `${this.address} is in no call`)
  }

  /** What a Dial rings is another phone of theirs. */
  #ring(happening: Happening): void {
    if (happening.type !== 'call' || happening.status !== 'initiated') return
    if (happening.to !== this.address || happening.direction !== 'outbound-api') return
    if (!this.isInCall) this.#leg = this.#network.leg(happening.sid)
  }
}
