import type { Child } from './child-process.ts'
import type { Order } from './messages.ts'
import type { Outcome } from './outcome.ts'

/** A call that needs a process. */
export interface Task {
  readonly order: Order
  /** Whether it may be sent to a process in which another call is under way. */
  readonly mayGoAhead: boolean
}

/** Calls that wait for a process, the oldest first. */
export class WaitingTasks {
  #tasks: Waiting[] = []

  get size(): number {
    return this.#tasks.length
  }

  add(task: Task): Promise<Outcome> {
    return new Promise((resolve) => this.#tasks.push({ ...task, since: Date.now(), resolve }))
  }

  /** Gives a child what it can take; none goes past another. */
  serve(child: Child): void {
    for (let [next] = this.#tasks; next && takes(child, next); [next] = this.#tasks) {
      this.#tasks.shift()
      next.resolve(child.call(next.order))
    }
  }

  /** How many have waited for so many milliseconds. */
  since(ms: number): number {
    const before = Date.now() - ms
    return this.#tasks.filter(({ since }) => since <= before).length
  }

  /** Nobody will take the first of them. */
  giveUp(outcome: Outcome): void {
    this.#tasks.shift()?.resolve(outcome)
  }
}

interface Waiting extends Task {
  /** Epoch milliseconds. */
  readonly since: number
  resolve(outcome: Promise<Outcome> | Outcome): void
}

function takes(child: Child, { order, mayGoAhead }: Task): boolean {
  return child.state === 'free' || (mayGoAhead && child.aheadOf(order.call.path) !== undefined)
}
