import type { Logger } from 'pino'
import type { SavedDelivery, Unsent, UnsentDelivery } from '../store/saved-delivery.ts'
import type { Store } from '../store/store.ts'
import { Background } from './background.ts'
import type { Runtime } from './runtime.ts'
import { untilSaved } from './until-saved.ts'

/** What answers a delivery. */
export interface Answer {
  readonly twiml: string
  /** To be called once the answer is out; there where it says messages that reach nobody in any other way. */
  heard?(): void
  /** To be called instead, once it is certain that the answer does not get out. */
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

  /** Begins to send the replies that an earlier process kept, and whose answers never went out. */
  async resume(): Promise<void> {
    for (const left of await this.#parts.store.unsentDeliveries()) await this.#say(left)
  }

  /** The answer, with what is to be called when it is out, or lost. */
  answerWith({ flowSid, key, answer, unsent }: Spoken): Answer {
    if (!unsent || key === undefined || isWithout(unsent, answer)) return { twiml: answer }
    const kept = { flowSid, key }
    return {
      twiml: answer,
      heard: () => this.#background.add(this.#markSent(kept), kept, 'an answer could not be marked as sent'),
      lost: () => void setTimeout(() => this.giveUp(kept), ASKED_AGAIN_WITHIN_MS).unref(),
    }
  }

  /** Sends what was said, unless the answer went out: the carrier does not ask for it again. */
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

/** Whether an answer no longer holds the messages, because they are being sent instead: it does not matter then whether it gets out. */
function isWithout({ rest }: Unsent, answer: string): boolean {
  return answer === rest
}

type Kept = Pick<SavedDelivery, 'flowSid' | 'key'>
type Spoken = Pick<SavedDelivery, 'flowSid' | 'answer' | 'unsent'> & { readonly key: string | undefined }

const ASKED_AGAIN_WITHIN_MS = 60_000
