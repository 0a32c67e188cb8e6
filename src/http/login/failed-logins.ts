import type { Clock } from '../../clock/clock.ts'
import { Refusal } from '../../errors.ts'
import { networkOf } from './network-of.ts'

/** Counts who has tried in vain, by where they come from: after ten attempts in a quarter of an hour no more are looked at. */
export class FailedLogins {
  readonly #clock: Clock
  /** By networks: the times of the failures that still count, oldest first; whoever failed last is last. */
  readonly #failures = new Map<string, readonly number[]>()
  /** Where known credentials have come from; whoever was let in last is last. */
  readonly #letIn = new Set<string>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Throws a `Refusal` where it has been too many. */
  demandFewFrom(address: string): void {
    const [first, ...rest] = this.#recent(address)
    if (first === undefined || rest.length + 1 < MOST) return
    const seconds = Math.ceil((first + COUNTED_MS - this.#clock.now()) / 1_000)
    throw new Refusal('tooManyRequests', `${MOST} attempts to sign in have failed; try again in ${seconds} s`)
  }

  add(address: string): void {
    const network = networkOf(address)
    const failures = [...this.#recent(address), this.#clock.now()]
    this.#failures.delete(network)
    this.#failures.set(network, failures)
    const [oldest] = this.#failures.keys()
    if (this.#failures.size > MOST_ADDRESSES && oldest !== undefined) this.#failures.delete(oldest)
  }

  /** Lets in who has shown known credentials. Where such have come from before they count whatever others there try: many a network, or a proxy, is one address. */
  letIn(address: string): void {
    const network = networkOf(address)
    if (!this.#letIn.delete(network)) this.demandFewFrom(address)
    this.#letIn.add(network)
    const [oldest] = this.#letIn
    if (this.#letIn.size > MOST_ADDRESSES && oldest !== undefined) this.#letIn.delete(oldest)
  }

  /** Counts who has shown credentials that are not known; throws where it has been too many. */
  turnAway(address: string): void {
    this.demandFewFrom(address)
    this.add(address)
  }

  #recent(address: string): readonly number[] {
    const since = this.#clock.now() - COUNTED_MS
    return (this.#failures.get(networkOf(address)) ?? []).filter((at) => at > since)
  }
}

const MOST = 10
const COUNTED_MS = 15 * 60 * 1_000
const MOST_ADDRESSES = 10_000
