import type { WebSocket } from 'undici'
import type { Caller } from './call/caller.ts'
import type { Leg } from './call/leg.ts'
import type { Conferences } from './conference/conferences.ts'
import type { Destination } from './document/destination.ts'
import type { Ground } from './ground.ts'
import type { OutgoingMessage, Text } from './messaging/message.ts'
import type { PlanBook } from './plans.ts'
import type { Queues } from './queue/queues.ts'
import type { Recordings } from './recording/recordings.ts'
import type { TaskRouter } from './taskrouter/tasks.ts'
import type { Webhooks } from './webhooks.ts'

/** What verbs, and whatever else plays the carrier's part, find in their network. */
export interface Office extends Ground {
  /** Whether a WebSocket of this URL may be connected. */
  connects(url: string): boolean
  /** Begins a WebSocket connection, signed as requests are. */
  socket(url: string): WebSocket
  /** A new sid with this prefix. */
  sid(prefix: string): string
  readonly plans: PlanBook
  /** Calls a number of this network; nobody's where a plan says what happens there, or nothing is attached. */
  reach(caller: Caller): Leg | undefined
  /** Plays a call of its own from this document to its end. */
  live(leg: Leg, start: Destination): Promise<void>
  readonly queues: Queues
  readonly taskRouter: TaskRouter
  readonly conferences: Conferences
  readonly recordings: Recordings
  /** Makes a call known, so that REST and other legs find it while it lasts. */
  register(leg: Leg): void
  /** Hands a message over, as the Sms verb does; one that is refused has failed. Gives its sid. */
  send(message: OutgoingMessage): string
  /** Where a number's calls and messages are answered. */
  webhooksOf(address: string): Webhooks | undefined
  /** Every address that has webhooks. */
  addresses(): readonly string[]
  /** Brings a message to a number of this network; resolves when it is answered. */
  text(text: Text): Promise<void>
}
