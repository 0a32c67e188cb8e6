import type { Params } from './line/web-request.ts'

/** What happens at the far ends that no webhook and no person stands for. */
export class PlanBook {
  /** What whoever is at an address does when it rings. */
  readonly calls = new Plans<CallPlan>(ANSWERS)
  /** Who takes the callers of a queue, by its name, or of a workflow, by its sid. */
  readonly queues = new Plans<QueuePlan>(AGENT)
  /** Who joins a conference, by its name, beside the calls of this network. */
  readonly conferences = new Plans<readonly Guest[]>(HOST)
  /** What a payment connector makes of payments, by its name. */
  readonly payments = new Plans<PaymentPlan>({ kind: 'accepted' })
  /** How the far end of a Connect goes, by its noun. */
  readonly connects = new Plans<ConnectPlan>({ after: 10 })
  /** What becomes of messages to an address, and whether it can send any. */
  readonly messages = new Plans<MessagePlan>({ outcome: 'delivered' })
}

/** Plans of one kind, each by a name; `*` stands for every other. */
class Plans<Kind> {
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

/** What the far end of a call does, unless a person at it decides by hand. */
export interface CallPlan {
  readonly outcome: 'answered' | 'busy' | 'no-answer' | 'failed'
  /** Seconds of ringing. */
  readonly after: number
  /** Seconds after which they hang up; left out, they stay until the other end goes. */
  readonly talks?: number
  /** What answering-machine detection makes of them. */
  readonly answeredBy?: 'human' | 'machine' | 'fax' | 'unknown'
  /** Keys pressed while a whisper asks for some. */
  readonly presses?: string
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
  /** Seconds; left out, they stay until only such guests are left. */
  readonly stays?: number | undefined
  /** Whether they start a conference, as `startConferenceOnEnter` says. */
  readonly starts: boolean
  /** Whether it ends with them, as `endConferenceOnExit` says. */
  readonly ends: boolean
  /** `alone`: only if nobody else has come by then. */
  readonly comes: 'always' | 'alone'
}

/** What a payment connector makes of a payment. */
export type PaymentPlan =
  /** A charge has a confirmation code, anything else a token; made up where they are left out. */
  | { readonly kind: 'accepted'; readonly token?: string | undefined; readonly confirmationCode?: string | undefined }
  | { readonly kind: 'declined'; readonly error: string; readonly errorCode?: string | undefined }
  | { readonly kind: 'internal-error' }

/** How the far end of a Connect goes for which no socket of a server stands. */
export interface ConnectPlan {
  /** Seconds until it is done; left out, it stays until the caller goes. */
  readonly after?: number | undefined
  /** Parameters of the action in place of the usual ones. */
  readonly params?: Params | undefined
}

/** What becomes of a message to an address; `code` is of the carrier's error dictionary (twiml.md 8.3). */
export type MessagePlan =
  /** `sent` is for carriers that report no more; `read` for channels that tell. */
  | { readonly outcome: 'sent' | 'delivered' | 'read' }
  | { readonly outcome: 'undelivered' | 'failed'; readonly code: number }
  /** Not even taken, unless by a Messaging Service: that takes everything, and reports it as failed. */
  | { readonly outcome: 'refused'; readonly code: number }

/** Somebody who picks up soon and talks a little. */
const ANSWERS: CallPlan = { outcome: 'answered', after: 3, talks: 10, answeredBy: 'human' }

/** An agent who has time soon and talks a little. */
const AGENT: QueuePlan = { kind: 'answered', after: 5, talks: 10 }

/** Somebody to talk to for whoever waits alone; the conference is over when they go. */
const HOST: readonly Guest[] = [{ after: 5, stays: 10, starts: true, ends: true, comes: 'alone' }]
