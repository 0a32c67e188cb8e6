import { Shelf } from '../shelf.ts'
import type { Hook } from '../webhooks.ts'
import { endOf, type Timers } from './timers.ts'

/** How a conversation stands; a closed one takes no more. */
export type ConversationState = 'active' | 'inactive' | 'closed'

/** What of a conversation can be changed. */
export interface ConversationDetails {
  readonly friendlyName?: string | undefined
  /** Found by this as well as by its sid. */
  readonly uniqueName?: string | undefined
  /** JSON text. */
  readonly attributes: string
  readonly messagingServiceSid?: string | undefined
  readonly state: ConversationState
  readonly timers: Timers
}

/** Somebody in a conversation: who chats under a name, or has a phone that is bound to it. Times are epoch milliseconds, as all here. */
export interface Participant {
  readonly sid: string
  readonly identity?: string | undefined
  readonly binding?: Binding | undefined
  /** JSON text. */
  readonly attributes: string
  readonly createdAt: number
}

/** A phone and the number that it writes to: its texts go into the conversation. */
export interface Binding {
  readonly address: string
  readonly proxyAddress: string
}

export interface ConversationMessage {
  readonly sid: string
  /** Counted from 0. */
  readonly index: number
  readonly author: string
  readonly body: string
  /** JSON text. */
  readonly attributes: string
  readonly participantSid?: string | undefined
  readonly createdAt: number
}

/** A webhook of one conversation; those to other targets than a URL are kept and not called. */
export interface ScopedWebhook {
  readonly sid: string
  readonly target: 'webhook' | 'trigger' | 'studio'
  readonly hook?: Hook | undefined
  readonly filters: readonly string[]
  readonly flowSid?: string | undefined
  readonly createdAt: number
}

/** Where several people and applications write to each other. */
export class Conversation {
  readonly sid: string
  readonly serviceSid: string
  readonly createdAt: number
  readonly participants = new Map<string, Participant>()
  readonly webhooks = new Map<string, ScopedWebhook>()
  readonly messages = new Shelf<ConversationMessage>({ begunAt: ({ createdAt }) => createdAt, isOver: () => true })
  details: ConversationDetails
  /** When something was last written or changed. */
  updatedAt: number
  #written = 0

  constructor(made: Pick<Conversation, 'sid' | 'serviceSid' | 'createdAt' | 'details'>) {
    this.sid = made.sid
    this.serviceSid = made.serviceSid
    this.createdAt = made.createdAt
    this.updatedAt = made.createdAt
    this.details = made.details
  }

  /** As its timers have it at a time. */
  stateAt(now: number): ConversationState {
    const { state, timers } = this.details
    const isOver = (timer: string | undefined) => now >= (endOf(timer, this.updatedAt) ?? Number.POSITIVE_INFINITY)
    if (state === 'closed' || isOver(timers.closed)) return 'closed'
    return isOver(timers.inactive) ? 'inactive' : state
  }

  /** Takes a message; one that was put aside is taken up by it. */
  write(message: Omit<ConversationMessage, 'index' | 'participantSid'>): ConversationMessage {
    const participantSid = this.participantBy(message.author)?.sid
    const written = this.messages.put({ ...message, index: this.#written, participantSid })
    this.#written += 1
    this.details = { ...this.details, state: 'active' }
    this.updatedAt = message.createdAt
    return written
  }

  /** Whoever writes under this name or from this address. */
  participantBy(author: string): Participant | undefined {
    return [...this.participants.values()].find((one) => addressOf(one) === author)
  }

  /** Whether this phone's texts to this number go here. */
  binds({ address, proxyAddress }: Binding): boolean {
    return [...this.participants.values()].some(
      ({ binding }) => binding?.address === address && binding.proxyAddress === proxyAddress,
    )
  }
}

/** Where somebody is written to. */
export function addressOf({ identity, binding, sid }: Participant): string {
  return identity ?? binding?.address ?? sid
}
