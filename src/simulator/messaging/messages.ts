import type { Office } from '../office.ts'
import type { MessagePlan } from '../plans.ts'
import { fault, type Problem } from '../problem.ts'
import type { Hook, Webhooks } from '../webhooks.ts'
import { isOfChannel } from './addresses.ts'
import { Conversation } from './conversation.ts'
import { askerOf, Courier } from './courier.ts'
import { describe } from './delivery-errors.ts'
import { faultIn } from './fault.ts'
import { LinesOfPairs } from './lines-of-pairs.ts'
import type { Text } from './message.ts'
import { isUnderWay, type Message, type OutgoingMessage } from './message.ts'
import { MessageLog } from './message-log.ts'
import { OptOuts } from './opt-outs.ts'
import { receivedParams } from './parameters.ts'
import type { Reply } from './reply.ts'
import { ReplyRate } from './reply-rate.ts'
import { MessagingServices } from './services.ts'

/** The messages of a network: those that come to its numbers, and those that are sent from them. */
export class Messages {
  readonly services = new MessagingServices()
  readonly #office: Office
  readonly #log = new MessageLog()
  readonly #optOuts = new OptOuts()
  readonly #courier: Courier
  readonly #rate: ReplyRate
  readonly #lines: LinesOfPairs

  constructor(office: Office) {
    this.#office = office
    this.#courier = new Courier(office, this.#log)
    this.#rate = new ReplyRate(office.clock)
    this.#lines = new LinesOfPairs(office)
  }

  /** A message has come to a number; resolves when it is answered (twiml.md 5). */
  async receive(text: Text, webhooks: Webhooks): Promise<void> {
    const message = this.#arrived(text)
    const service = message.serviceSid === undefined ? undefined : this.services.get(message.serviceSid)
    const { message: hook, messageFallback: fallback } = service?.message ? service : webhooks
    if (!hook) return
    const conversation = new Conversation({
      asker: askerOf(message.sid, this.#office, this.#lines.between(text.from, text.to)),
      hook,
      fallback,
      received: text,
      params: { ...receivedParams(message, this.#office.accountSid), ...text.extra },
      reply: (reply) => this.#answer(reply),
    })
    await this.#office.activity.during(() => conversation.run())
  }

  /** Hands a message over; one that is refused has failed. Gives its sid. */
  send(outgoing: OutgoingMessage): string {
    const made = this.create(outgoing)
    if (!('code' in made)) return made.sid
    const message = this.#keep({ ...outgoing, from: outgoing.from ?? '', status: 'failed', errorCode: made.code })
    this.#office.tell(message.sid, { type: 'problem', problem: made })
    this.#office.tell(message.sid, { type: 'message-status', status: 'failed', errorCode: made.code })
    return message.sid
  }

  /** Takes a message to be sent, as REST does; a problem where it is refused (twiml.md 8.1 and 8.3). */
  create(outgoing: OutgoingMessage): Message | Problem {
    const problem = faultIn(outgoing)
    if (problem) return problem
    const from = this.#senderOf(outgoing)
    if (from === undefined)
      return fault(21703, `The Messaging Service ${outgoing.serviceSid} has no number to send from`)
    const plan = this.#planOf({ from, to: outgoing.to })
    if (plan.outcome === 'refused' && !outgoing.serviceSid) return fault(plan.code, describe(plan.code))
    const message = this.#keep({ ...outgoing, from, status: firstStatusOf(outgoing) })
    this.#courier.take(message, { plan, sendAt: outgoing.sendAt })
    return message
  }

  get(sid: string): Message | undefined {
    return this.#log.get(sid)
  }

  /** Newest first. */
  list(): readonly Message[] {
    return [...this.#log.list()].reverse()
  }

  /** What a phone has been sent, oldest first. */
  inbox(address: string): readonly Message[] {
    return this.#log.list().filter(({ to, direction, arrivedAt }) => {
      return to === address && direction !== 'inbound' && arrivedAt !== undefined
    })
  }

  /** Calls off a scheduled message (twiml.md 8.1). */
  cancel({ sid, status }: Message): Problem | undefined {
    if (status !== 'scheduled') return fault(30409, `This message cannot be canceled: it is ${status}, not scheduled`)
    void this.#office.activity.during(() => this.#courier.cancel(sid))
    return undefined
  }

  /** Empties the body of a message. */
  redact(message: Message): Problem | undefined {
    if (isUnderWay(message)) return unfinished(message)
    this.#log.keep({ ...message, body: '', updatedAt: this.#office.clock.now() })
    return undefined
  }

  remove(message: Message): Problem | undefined {
    if (isUnderWay(message)) return unfinished(message)
    this.#log.remove(message.sid)
    return undefined
  }

  close(): void {
    this.#courier.close()
  }

  #arrived(text: Text): Message {
    const { from, to, body, media = [] } = text
    const serviceSid = this.services.holding(to)
    const message = this.#keep({ from, to, body, media, serviceSid, direction: 'inbound', status: 'received' })
    this.#office.tell(message.sid, { type: 'message', direction: 'inbound', from, to, body, media })
    if (!isOfChannel(from)) this.#optOuts.heed({ sender: this.#subscribed(to), person: from, body })
    return message
  }

  #answer(reply: Reply): Problem | undefined {
    const problem = this.#rate.count(reply.from, reply.to)
    if (problem) return problem
    this.send({ ...reply, direction: 'outbound-reply' })
    return undefined
  }

  #keep(given: Given): Message {
    const { clock } = this.#office
    const { media = [], serviceSid } = given
    return this.#log.keep({
      sid: this.#office.sid(media.length > 0 ? 'MM' : 'SM'),
      direction: given.direction,
      from: given.from,
      to: given.to,
      body: given.body,
      media,
      serviceSid,
      status: given.status,
      errorCode: given.errorCode,
      statusCallback: given.statusCallback ?? this.#callbackOf(serviceSid),
      createdAt: clock.now(),
      updatedAt: clock.now(),
      sentAt: undefined,
      arrivedAt: undefined,
    })
  }

  #callbackOf(serviceSid: string | undefined): Hook | undefined {
    const url = serviceSid === undefined ? undefined : this.services.get(serviceSid)?.statusCallback
    return url ? { url, method: 'POST' } : undefined
  }

  /** A service that nobody described sends from any number of the network. */
  #senderOf({ from, serviceSid: sid, to }: OutgoingMessage): string | undefined {
    if (from || sid === undefined) return from
    const numbers = this.services.get(sid)?.numbers ?? this.#office.addresses()
    return this.services.senderFor(to, { sid, numbers })
  }

  #planOf({ from, to }: { readonly from: string; readonly to: string }): MessagePlan {
    if (this.#optOuts.has({ sender: this.#subscribed(from), person: to })) return { outcome: 'refused', code: 21610 }
    const ofSender = this.#office.plans.messages.of(from)
    return ofSender.outcome === 'refused' ? ofSender : this.#office.plans.messages.of(to)
  }

  /** Whoever opts out of one number of a service has opted out of all. */
  #subscribed(number: string): string {
    return this.services.holding(number) ?? number
  }
}

/** What is known of a new message. */
type Given = Omit<OutgoingMessage, 'direction' | 'from'> &
  Pick<Message, 'direction' | 'from' | 'status'> & { readonly errorCode?: number }

function firstStatusOf({ serviceSid, sendAt }: OutgoingMessage): 'accepted' | 'scheduled' | 'queued' {
  if (sendAt !== undefined) return 'scheduled'
  return serviceSid === undefined ? 'queued' : 'accepted'
}

function unfinished({ sid, status }: Message): Problem {
  return fault(20009, `Cannot change or delete message ${sid} before it is complete: it is ${status}`)
}
