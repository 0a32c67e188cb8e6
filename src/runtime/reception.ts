import type { Logger } from 'pino'
import type { Execution } from '../engine/execution.ts'
import { AlreadyDelivered, type SavedDelivery } from '../store/saved-delivery.ts'
import { Background } from './background.ts'
import { Dispatch, type DispatchParts } from './dispatch.ts'
import { left, placeBehind } from './elsewhere.ts'
import { Inbox } from './inbox.ts'
import { Lock } from './lock.ts'
import { isRest, keyOf, laneOf, restKey } from './names.ts'
import { randomHex } from './random.ts'
import { noted } from './standing.ts'
import { type Delivery, NOTHING, type Said, Turn } from './turn.ts'
import { type Answer, Unheard } from './unheard.ts'

/** What the reception is made of. */
export interface ReceptionParts extends DispatchParts {
  /** Milliseconds after which a turn is answered with a way back to its rest. */
  readonly answerWithinMs: number
  readonly log: Logger
}

/** Twilio gives a webhook 15 s; what takes longer than this is answered in two parts (architecture, settled point 6). */
export const ANSWER_WITHIN_MS = 12_000

/** Takes in what the carrier delivers: lets one delivery of a contact in at a time, answers a repeated one with the same bytes and a slow one in time. */
export class Reception {
  readonly #parts: ReceptionParts
  readonly #dispatch: Dispatch
  readonly #inbox: Inbox
  readonly #unheard: Unheard
  readonly #arrivals = new Lock()
  readonly #lanes = new Lock()
  readonly #attempts = new Map<string, Promise<Answer>>()
  readonly #held = new Map<string, Working>()
  readonly #background: Background

  constructor(parts: ReceptionParts) {
    this.#parts = parts
    this.#dispatch = new Dispatch(parts)
    this.#background = new Background(parts.log)
    this.#unheard = new Unheard(parts)
    this.#inbox = new Inbox({
      store: parts.store,
      dispatch: this.#dispatch,
      background: this.#background,
      isOver: () => parts.runtime.isClosing,
    })
  }

  /** What answers a delivery; every attempt at the same delivery gets the same. */
  receive(delivery: Delivery): Promise<Answer> {
    if (delivery.kind === 'conversation') return this.#inbox.take(delivery).then(() => ({ twiml: '' }))
    const key = keyOf(delivery)
    if (key === undefined) return this.#once(delivery, key)

    const name = `${delivery.flowSid}/${key}`
    const running = this.#attempts.get(name)
    if (running) return running
    const attempt = this.#once(delivery, key)
      .catch((error: unknown) => this.#onceMore(error, { delivery, key }))
      .finally(() => this.#attempts.delete(name))
    this.#attempts.set(name, attempt)
    return attempt
  }

  /** Begins to say what was said in answers that never went out; to be called before executions go on. */
  sayUnheard(): Promise<void> {
    return this.#unheard.resume()
  }

  /** Takes up what was acknowledged before the process was stopped, and left. */
  resume(): Promise<void> {
    return this.#inbox.resume()
  }

  /** Whether a delivery belongs to an execution under way, be its flow still served or not. */
  async expects(delivery: Delivery): Promise<boolean> {
    return (await this.#dispatch.ownerOf(delivery))?.status === 'active'
  }

  /** Resolves when no turn is being worked on. */
  async settled(): Promise<void> {
    await this.#background.settled()
    await this.#unheard.settled()
  }

  async #once(delivery: Delivery, key: string | undefined): Promise<Answer> {
    if (delivery.turn !== undefined) return this.#rest(delivery, { turnId: delivery.turn, key })
    const arrived = await this.#arrivals.hold(laneOf(delivery), () => this.#arrive(delivery, key))
    return 'saved' in arrived ? this.#unheard.answerWith(arrived.saved) : this.#inTime(arrived)
  }

  /** Finds the answer that was given before, or begins to work. The deliveries of one contact are looked up one by one, which keeps them in the order in which they came. */
  async #arrive(delivery: Delivery, key: string | undefined): Promise<Working | Answered> {
    const { store } = this.#parts
    const lane = laneOf(delivery)
    const isAlone = !this.#lanes.isHeld(lane)
    const [saved, owner] = await Promise.all([
      key === undefined ? undefined : store.delivery(delivery.flowSid, key),
      this.#dispatch.ownerOf(delivery),
    ])
    if (saved && !isCutOff(saved, delivery)) return { saved }
    const id = randomHex(12)
    const ownKey = delivery.kind === 'message' ? restKey(id) : undefined // what it says is kept until it is out
    const turn = new Turn(id, noted(delivery, owner), key ?? ownKey)
    turn.isNew = !saved
    turn.place = await placeBehind(store, owner, () => this.#lanes.isHeld(lane))
    if (isAlone) turn.found = { owner }
    const work = this.#lanes.hold(lane, () => this.#dispatch.work(turn)).finally(() => left(turn.place))
    this.#background.add(work, { requestId: delivery.requestId }, 'a turn broke off')
    return { turn, work }
  }

  /** Another instance has taken in the same delivery in the same moment. */
  #onceMore(error: unknown, { delivery, key }: { readonly delivery: Delivery; readonly key: string }): Promise<Answer> {
    if (error instanceof AlreadyDelivered) return this.#once(delivery, key)
    throw error
  }

  /** The second part of an answer, or what there is of it after a restart. */
  async #rest(delivery: Delivery, { turnId, key }: Rest): Promise<Answer> {
    const saved = key === undefined ? undefined : await this.#parts.store.delivery(delivery.flowSid, key)
    if (saved && !isCutOff(saved, delivery)) return this.#unheard.answerWith(saved)
    const held = this.#held.get(turnId)
    // What was left undone is being done now; a call that asks again is told its outcome when that is there.
    if (!held && delivery.kind === 'call') return this.#once({ ...delivery, turn: undefined }, key)
    const answer = held ? await this.#inTime(held) : await this.#restOfMessage(delivery, turnId)
    if (key !== undefined) await this.#keep(delivery, { key, answer: answer.twiml })
    return answer
  }

  async #restOfMessage({ flowSid }: Delivery, turnId: string): Promise<Answer> {
    const saved = await this.#parts.store.delivery(flowSid, restKey(turnId))
    return saved ? this.#unheard.answerWith(saved) : { twiml: NOTHING }
  }

  async #inTime({ turn, work }: Working): Promise<Answer> {
    const outcome = await withTimeLimit(work, this.#parts.answerWithinMs)
    const { flowSid } = turn.delivery
    const { key } = turn
    if (outcome !== LATE) {
      this.#held.delete(turn.id)
      return this.#unheard.answerWith({ flowSid, key, ...turn.said(outcome) })
    }
    this.#hold({ turn, work })
    turn.key = restKey(turn.id)
    const said = turn.saidSoFar()
    if (key !== undefined && !isRest(key)) await this.#keep(turn.delivery, { key, ...said })
    this.#parts.log.info({ flowSid, turn: turn.id }, 'the turn takes long and is answered in parts')
    return this.#unheard.answerWith({ flowSid, key, ...said })
  }

  /** Keeps a turn for the carrier to come back to; not for ever, for callers hang up. */
  #hold({ turn, work }: Working): void {
    this.#held.set(turn.id, { turn, work })
    const forget = () => void setTimeout(() => this.#letGo(turn), HELD_MS).unref()
    work.then(forget, forget)
  }

  #letGo({ id, delivery: { flowSid } }: Turn): void {
    if (this.#held.delete(id)) this.#unheard.giveUp({ flowSid, key: restKey(id) })
  }

  #keep({ flowSid }: Delivery, said: Said & { readonly key: string }): Promise<void> {
    return this.#parts.store.keepDelivery({ flowSid, ...said, finished: true })
  }
}

/** The turn whose rest is asked for, and the key under which the answer is kept. */
interface Rest {
  readonly turnId: string
  readonly key: string | undefined
}

interface Answered {
  readonly saved: SavedDelivery
}

interface Working {
  readonly turn: Turn
  readonly work: Promise<Execution | undefined>
}

/** Whether a stop cut off the turn of a call. Its event is taken already, so it is told what it is to hear now, instead of the answer that was kept; a message is told what was said so far. */
function isCutOff({ finished }: SavedDelivery, { kind }: Delivery): boolean {
  return !finished && kind === 'call'
}

const LATE = 'late' as const

/** What comes of the work, or that it takes longer. A plain timer: one that is aborted costs an error with its stack. */
function withTimeLimit<T>(work: Promise<T>, milliseconds: number): Promise<T | typeof LATE> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(LATE), milliseconds).unref()
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** How long the rest of a slow turn can be fetched. */
const HELD_MS = 60_000
