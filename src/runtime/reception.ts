import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Execution } from '../engine/execution.ts'
import { AlreadyActive, type Store } from '../store/store.ts'
import type { FlowLibrary } from './flows.ts'
import { Lock } from './lock.ts'
import type { Runtime } from './runtime.ts'
import { type Delivery, isLive, Turn } from './turn.ts'

/** What the reception is made of. */
export interface ReceptionParts {
  readonly runtime: Runtime
  readonly store: Store
  readonly flows: FlowLibrary
  readonly log: Logger
  /** Milliseconds after which a turn is answered with a way back to its rest. */
  readonly answerWithinMs: number
}

/** Twilio gives a webhook 15 s; what takes longer than this is answered in two parts (architecture, settled point 6). */
export const ANSWER_WITHIN_MS = 12_000

/** Takes in what the carrier delivers: finds whom it concerns, lets one delivery of a contact in at a time, answers a repeated one with the same bytes and a slow one in time. */
export class Reception {
  readonly #parts: ReceptionParts
  readonly #lanes = new Lock()
  readonly #attempts = new Map<string, Promise<string>>()
  readonly #held = new Map<string, Working>()
  readonly #working = new Set<Promise<unknown>>()

  constructor(parts: ReceptionParts) {
    this.#parts = parts
  }

  /** The TwiML that answers a delivery; every attempt at the same delivery gets the same. */
  receive(delivery: Delivery): Promise<string> {
    const key = keyOf(delivery)
    if (key === undefined) return this.#answer(delivery, undefined)

    const name = `${delivery.flowSid}/${key}`
    const running = this.#attempts.get(name)
    if (running) return running
    const attempt = this.#once(delivery, key).finally(() => this.#attempts.delete(name))
    this.#attempts.set(name, attempt)
    return attempt
  }

  /** Whether a delivery belongs to an execution under way, be its flow still served or not. */
  async expects(delivery: Delivery): Promise<boolean> {
    return (await this.#ownerOf(delivery))?.status === 'active'
  }

  /** Resolves when no turn is being worked on. */
  async settled(): Promise<void> {
    while (this.#working.size > 0) await Promise.allSettled(this.#working)
  }

  async #once(delivery: Delivery, key: string): Promise<string> {
    const saved = await this.#parts.store.delivery(delivery.flowSid, key)
    if (!saved) return this.#answer(delivery, key)
    // Cut off in the middle by a stop: the event is taken already. A call is told what it is to hear now; a message what was said so far.
    if (!saved.finished && delivery.kind === 'call') return this.#answer(delivery, key)
    return saved.answer
  }

  async #answer(delivery: Delivery, key: string | undefined): Promise<string> {
    if (delivery.turn !== undefined) return this.#rest(delivery, delivery.turn, key)
    const turn = new Turn(randomBytes(12).toString('hex'), delivery, key)
    const work = this.#lanes.hold(laneOf(delivery), () => this.#work(turn))
    this.#track(work)
    return this.#inTime({ turn, work })
  }

  /** The second part of an answer, or what there is of it after a restart. */
  async #rest(delivery: Delivery, turnId: string, key: string | undefined): Promise<string> {
    const held = this.#held.get(turnId)
    // What was left undone is being done now; a call that asks again is told its outcome when that is there.
    if (!held && delivery.kind === 'call') return this.#answer({ ...delivery, turn: undefined }, key)
    const answer = held ? await this.#inTime(held) : await this.#restOfMessage(delivery, turnId)
    if (key !== undefined) await this.#keep(delivery, key, answer)
    return answer
  }

  async #restOfMessage(delivery: Delivery, turnId: string): Promise<string> {
    const saved = await this.#parts.store.delivery(delivery.flowSid, restKey(turnId))
    return saved?.answer ?? new Turn(turnId, delivery, undefined).answer(undefined)
  }

  async #inTime({ turn, work }: Working): Promise<string> {
    const clock = new AbortController()
    const late = sleep(this.#parts.answerWithinMs, LATE, { signal: clock.signal, ref: false }).catch(
      (): typeof LATE => LATE,
    )
    const outcome = await Promise.race([work, late]).finally(() => clock.abort())
    if (outcome !== LATE) {
      this.#held.delete(turn.id)
      return turn.answer(outcome)
    }
    this.#hold({ turn, work })
    const { key } = turn
    turn.key = restKey(turn.id)
    const answer = turn.holdingAnswer()
    if (key !== undefined && !this.#isRest(key)) await this.#keep(turn.delivery, key, answer)
    this.#parts.log.info(
      { flowSid: turn.delivery.flowSid, turn: turn.id },
      'the turn takes long and is answered in parts',
    )
    return answer
  }

  /** Keeps a turn for the carrier to come back to; not for ever, for callers hang up. */
  #hold({ turn, work }: Working): void {
    this.#held.set(turn.id, { turn, work })
    const forget = () => void setTimeout(() => this.#held.delete(turn.id), HELD_MS).unref()
    work.then(forget, forget)
  }

  #isRest(key: string): boolean {
    return key.startsWith(REST)
  }

  #keep({ flowSid }: Delivery, key: string, answer: string): Promise<void> {
    return this.#parts.store.keepDelivery({ flowSid, key, answer, finished: true })
  }

  #work(turn: Turn): Promise<Execution | undefined> {
    switch (turn.delivery.kind) {
      case 'call':
        return this.#call(turn)
      case 'call-status':
        return this.#callEnded(turn)
      case 'message':
        return this.#message(turn)
      case 'message-status':
        return this.#messageStatus(turn)
      default:
        return turn.delivery.kind satisfies never
    }
  }

  async #call(turn: Turn): Promise<Execution | undefined> {
    const { params, step } = turn.delivery
    const owner = await this.#ownerOfCall(turn.delivery)
    const returns = params.FlowEvent !== undefined && step === undefined
    if (owner?.status === 'active')
      return this.#parts.runtime.handle(owner.sid, { type: 'continued', params, step }, turn)
    if (owner && !returns) return owner
    return isLive(params) ? this.#newCall(turn) : undefined
  }

  async #newCall(turn: Turn): Promise<Execution | undefined> {
    const { flowSid, params } = turn.delivery
    const { runtime, flows, store, log } = this.#parts
    const flow = await flows.published(flowSid)
    const caller = params.From ?? ''
    const begin = () => runtime.start(flowSid, { type: 'incoming-call', params }, turn)
    if (flow?.allowConcurrentCalls) return begin()
    return this.#lanes.hold(`${flowSid}/caller/${caller}`, async () => {
      const [active] = await store.activeCalls(flowSid, caller)
      if (!active) return begin()
      log.warn({ executionSid: active.sid, code: 81002 }, 'a second call of the same caller is turned away')
      turn.turnAway(OUT_OF_SERVICE)
      return undefined
    })
  }

  async #callEnded({ delivery: { flowSid, params } }: Turn): Promise<Execution | undefined> {
    if (isLive(params)) return undefined // progress of a call, which nothing waits for
    const owner = await this.#parts.store.executionOfCall(flowSid, params.CallSid ?? '')
    return owner?.status === 'active'
      ? this.#parts.runtime.handle(owner.sid, { type: 'call-ended', params })
      : undefined
  }

  async #message(turn: Turn): Promise<Execution | undefined> {
    const { flowSid, params, step } = turn.delivery
    const { runtime } = this.#parts
    const begin = () => runtime.start(flowSid, { type: 'incoming-message', params }, turn)
    const type = params.FlowEvent === undefined ? 'incoming-message' : 'continued'
    const goOn = (sid: string) => runtime.handle(sid, { type, params, step }, turn)

    const active = await this.#ownerOfMessage(turn.delivery)
    if (!active) return step === undefined ? begin().catch((error: unknown) => goOn(activeElsewhere(error))) : undefined
    const moved = await goOn(active.sid)
    return moved?.endedReason === 'EXPIRED' ? begin() : moved
  }

  /** The conversation the message belongs to, or else the contact's call that waits for one. */
  async #ownerOfMessage({ flowSid, params }: Delivery): Promise<Execution | undefined> {
    const { From = '', To = '', MessagingServiceSid } = params
    const { store } = this.#parts
    const addresses = MessagingServiceSid ? [To, MessagingServiceSid] : [To]
    const active = await store.activeWith(flowSid, From, addresses)
    if (active) return active
    const calls = await store.activeCalls(flowSid, From)
    return calls.find(
      ({ waiting, address }) => addresses.includes(address) && waiting?.for.includes('incoming-message'),
    )
  }

  async #messageStatus({ delivery: { executionSid, params, step } }: Turn): Promise<Execution | undefined> {
    if (executionSid === undefined) return undefined
    return this.#parts.runtime.handle(executionSid, { type: 'message-status', params, step })
  }

  #ownerOf(delivery: Delivery): Promise<Execution | undefined> {
    switch (delivery.kind) {
      case 'call':
      case 'call-status':
        return this.#ownerOfCall(delivery)
      case 'message':
        return this.#ownerOfMessage(delivery)
      case 'message-status':
        return this.#parts.store.execution(delivery.executionSid ?? '')
      default:
        return delivery.kind satisfies never
    }
  }

  #ownerOfCall({ flowSid, params }: Delivery): Promise<Execution | undefined> {
    return this.#parts.store.executionOfCall(flowSid, params.CallSid ?? '')
  }

  #track(work: Promise<unknown>): void {
    this.#working.add(work)
    const done = () => this.#working.delete(work)
    work.then(done, (error: unknown) => {
      done()
      this.#parts.log.error({ err: error }, 'a turn broke off')
    })
  }
}

/** Another process has begun an execution with this contact in the meantime. */
function activeElsewhere(error: unknown): string {
  if (error instanceof AlreadyActive) return error.executionSid
  throw error
}

interface Working {
  readonly turn: Turn
  readonly work: Promise<Execution | undefined>
}

const LATE = 'late' as const

/** How long what came of a slow turn can be fetched. */
const HELD_MS = 60_000

const OUT_OF_SERVICE = [
  { verb: 'Say', text: 'This number is busy with another call of yours. Please try again later.' },
  { verb: 'Hangup' },
] as const

/** What tells one delivery from another: the carrier's token, else the message that is delivered. */
function keyOf({ kind, params, token, turn }: Delivery): string | undefined {
  if (token) return `token/${token}`
  const isNew = kind === 'message' && turn === undefined && params.FlowEvent === undefined
  const sid = params.MessageSid ?? params.SmsSid
  return isNew && sid ? `message/${sid}` : undefined
}

const REST = 'rest/'

function restKey(turnId: string): string {
  return REST + turnId
}

/** Deliveries of one lane are taken in one by one, so that two cannot both begin an execution. */
function laneOf({ kind, flowSid, params, executionSid }: Delivery): string {
  if (kind === 'call' || kind === 'call-status') return `${flowSid}/call/${params.CallSid ?? ''}`
  return kind === 'message' ? `${flowSid}/contact/${params.From ?? ''}` : `${flowSid}/execution/${executionSid ?? ''}`
}
