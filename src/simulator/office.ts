import type { WebSocket } from 'undici'
import type { Clock } from '../clock/clock.ts'
import type { Activity } from './activity.ts'
import type { Caller } from './caller.ts'
import type { Conferences } from './conferences.ts'
import type { News } from './happening.ts'
import type { Leg } from './leg.ts'
import type { Line } from './line.ts'
import type { OutgoingMessage, Text } from './messaging/message.ts'
import type { PlanBook } from './plans.ts'
import type { Queues } from './queues.ts'
import type { Recordings } from './recordings.ts'
import type { Webhooks } from './webhooks.ts'

/** What every call and message needs of the network it runs in. */
export interface Office {
  readonly clock: Clock
  readonly activity: Activity
  readonly accountSid: string
  /** The absolute base of the REST API, such as `https://api.twilio.com`. */
  readonly restUrl: string
  tell(sid: string, news: News): void
  /** A line of its own for each call: cookies are not shared. */
  line(): Line
  /** Whether a WebSocket of this URL may be connected. */
  connects(url: string): boolean
  /** Begins a WebSocket connection, signed as requests are. */
  socket(url: string): WebSocket
  /** A new sid with this prefix. */
  sid(prefix: string): string
  readonly plans: PlanBook
  /** Calls a number of this network; nobody's where a plan says what happens there, or nothing is attached. */
  reach(caller: Caller): Leg | undefined
  readonly queues: Queues
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
