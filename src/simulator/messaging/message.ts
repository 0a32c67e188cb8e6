import type { OutgoingMessage } from '../office.ts'

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
  readonly statusCallback: StatusHook | undefined
  /** Epoch milliseconds, as all times here. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly sentAt: number | undefined
  /** When it was on the phone that it is for. */
  readonly arrivedAt: number | undefined
}

/** Where the carrier tells what became of a message. */
export interface StatusHook {
  readonly url: string
  readonly method: 'GET' | 'POST'
}

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
