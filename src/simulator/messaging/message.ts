import type { Hook } from '../webhooks.ts'

/** A message as the carrier keeps it (twiml.md 8). */
export interface Message {
  readonly sid: string
  readonly direction: 'inbound' | OutgoingMessage['direction']
  readonly from: string
  readonly to: string
  readonly body: string
  /** URLs. */
  readonly media: readonly string[]
  /** The Messaging Service it goes through. */
  readonly serviceSid: string | undefined
  readonly status: MessageStatus
  readonly errorCode: number | undefined
  readonly statusCallback: Hook | undefined
  /** Epoch milliseconds, as all times here. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly sentAt: number | undefined
  /** When it was on the phone that it is for. */
  readonly arrivedAt: number | undefined
}

/** How a message stands (twiml.md 8.2). */
export type MessageStatus =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'read'
  | 'canceled'
  | 'received'

/** Whether nothing has become of it yet: such a message can neither be deleted nor emptied. */
export function isUnderWay({ status }: Message): boolean {
  return UNDER_WAY.has(status)
}

const UNDER_WAY: ReadonlySet<MessageStatus> = new Set(['accepted', 'scheduled', 'queued', 'sending'])

/** A message that is to be sent. */
export interface OutgoingMessage {
  /** Left out where a Messaging Service chooses. */
  readonly from?: string | undefined
  readonly serviceSid?: string | undefined
  readonly to: string
  readonly body: string
  readonly media?: readonly string[]
  /** As it was given: it may be no URL. */
  readonly statusCallback?: Hook | undefined
  /** Epoch milliseconds before which it is not sent. */
  readonly sendAt?: number | undefined
  readonly direction: 'outbound-api' | 'outbound-call' | 'outbound-reply'
}

/** A message that a person sends. */
export interface Text {
  readonly from: string
  readonly to: string
  readonly body: string
  readonly media?: readonly string[] | undefined
  /** Parameters beside the usual ones, or in their place: `ProfileName`, `OptOutType`. */
  readonly extra?: Readonly<Record<string, string>> | undefined
}
