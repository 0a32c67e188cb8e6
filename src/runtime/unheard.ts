import type { Logger } from 'pino'
import type { SavedDelivery, Unsent, UnsentDelivery } from '../store/saved-delivery.ts'
import type { Store } from '../store/store.ts'
import { Background } from './background.ts'
import type { Runtime } from './runtime.ts'
import { untilSaved } from './until-saved.ts'

/** What answers a delivery. */
export interface Answer {
  readonly twiml: string
  /** Where it says what nobody is told in another way: to be called once it is out. */
  heard?(): void
  /** The same, once it is certain that it does not get out. */
  lost?(): void
}

/** What it is made of. */
export interface UnheardParts {
  readonly store: Store
  readonly runtime: Runtime
  readonly log: Logger
}

/**
 * Sees to it that a message is heard which is said by the answer to a webhook alone. It is kept until the answer is
 * out; where that never comes to pass, because the process was killed or the carrier was gone, it is sent as any other
 * message is, after the time in which the carrier may ask again.
 */
export class Unheard {
  readonly #parts: UnheardParts
  readonly #background: Background

  constructor(parts: UnheardParts) {
    this.#parts = parts
    this.#background = new Background(parts.log)
  }

  /** Begins to send what another process had no time to tell. */
  async resume(): Promise<void> {
    for (const left of await this.#parts.store.unsentDeliveries()) await this.#say(left)
  }

  /** The answer, which tells what becomes of it. */
  answerWith({ flowSid, key, answer, unsent }: Spoken): Answer {
    if (!unsent || key === undefined || isWithout(unsent, answer)) return { twiml: answer }
    const kept = { flowSid, key }
    return {
      twiml: answer,
      heard: () => this.#background.add(this.#markSent(kept), kept, 'an answer could not be marked as sent'),
      lost: () => void setTimeout(() => this.giveUp(kept), ASKED_AGAIN_WITHIN_MS).unref(),
    }
  }

  /** The carrier does not ask again for what was said: it is sent, unless it was told. */
  giveUp({ flowSid, key }: Kept): void {
    const sending = async () => {
      const left = await this.#parts.store.delivery(flowSid, key)
      if (left?.unsent) await this.#say({ ...left, unsent: left.unsent })
    }
    this.#background.add(sending(), { flowSid, key }, 'a reply that never went out could not be sent')
  }

  /** Begins to send what was said by an answer that never went out. From now on the answer is without it. */
  async #say(left: UnsentDelivery): Promise<void> {
    const { store, runtime, log } = this.#parts
    const { flowSid, key, executionSid = '', unsent } = left
    log.info({ executionSid, messages: unsent.messages.length }, 'an answer never went out; what it said is sent')
    await store.keepDelivery({ ...left, answer: unsent.rest })
    const sending = runtime.say(executionSid, unsent.messages).then(() => this.#markSent({ flowSid, key }))
    this.#background.add(sending, { flowSid, key }, 'a reply that never went out could not be sent')
  }

  #markSent(kept: Kept): Promise<void> {
    const { store, runtime } = this.#parts
    return untilSaved(
      () => store.markSent(kept),
      () => runtime.isClosing,
    )
  }

  /** Resolves when nothing is being sent or noted any more. */
  settled(): Promise<void> {
    return this.#background.settled()
  }
}

/** Whether an answer tells no more what is being sent in its place: nothing follows from its being out. */
function isWithout({ rest }: Unsent, answer: string): boolean {
  return answer === rest
}

type Kept = Pick<SavedDelivery, 'flowSid' | 'key'>
type Spoken = Pick<SavedDelivery, 'flowSid' | 'answer' | 'unsent'> & { readonly key: string | undefined }

const ASKED_AGAIN_WITHIN_MS = 60_000
