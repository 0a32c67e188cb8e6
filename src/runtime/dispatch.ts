import { endsOf } from '../engine/birth.ts'
import { isOwnMessage } from '../engine/conversation.ts'
import type { Execution } from '../engine/execution.ts'
import { AlreadyActive, type Store } from '../store/store.ts'
import type { FlowLibrary } from './flows.ts'
import { Lock } from './lock.ts'
import { laneOf } from './names.ts'
import type { Runtime } from './runtime.ts'
import { BEFORE_ANY, hasGoneOn, isMissed, waitsFor } from './standing.ts'
import { trialAt } from './trial-address.ts'
import { type Delivery, isLive, type Turn } from './turn.ts'

/** What the dispatch is made of. */
export interface DispatchParts {
  readonly runtime: Runtime
  readonly store: Store
  readonly flows: FlowLibrary
}

/** Finds whom a delivery concerns and brings it there (engine.md 5.1). */
export class Dispatch {
  readonly #parts: DispatchParts
  /** Two calls of one caller at once are not both the first. */
  readonly #callers = new Lock()
  /** Conversations in which an execution is about to begin. */
  readonly #beginnings = new Lock()

  constructor(parts: DispatchParts) {
    this.#parts = parts
  }

  /** Feeds what a turn brings to the execution it concerns, or begins one; gives the execution as it then rests. */
  work(turn: Turn): Promise<Execution | undefined> {
    switch (turn.delivery.kind) {
      case 'call':
        return this.#call(turn)
      case 'call-status':
        return this.#callStatus(turn)
      case 'message':
        return this.#message(turn)
      case 'message-status':
        return this.#messageStatus(turn)
      case 'conversation':
        return this.#conversation(turn)
      default:
        return turn.delivery.kind satisfies never
    }
  }

  /** The execution that a delivery belongs to. */
  ownerOf(delivery: Delivery): Promise<Execution | undefined> {
    switch (delivery.kind) {
      case 'call':
      case 'call-status':
        return this.#ownerOfCall(delivery)
      case 'message':
        return this.#ownerOfMessage(delivery)
      case 'message-status':
        return this.#parts.store.execution(delivery.executionSid ?? '')
      case 'conversation':
        return this.#ownerOfConversation(delivery)
      default:
        return delivery.kind satisfies never
    }
  }

  /** Whether an execution is just about to begin in the conversation that a delivery comes from. */
  isBeginning(delivery: Delivery): boolean {
    return this.#beginnings.isHeld(laneOf(delivery))
  }

  async #call(turn: Turn): Promise<Execution | undefined> {
    const { params, step, placedBy } = turn.delivery
    const owner = await this.#found(turn)
    if (owner && hasGoneOn(owner, params)) return owner
    const returns = params.FlowEvent !== undefined && step === undefined
    const type = owner?.call?.sid === params.CallSid ? 'continued' : 'call-answered'
    if (owner?.status === 'active') return this.#parts.runtime.handle(owner, { type, params, step }, turn)
    if (placedBy !== undefined || step !== undefined || (owner && !returns)) return owner
    return isLive(params) ? this.#newCall(turn) : undefined
  }

  async #newCall(turn: Turn): Promise<Execution | undefined> {
    const { flowSid, params } = turn.delivery
    const { runtime, flows, store } = this.#parts
    const { contact: caller, address: called } = endsOf(params)
    const flow = await flows.forContact(flowSid, { contact: caller, address: called })
    const start = () => runtime.start(flowSid, { type: 'incoming-call', params }, turn)
    if (flow?.allowConcurrentCalls) return start()
    const begin = () => start().catch((error: unknown) => beside(activeElsewhere(error)))
    const beside = async (active: Execution | string): Promise<Execution | undefined> =>
      (await this.#isTurnedAway(turn, active)) ? undefined : begin()
    return this.#callers.hold(`${flowSid}/caller/${caller}`, async () => {
      const calls = await store.activeCalls(flowSid, caller)
      const active = calls.find(({ address }) => trialAt(address) === trialAt(called))
      return active ? beside(active) : begin()
    })
  }

  /** Tells a caller whose other call is active that there is no second one, which the execution notes with 81002; false where that call is over by now. */
  async #isTurnedAway(turn: Turn, active: Execution | string): Promise<boolean> {
    const { params } = turn.delivery
    const noted = await this.#parts.runtime.handle(active, { type: 'incoming-call', params })
    if (noted?.status !== 'active') return false
    turn.turnAway(OUT_OF_SERVICE)
    return true
  }

  async #callStatus(turn: Turn): Promise<Execution | undefined> {
    const { delivery } = turn
    const { params, step } = delivery
    if (isLive(params)) return undefined // progress of a call, which nothing waits for
    const owner = await this.#found(turn)
    if (owner?.status === 'active' && owner.call?.sid !== params.CallSid && !hasGoneOn(owner, params))
      return this.#parts.runtime.handle(owner, { type: 'call-reported', params, step })
    return this.#callEnded(delivery, owner)
  }

  /** Tells every execution of the call: TwiML can have led it on to other flows, while the carrier tells only the flow to which it came first. */
  async #callEnded({ params, during }: Delivery, owner: Execution | undefined): Promise<undefined> {
    const { store, runtime } = this.#parts
    const active = await store.activeOfCall(params.CallSid ?? '')
    const stepOf = ({ sid }: Execution) => (sid === owner?.sid ? during : undefined)
    await Promise.all(active.map((one) => runtime.handle(one, { type: 'call-ended', params, step: stepOf(one) })))
  }

  async #message(turn: Turn): Promise<Execution | undefined> {
    const { flowSid, params, executionSid, during, step = during } = turn.delivery
    const { runtime } = this.#parts
    const type = params.FlowEvent === undefined ? 'incoming-message' : 'continued'
    const goOn = (whom: Execution | string) => runtime.handle(whom, { type, params, step }, turn)
    const start = () => runtime.start(flowSid, { type: 'incoming-message', params }, turn)
    const begin = () => start().catch((error: unknown) => goOn(activeElsewhere(error)))

    const owner = turn.found?.owner ?? executionSid ?? (await this.#found(turn))
    if (owner === undefined) return step === undefined ? begin() : undefined
    const moved = await goOn(owner)
    return moved && isMissed(moved, turn) ? begin() : moved
  }

  /** The conversation the message belongs to, or else the contact's call that waits for one. */
  async #ownerOfMessage({ flowSid, params }: Delivery): Promise<Execution | undefined> {
    const { MessagingServiceSid } = params
    const { store } = this.#parts
    const { contact, address } = endsOf(params)
    const addresses = MessagingServiceSid ? [address, MessagingServiceSid] : [address]
    const active = await store.activeWith(flowSid, contact, addresses)
    if (active) return active
    const calls = await store.activeCalls(flowSid, contact)
    return calls.find((call) => addresses.includes(call.address) && waitsFor(call, 'incoming-message'))
  }

  async #messageStatus(turn: Turn): Promise<Execution | undefined> {
    const { params, step } = turn.delivery
    const owner = await this.#found(turn)
    return owner && this.#parts.runtime.handle(owner, { type: 'message-status', params, step })
  }

  /** Whoever writes moves the execution that has the conversation; what was handed off to agents moves nothing (engine.md 12). */
  async #conversation(turn: Turn): Promise<Execution | undefined> {
    const { flowSid, params, during: step } = turn.delivery
    const { runtime } = this.#parts
    const event = { type: 'incoming-conversation-message', params, step } as const
    const goOn = (whom: Execution | string) => runtime.handle(whom, event, turn)
    const start = () => this.#beginnings.hold(laneOf(turn.delivery), () => runtime.start(flowSid, event, turn))
    const begin = () => start().catch((error: unknown) => goOn(activeElsewhere(error)))

    const owner = await this.#found(turn)
    if (owner && (owner.conversation?.status === 'handed off' || isOwnMessage(owner, event))) return owner
    if (!owner || (owner.status === 'ended' && (step === undefined || step === BEFORE_ANY))) return begin()
    const moved = await goOn(owner)
    return moved && isMissed(moved, turn) && moved.conversation?.status !== 'handed off' ? begin() : moved
  }

  async #found({ found, delivery }: Turn): Promise<Execution | undefined> {
    return found ? found.owner : this.ownerOf(delivery)
  }

  #ownerOfConversation({ flowSid, params }: Delivery): Promise<Execution | undefined> {
    return this.#parts.store.executionOfConversation(flowSid, params.ConversationSid ?? '')
  }

  /** The execution that a call belongs to, or that has placed it. */
  #ownerOfCall({ flowSid, params, placedBy }: Delivery): Promise<Execution | undefined> {
    const { store } = this.#parts
    return placedBy === undefined ? store.executionOfCall(flowSid, params.CallSid ?? '') : store.execution(placedBy)
  }
}

/** Another process has begun an execution with this contact in the meantime. */
function activeElsewhere(error: unknown): string {
  if (error instanceof AlreadyActive) return error.executionSid
  throw error
}

const OUT_OF_SERVICE = [
  { verb: 'Say', text: 'This number is busy with another call of yours. Please try again later.' },
  { verb: 'Hangup' },
] as const
