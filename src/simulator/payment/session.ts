import type { Input } from '../call/input.ts'
import type { Leg } from '../call/leg.ts'
import type { Scene } from '../call/player.ts'
import { report } from '../call/requests.ts'
import { hear, SOUNDS } from '../call/sound.ts'
import { numberOf } from '../document/attributes.ts'
import { type Element, elementsIn } from '../document/element.ts'
import { callbackOf } from '../document/hooks.ts'
import type { Params } from '../line/web-request.ts'
import { cardOf, type ErrorType, type Field, type FieldName, type Form, fieldsOf } from './fields.ts'
import { promptFor, type Situation, wordingOf } from './prompt.ts'

/** How collecting ended: with all fields, or without. */
export type Collected = 'all' | 'caller-interrupted-with-star' | 'too-many-failed-attempts'

/** Asks a caller for everything a payment needs, key by key (twiml.md 4.9). */
export class PaymentSession {
  readonly #pay: Element
  readonly #scene: Scene
  readonly #leg: Leg
  readonly #fields: readonly Field[]
  #typed: Readonly<Partial<Record<FieldName, string>>> = {}

  constructor(pay: Element, scene: Scene) {
    this.#pay = pay
    this.#scene = scene
    this.#leg = scene.leg
    this.#fields = fieldsOf(pay.attributes)
  }

  /** Throws `Interrupted`. */
  async collect(): Promise<Collected> {
    for (const field of this.#fields) {
      const how = await this.#askFor(field)
      if (how !== 'all') return how
    }
    return 'all'
  }

  /** What is known so far, masked. */
  shown(): Params {
    const { postalCode = 'true' } = this.#pay.attributes
    const isKnown = postalCode !== 'true' && postalCode !== 'false'
    return {
      ...Object.assign({}, ...this.#fields.map((field) => this.#shownOf(field))),
      ...(isKnown && { PaymentCardPostalCode: postalCode }),
    }
  }

  /** Says that the payment is under way. */
  async process(): Promise<void> {
    const situation = this.#situation('payment-processing', { attempt: 1, error: undefined })
    this.#report(situation)
    await this.#say(promptFor(this.#pay, situation), situation)
    await this.#leg.wait({ seconds: PROCESSING_S })
  }

  #shownOf(field: Field): Params {
    const typed = this.#typed[field.name]
    return typed === undefined ? {} : field.shown(typed)
  }

  async #askFor(field: Field): Promise<Collected> {
    const attempts = Math.max(numberOf(this.#pay.attributes.maxAttempts, 1), 1)
    let error: ErrorType | undefined
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const situation = this.#situation(field.name, { attempt, error })
      const given = await this.#take(field, situation)
      if (given === 'star') return 'caller-interrupted-with-star'
      error = given === 'taken' ? undefined : given
      if (error === undefined) return 'all'
      this.#typed = { ...this.#typed, [field.name]: undefined }
      this.#leg.tell({ type: 'noted', text: `${field.name} is not taken: ${error}` })
    }
    return 'too-many-failed-attempts'
  }

  /** One attempt: what is typed is checked, and asked for once more where both entries have to be the same. */
  async #take(field: Field, situation: Situation): Promise<'taken' | 'star' | ErrorType> {
    const prompt = promptFor(this.#pay, situation)
    const first = await this.#type(field, { situation, prompt })
    if (first === undefined) return 'star'
    if (first === '') return 'input-timeout'
    const error = field.check(first, this.#form())
    if (error || prompt?.attributes.requireMatchingInputs !== 'true') return error ?? 'taken'
    const second = await this.#type(field, { situation, prompt })
    if (second === undefined) return 'star'
    return second === first ? 'taken' : 'input-matching-failed'
  }

  /** Collects keys up to `#`, the length of the field, or a pause; undefined after a star. */
  async #type(field: Field, { situation, prompt }: Asking): Promise<string | undefined> {
    this.#typed = { ...this.#typed, [field.name]: undefined }
    this.#report(situation)
    const seconds = numberOf(this.#pay.attributes.timeout, 5)
    let typed = ''
    let input = await this.#say(prompt, situation)
    for (;;) {
      input ??= await this.#leg.wait({ seconds, takes: isKey, listening: LISTENING })
      if (input?.kind !== 'key' || input.key === '#') return typed
      if (input.key === '*') return undefined
      typed += input.key
      this.#typed = { ...this.#typed, [field.name]: typed }
      this.#report(situation)
      const length = field.length(typed, this.#form())
      if (length !== undefined && typed.length >= length) return typed
      input = undefined
    }
  }

  /** Plays a prompt, or the built-in words; answers the key that stopped it. */
  async #say(prompt: Element | undefined, situation: Situation): Promise<Input | undefined> {
    const words = { name: 'Say', attributes: {}, children: [wordingOf(situation)] }
    const sounds = prompt ? elementsIn(prompt).filter(({ name }) => SOUNDS.has(name)) : [words]
    for (const sound of sounds) {
      const input = await hear(sound, this.#scene, { takes: isKey })
      if (input) return input
    }
    return undefined
  }

  #form(): Form {
    return { typed: this.#typed, attributes: this.#pay.attributes, now: this.#leg.ground.clock.now() }
  }

  #situation(step: Situation['step'], tried: Pick<Situation, 'attempt' | 'error'>): Situation {
    return { step, ...tried, card: cardOf({ typed: this.#typed }) }
  }

  /** Tells the status callback how far the caller has come. */
  #report({ step, attempt, error }: Situation): void {
    const callback = callbackOf(this.#pay, 'statusCallback', this.#scene)
    if (!callback) return
    const missing = this.#fields.filter(({ name }) => this.#typed[name] === undefined)
    report(this.#leg, callback, {
      CallSid: this.#leg.sid,
      For: step,
      Attempt: String(attempt),
      ErrorType: error ?? '',
      Required: missing.map(({ name }) => name).join(','),
      ...this.shown(),
    })
  }
}

interface Asking {
  readonly situation: Situation
  readonly prompt: Element | undefined
}

/** Seconds that a connector takes. */
const PROCESSING_S = 2
const LISTENING = { verb: 'Pay', takes: ['keys'] } as const

function isKey({ kind }: Input): boolean {
  return kind === 'key'
}
