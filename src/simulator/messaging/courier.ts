import { type Asker, callBack } from '../line/exchange.ts'
import type { Office } from '../office.ts'
import type { MessagePlan } from '../plans.ts'
import { afterSeconds } from '../seconds.ts'
import type { Message, MessageStatus } from './message.ts'
import type { MessageLog } from './message-log.ts'
import { statusParams } from './parameters.ts'

/** Takes messages from one status to the next as time passes, and tells their callbacks (twiml.md 8.2). */
export class Courier {
  readonly #office: Office
  readonly #log: MessageLog
  readonly #pending = new Map<string, () => void>()

  constructor(office: Office, log: MessageLog) {
    this.#office = office
    this.#log = log
  }

  /** Sets a message on its way; `sendAt` in epoch milliseconds. */
  take(message: Message, { plan, sendAt }: { readonly plan: MessagePlan; readonly sendAt?: number | undefined }): void {
    const { clock } = this.#office
    const wait = sendAt === undefined ? undefined : Math.max(sendAt - clock.now(), 0) / 1_000
    if (wait === undefined) this.#depart(message.sid, plan)
    this.#next(message.sid, [...beginning(message.status, wait ?? SOON_S), ...endingOf(plan)], plan)
  }

  /** Calls off what has not been sent. */
  async cancel(sid: string): Promise<void> {
    this.#pending.get(sid)?.()
    this.#pending.delete(sid)
    await this.#reach(sid, { after: 0, status: 'canceled' })
  }

  close(): void {
    for (const forget of this.#pending.values()) forget()
    this.#pending.clear()
  }

  #next(sid: string, [stop, ...rest]: readonly Stop[], plan: MessagePlan): void {
    if (!stop) return void this.#pending.delete(sid)
    const { clock, activity } = this.#office
    const arrive = async () => {
      if (this.#log.get(sid)?.status === 'scheduled') this.#depart(sid, plan)
      await this.#reach(sid, stop)
      this.#next(sid, rest, plan)
    }
    const forget = afterSeconds(clock, stop.after, () => void activity.during(arrive))
    this.#pending.set(sid, forget)
  }

  /** It is handed over. A phone shows it at once, unless it never will; only what is reported of it takes time. */
  #depart(sid: string, { outcome }: MessagePlan): void {
    const arrives = outcome === 'sent' || outcome === 'delivered' || outcome === 'read'
    const message = this.#change(sid, arrives ? { arrivedAt: this.#office.clock.now() } : {})
    if (!message) return
    const { from, to, body, media } = message
    this.#office.tell(sid, { type: 'message', direction: 'outbound', from, to, body, media })
  }

  async #reach(sid: string, { status, errorCode }: Stop): Promise<void> {
    const now = this.#office.clock.now()
    const message = this.#change(sid, { status, errorCode, updatedAt: now, ...(status === 'sent' && { sentAt: now }) })
    if (!message) return
    this.#office.tell(sid, { type: 'message-status', status, ...(errorCode !== undefined && { errorCode }) })
    if (status === 'sent' && message.arrivedAt !== undefined) this.#handOver(message)
    await this.#report(message)
  }

  /** A number of this very network answers what it gets. */
  #handOver({ from, to, body, media }: Message): void {
    const { activity } = this.#office
    if (!this.#office.webhooksOf(to)?.message) return
    void activity.during(() => this.#office.text({ from, to, body, media }))
  }

  async #report(message: Message): Promise<void> {
    const { statusCallback, sid, status } = message
    if (!statusCallback || status === 'sending') return
    const params = statusParams(message, this.#office.accountSid)
    await callBack(askerOf(sid, this.#office), { ...statusCallback, params }, 11200)
  }

  #change(sid: string, changes: Partial<Message>): Message | undefined {
    const message = this.#log.get(sid)
    return message && this.#log.keep({ ...message, ...changes })
  }
}

/** Whatever asks on behalf of a message. */
export function askerOf(sid: string, office: Office, line = office.line()): Asker {
  return {
    line,
    tell: (news) => office.tell(sid, news),
    warn: (problem) => office.tell(sid, { type: 'problem', problem }),
  }
}

/** A status on the way, and the seconds that it takes to get there. */
interface Stop {
  readonly after: number
  readonly status: MessageStatus
  readonly errorCode?: number | undefined
}

const SOON_S = 0.1

/** What a Messaging Service has taken is queued first. */
function beginning(status: MessageStatus, after: number): readonly Stop[] {
  return status === 'queued' ? [] : [{ after, status: 'queued' }]
}

function endingOf(plan: MessagePlan): readonly Stop[] {
  switch (plan.outcome) {
    case 'sent':
      return SENT
    case 'delivered':
      return DELIVERED
    case 'read':
      return [...DELIVERED, { after: 3, status: 'read' }]
    case 'undelivered':
      return [...SENT, { after: REPORTED_S, status: 'undelivered', errorCode: plan.code }]
    case 'failed':
    case 'refused':
      return [SENDING, { after: SOON_S, status: 'failed', errorCode: plan.code }]
    default:
      return plan satisfies never
  }
}

/** Seconds from `sent` to what the far end reports. */
const REPORTED_S = 0.8
const SENDING: Stop = { after: SOON_S, status: 'sending' }
const SENT: readonly Stop[] = [SENDING, { after: SOON_S, status: 'sent' }]
const DELIVERED: readonly Stop[] = [...SENT, { after: REPORTED_S, status: 'delivered' }]
