import type { Channel } from '../channels/channel.ts'
import { type Execution, topFrame } from '../engine/execution.ts'
import { Refusal } from '../errors.ts'
import { trialAddress, trialNumber } from '../runtime/trial-address.ts'
import type { Happening } from '../simulator/happening.ts'
import type { Network } from '../simulator/network.ts'
import type { Hook } from '../simulator/webhooks.ts'
import type { Act } from './act.ts'
import { Contact } from './contact.ts'
import { Belonging, Seen } from './seen.ts'

/** What a trial is made of. */
export interface TrialParts {
  readonly key: string
  readonly flowSid: string
  readonly revision: 'draft' | 'published'
  readonly contacts: readonly string[]
  /** A network of its own, and the way into it for what the flow asks of a carrier. */
  readonly network: Network
  readonly channel: Channel
  /** The flow's webhook. */
  readonly hook: Hook
  /** Begins an execution as the REST API does; throws a `Refusal`. */
  request(contact: string, parameters: Readonly<Record<string, unknown>>): Promise<void>
  /** Has the time be up that the flow waits for a reply of a contact; false where it waits for none. */
  runOut(contact: string): Promise<boolean>
  /** Ends what is left of it elsewhere. */
  onClose(): Promise<void>
}

/** Somebody tries a flow with phones beside the canvas: at a number that nobody has, in a network that leads nowhere else. */
export class Trial {
  readonly parts: TrialParts
  readonly number: string
  readonly seen = new Seen()
  readonly #contacts: ReadonlyMap<string, Contact>

  constructor(parts: TrialParts) {
    const { network, contacts, hook, key } = parts
    this.parts = parts
    this.number = trialNumber(key)
    const belonging = new Belonging(contacts)
    network.watch((happening) => this.hear(happening, belonging.of(happening)))
    this.#contacts = new Map(contacts.map((address) => [address, new Contact(address, network)]))
    for (const address of contacts) {
      network.attach(trialAddress(key, address), { voice: hook, status: hook, message: hook })
      network.plans.calls.set(address, PICKS_UP)
    }
  }

  contacts(): readonly Contact[] {
    return [...this.#contacts.values()]
  }

  /** Does one thing; throws a `Refusal` where it cannot be done now. */
  async act(act: Act): Promise<void> {
    const contact = this.#contactNamed(act.contact)
    switch (act.do) {
      case 'call':
        return contact.call(this.number)
      case 'text':
        return this.#text(contact.address, act)
      case 'request':
        return this.parts.request(contact.address, act.parameters)
      case 'press':
        return contact.press(act.keys)
      case 'say':
        return contact.say(act.text)
      case 'talk':
        return contact.talk(act.seconds)
      case 'be-silent':
        return contact.isInCall ? contact.beSilent() : this.#replyNothing(contact)
      case 'hang-up':
        return contact.hangUp()
      case 'when-called':
        return this.parts.network.plans.calls.set(contact.address, { ...PICKS_UP, ...planIn(act) })
      default:
        return act satisfies never
    }
  }

  /** Tells of something that has happened, to a contact where it concerns one. */
  hear(happening: Happening, contact: string | undefined): void {
    const at = new Date(happening.at).toISOString()
    this.seen.add('happening', { ...happening, at, contact: contact ?? null })
  }

  /** Tells of an execution of the flow that this trial moves. */
  tellOf(execution: Execution): void {
    const { sid, flowSid: flow_sid, contact, status, endedReason, steps } = execution
    const { at: widget, flowSid: widget_flow_sid } = topFrame(execution)
    const ended_reason = endedReason ?? null
    this.seen.add('execution', { sid, flow_sid, contact, status, ended_reason, widget, widget_flow_sid, steps })
  }

  /** Hangs up every phone and ends what was begun with them. */
  async close(reason: string): Promise<void> {
    this.seen.add('closed', { reason })
    await this.parts.network.close()
    await this.parts.onClose()
  }

  #text(from: string, { body, media }: Extract<Act, { do: 'text' }>): Promise<void> {
    if (body === '' && media.length === 0)
      throw new Refusal('invalidRequest', 'body and media are empty; a text expected')
    return this.parts.network.text({ from, to: trialAddress(this.parts.key, from), body, media })
  }

  async #replyNothing({ address }: Contact): Promise<void> {
    if (await this.parts.runOut(address)) return
    throw new Refusal(
      'conflict',
      `${address} is in no call, and no reply is waited for: there is nothing to be silent to`,
    )
  }

  #contactNamed(address: string | undefined): Contact {
    const [first] = this.#contacts.values()
    const contact = address === undefined ? first : this.#contacts.get(address)
    if (contact) return contact
    throw new Refusal('invalidRequest', `contact is ${address}; expected ${[...this.#contacts.keys()].join(' or ')}`)
  }
}

/** Whoever has the phone is there when it rings. */
const PICKS_UP = { outcome: 'answered', after: 1, answeredBy: 'human' } as const

function planIn({ outcome, answeredBy }: Extract<Act, { do: 'when-called' }>) {
  return { outcome, answeredBy }
}
