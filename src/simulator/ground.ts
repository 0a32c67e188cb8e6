import type { Clock } from '../clock/clock.ts'
import type { Activity } from './activity.ts'
import type { Waiting } from './call/waiting.ts'
import type { News } from './happening.ts'
import type { Line } from './line/line.ts'

/** What every call and message stands on, whatever else there is in its network. */
export interface Ground {
  readonly clock: Clock
  readonly activity: Activity
  readonly accountSid: string
  /** Lets everybody who watches see what happens to a call or a message. */
  tell(sid: string, news: News): void
  /** Seconds after which a wait is over; undefined: nothing but what comes ends it. */
  lasts(waiting: Waiting): number | undefined
  /** A line of its own for each call: cookies are not shared. */
  line(): Line
}
