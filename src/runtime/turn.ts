import { CALL_OVER } from '../engine/advance.ts'
import { endsOf } from '../engine/birth.ts'
import type { SendMessageEffect } from '../engine/effect.ts'
import type { Params } from '../engine/event.ts'
import type { Execution } from '../engine/execution.ts'
import type { Unsent, UnsentMessage } from '../store/saved-delivery.ts'
import type { Place } from '../store/sql-queue.ts'
import { renderDocument } from '../twiml/render.ts'
import type { MessagingVerb, TwimlDocument, Verb } from '../twiml/verbs.ts'
import { optsOut } from './opt-out.ts'

/** What a webhook brought: an event's raw material, with the address at which it came. */
export interface Delivery {
  readonly kind: 'call' | 'call-status' | 'message' | 'message-status' | 'conversation'
  readonly flowSid: string
  readonly params: Params
  /** The visit that the URL was made for. */
  readonly step?: string | undefined
  /** The visit that it came into the middle of, where that expects nothing of the kind. */
  readonly during?: string | undefined
  /** The turn whose rest is asked for. */
  readonly turn?: string | undefined
  /** `I-Twilio-Idempotency-Token`: the same for every attempt at one delivery. */
  readonly token?: string | undefined
  /** The execution that has placed the call. */
  readonly placedBy?: string | undefined
  /** The execution that a status callback belongs to, or that a message came into the middle of. */
  readonly executionSid?: string | undefined
  /** The request by which it came, in logs. */
  readonly requestId?: string | undefined
  /** The absolute URL of the flow's webhook, as the carrier reaches it. */
  readonly webhookUrl: string
}

/** The execution that a delivery concerns, where there is one. */
export interface Found {
  readonly owner: Execution | undefined
}

/** Name of the URL parameter by which the carrier asks for the rest of a turn that took too long. */
export const TURN_PARAMETER = 'TrunklineTurn'

/** The work that one webhook sets going, and what its sender is told. */
export class Turn {
  readonly id: string
  readonly delivery: Delivery
  /** The key under which its answer is kept for a repeated delivery. */
  key: string | undefined
  /** Whether nothing is kept under that key yet. */
  isNew = false
  /** Whom the delivery was found to concern when it came; set where nothing else of its contact was under way, which could have changed that. */
  found: Found | undefined
  /** Its place in the line for its execution, where that was at work when it came. */
  place: Place | undefined
  #replies: Reply[] = []
  #replied = 0
  #walked = false
  #instead: TwimlDocument | undefined

  constructor(id: string, delivery: Delivery, key: string | undefined) {
    this.id = id
    this.delivery = delivery
    this.key = key
  }

  /** Whether a message can go out in the answer, behind `more` replies that are not saved yet (decisions, "Replies to messages"). */
  answers({ from, to }: SendMessageEffect, more: number): boolean {
    const { kind, params } = this.delivery
    const own = from === params.To || (from !== '' && from === params.MessagingServiceSid)
    return (
      kind === 'message' &&
      own &&
      to === endsOf(params).contact &&
      !optsOut(params) &&
      this.#replied + more < MOST_REPLIES
    )
  }

  /** Whether it has moved an execution. */
  get hasWalked(): boolean {
    return this.#walked
  }

  /** What it has led to is saved. */
  goOn({ walks, replies }: Progress): void {
    this.#walked ||= walks
    this.#replies.push(...replies)
    this.#replied += replies.length
  }

  /** Answers with this although no execution says so. */
  turnAway(document: TwimlDocument): void {
    this.#instead = document
  }

  /** The answer by the execution as it stands now, or will stand once this progress is saved. */
  said(execution: Execution | undefined, { walks, replies }: Progress = NONE): Said {
    if (this.#instead) return { answer: renderDocument(this.#instead) }
    if (this.delivery.kind === 'call') return { answer: renderDocument(this.#forCall(execution)) }
    if (this.delivery.kind === 'message')
      return saidWith([...this.#replies, ...replies], this.#walked || walks ? execution?.document : [])
    return { answer: NOTHING }
  }

  /** What is answered when time is up: what there is so far, and a way back to the rest. */
  saidSoFar(): Said {
    const back = { verb: 'Redirect', method: 'POST', text: this.#backUrl() } as const
    if (this.delivery.kind === 'call') return { answer: renderDocument([{ verb: 'Pause', length: 1 }, back]) }
    const soFar = this.#replies
    this.#replies = []
    return saidWith(soFar, [back])
  }

  /** A call that the execution does not have, or no more, is told nothing, which ends it. */
  #forCall(execution: Execution | undefined): TwimlDocument {
    return execution?.call?.sid === this.delivery.params.CallSid ? (execution?.document ?? []) : []
  }

  #backUrl(): string {
    return `${this.delivery.webhookUrl}?${new URLSearchParams({ [TURN_PARAMETER]: this.id })}`
  }
}

/** What a webhook is answered, and the messages in it that reach nobody in any other way. */
export interface Said {
  readonly answer: string
  readonly unsent?: Unsent | undefined
}

/** What a turn leads to. */
export interface Progress {
  /** Whether an execution goes on: its document is then meant for the sender. */
  readonly walks: boolean
  readonly replies: readonly Reply[]
}

const NONE: Progress = { walks: false, replies: [] }

/** A message that the answer says. */
export interface Reply {
  readonly message: UnsentMessage
  readonly verb: MessagingVerb
}

/** The answer that says nothing. */
export const NOTHING = renderDocument([])

function saidWith(replies: readonly Reply[], document: TwimlDocument = []): Said {
  const verbs = replies.map(({ verb }) => verb)
  const answer = renderDocument(afterReplies(verbs, document))
  if (replies.length === 0) return { answer }
  return {
    answer,
    unsent: { messages: replies.map(({ message }) => message), rest: renderDocument(afterReplies([], document)) },
  }
}

function afterReplies(replies: readonly MessagingVerb[], document: TwimlDocument): TwimlDocument {
  if (!isVerbs(document)) return replies.length > 0 ? replies : document
  return [...replies, ...document.filter(isForMessages)]
}

/** More replies to one message the carrier refuses (14109). */
const MOST_REPLIES = 10

function isVerbs(document: TwimlDocument): document is readonly Verb[] {
  return Array.isArray(document)
}

function isForMessages(verb: Verb): boolean {
  return verb.verb === 'Message' || verb.verb === 'Redirect'
}

/** Whether a call takes TwiML in answer to this request. */
export function isLive(params: Params): boolean {
  return !CALL_OVER.has(params.CallStatus ?? '')
}
