import type { Params } from './line.ts'
import type { MessagePlan, Plan } from './office.ts'

/** What happens at places that no webhook stands for, each by its name; `*` stands for every other. */
export class Plans<Kind> {
  readonly #made = new Map<string, Kind>()
  readonly #usual: Kind

  constructor(usual: Kind) {
    this.#usual = usual
  }

  set(name: string, plan: Kind): void {
    this.#made.set(name, plan)
  }

  has(name: string): boolean {
    return this.#made.has(name)
  }

  of(name: string): Kind {
    return this.#made.get(name) ?? this.#made.get('*') ?? this.#usual
  }
}

/** Who takes the callers of a queue or a workflow. */
export type QueuePlan =
  /** An agent has time for each caller after so many seconds, and talks so long. */
  | { readonly kind: 'answered'; readonly after: number; readonly talks: number }
  /** Nobody by plan: a call that dials the queue, or REST, may take them. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'queue-full' | 'system-error' | 'error' }

/** Somebody who joins a conference without a call of this network. */
export interface Guest {
  /** Seconds after the conference came to be. */
  readonly after: number
  /** Seconds; left out, they stay to the end. */
  readonly stays?: number
  /** Whether they start a conference, as `startConferenceOnEnter` says. */
  readonly starts: boolean
  /** Whether it ends with them, as `endConferenceOnExit` says. */
  readonly ends: boolean
  /** `alone`: only if nobody else has come by then. */
  readonly comes: 'always' | 'alone'
}

/** What a payment connector makes of a payment. */
export type PayPlan =
  /** A charge has a confirmation code, anything else a token; made up where they are left out. */
  | { readonly kind: 'accepted'; readonly token?: string; readonly confirmationCode?: string }
  | { readonly kind: 'declined'; readonly error: string; readonly errorCode?: string }
  | { readonly kind: 'internal-error' }

/** How the far end of a Connect goes for which no socket of a server stands. */
export interface ConnectPlan {
  /** Seconds until it is done; left out, it stays until the caller goes. */
  readonly after?: number
  /** Parameters of the action in place of the usual ones. */
  readonly params?: Params
}

/** Somebody who picks up soon and talks a little. */
export const ANSWERS: Plan = { outcome: 'answered', after: 3, talks: 10, answeredBy: 'human' }

/** An agent who has time soon and talks a little. */
export const AGENT: QueuePlan = { kind: 'answered', after: 5, talks: 10 }

/** Somebody to talk to for whoever waits alone; the conference is over when they go. */
export const HOST: readonly Guest[] = [{ after: 5, stays: 10, starts: true, ends: true, comes: 'alone' }]

export const ACCEPTED: PayPlan = { kind: 'accepted' }

export const DONE_SOON: ConnectPlan = { after: 10 }

export const DELIVERED: MessagePlan = { outcome: 'delivered' }
