import type { SendMessageEffect } from '../engine/effect.ts'
import type { Params } from '../engine/event.ts'

/** The answer to a webhook, so that another attempt at the same delivery gets the same bytes. */
export interface SavedDelivery {
  readonly flowSid: string
  /** The same for every attempt. */
  readonly key: string
  readonly executionSid?: string | undefined
  /** The body. */
  readonly answer: string
  /** False while the answer can still grow. */
  readonly finished: boolean
  /** Set as long as nothing has come of it but an acknowledgement. */
  readonly acknowledged?: Acknowledged | undefined
  /** Set as long as it may be that nobody has been told. */
  readonly unsent?: Unsent | undefined
  /** Set where it is kept for the first time: a save throws `AlreadyDelivered` when another instance was first. */
  readonly isNew?: true | undefined
}

/** What is said by an answer alone. */
export interface Unsent {
  readonly messages: readonly UnsentMessage[]
  /** The answer without them. */
  readonly rest: string
}

export interface UnsentMessage {
  readonly id: string
  readonly effect: SendMessageEffect
}

/** A webhook whose answer says what nobody may have been told. */
export type UnsentDelivery = SavedDelivery & { readonly unsent: Unsent }

/** What a webhook brought that was answered before anything came of it. */
export interface Acknowledged {
  readonly params: Params
  /** The flow's webhook as the carrier reached it. */
  readonly webhookUrl: string
  /** The visit that it came into the middle of. */
  readonly during?: string | undefined
}

/** A webhook that is still to be taken up. */
export type AcknowledgedDelivery = SavedDelivery & { readonly acknowledged: Acknowledged }

/** Thrown by the first save of a delivery that another instance has saved: it has been taken in there. */
export class AlreadyDelivered extends Error {
  override readonly name = 'AlreadyDelivered'

  constructor({ flowSid, key }: Pick<SavedDelivery, 'flowSid' | 'key'>) {
    super(`the delivery ${key} to ${flowSid} has been taken in already`)
  }
}
