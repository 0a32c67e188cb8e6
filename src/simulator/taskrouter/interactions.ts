import { Shelf } from '../shelf.ts'

/** A contact that was handed to agents, with the task that was made of it. Times are epoch milliseconds. */
export interface Interaction {
  readonly sid: string
  readonly channelSid: string
  /** `sms`, `whatsapp`, `web` and the like. */
  readonly channelType: string
  /** Closed when agents have done with it, inactive while they let it rest. */
  readonly channelStatus: 'active' | 'closed' | 'inactive'
  readonly initiatedBy: string
  readonly conversationSid: string
  readonly taskSid: string
  readonly createdAt: number
}

/** The interactions that a network remembers. */
export function interactionShelf(): Shelf<Interaction> {
  return new Shelf<Interaction>({ begunAt: ({ createdAt }) => createdAt, isOver: () => true })
}
