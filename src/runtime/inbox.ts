import { AlreadyDelivered, type SavedDelivery } from '../store/saved-delivery.ts'
import type { Place } from '../store/sql-queue.ts'
import type { Store } from '../store/store.ts'
import type { Background } from './background.ts'
import type { Dispatch } from './dispatch.ts'
import { left, placeBehind } from './elsewhere.ts'
import { Lock } from './lock.ts'
import { laneOf, messageKey } from './names.ts'
import { randomHex } from './random.ts'
import { BEFORE_ANY, noted } from './standing.ts'
import { type Delivery, Turn } from './turn.ts'
import { untilSaved } from './until-saved.ts'

/** What the inbox is made of. */
export interface InboxParts {
  readonly store: Store
  readonly dispatch: Dispatch
  /** Where what was acknowledged is worked on. */
  readonly background: Background
  /** Whether there is no time any more to wait for a database that cannot be written. */
  isOver(): boolean
}

/**
 * Takes in the messages of conversations (engine.md 12). The carrier waits 5 seconds for an answer and does not ask
 * again, and a walk may take longer: so each message is written down, acknowledged, and taken up behind that, after a
 * crash by the next process. A lane for each conversation keeps them in their order.
 */
export class Inbox {
  readonly #parts: InboxParts
  readonly #lanes = new Lock()
  readonly #keeping = new Lock()

  constructor(parts: InboxParts) {
    this.#parts = parts
  }

  /** Resolves when a message may be acknowledged; one that was taken in before is not taken up again. */
  async take(delivery: Delivery): Promise<void> {
    if (delivery.params.EventType !== 'onMessageAdded') return // nothing else is waited for
    const { flowSid } = delivery
    const key = messageKey(delivery.params.MessageSid ?? '')
    await this.#keeping.hold(`${flowSid}/${key}`, async () => {
      if (await this.#parts.store.delivery(flowSid, key)) return
      const isEarly = this.#parts.dispatch.isBeginning(delivery)
      const owner = await this.#parts.dispatch.ownerOf(delivery)
      const came = isEarly && owner?.status !== 'active' ? { ...delivery, during: BEFORE_ANY } : delivery
      const { params, webhookUrl, during } = noted(came, owner)
      const acknowledged = { params, webhookUrl, during }
      const isTaken = await this.#keep({ flowSid, key, acknowledged, isNew: true }).catch(takenElsewhere)
      if (isTaken) return
      const place = await placeBehind(this.#parts.store, owner, () => this.#lanes.isHeld(laneOf(delivery)))
      this.#work({ kind: 'conversation', flowSid, ...acknowledged }, { key, place })
    })
  }

  /** Takes up what another process has acknowledged and left. */
  async resume(): Promise<void> {
    for (const { flowSid, key, acknowledged } of await this.#parts.store.acknowledgedDeliveries())
      this.#work({ kind: 'conversation', flowSid, ...acknowledged }, { key })
  }

  #work(delivery: Delivery, taken: Taken): void {
    const { isOver, background } = this.#parts
    const takeUp = () => untilSaved(() => this.#takeUp(delivery, taken), isOver)
    const work = this.#lanes.hold(laneOf(delivery), takeUp).finally(() => left(taken.place))
    const about = { flowSid: delivery.flowSid, key: taken.key }
    background.add(work, about, 'a message of a conversation could not be taken up')
  }

  /** A message of the flow's own may have come here before its sender knew its sid: by now it is marked as one. */
  async #takeUp(delivery: Delivery, { key, place }: Taken): Promise<void> {
    const { store, dispatch } = this.#parts
    const saved = await store.delivery(delivery.flowSid, key)
    if (!saved?.acknowledged) return
    const turn = new Turn(randomHex(12), delivery, key)
    turn.place = place
    await dispatch.work(turn)
    await this.#keep({ flowSid: delivery.flowSid, key })
  }

  #keep(delivery: Pick<SavedDelivery, 'flowSid' | 'key' | 'acknowledged' | 'isNew'>): Promise<void> {
    return this.#parts.store.keepDelivery({ ...delivery, answer: '', finished: true })
  }
}

/** Under what a message is kept, and where in the line before its execution it stands. */
interface Taken {
  readonly key: string
  readonly place?: Place | undefined
}

function takenElsewhere(error: unknown): true {
  if (error instanceof AlreadyDelivered) return true
  throw error
}
