import { basename } from 'node:path'
import type { Execution } from '../engine/execution.ts'
import type { Fields } from '../engine/fields.ts'
import { isCalling } from '../engine/outgoing-call.ts'
import type { Conversation } from '../simulator/conversations/conversation.ts'
import type { Network } from '../simulator/network.ts'
import { act } from '../simulator/people/act.ts'
import type { Person } from '../simulator/people/person.ts'
import { Phone, PICKS_UP } from '../simulator/people/phone.ts'
import type { Hook } from '../simulator/webhooks.ts'
import type { Stage } from '../stage.ts'
import { addressOf, type ReadScenario } from './read.ts'
import type { Scenario } from './scenario.ts'
import type { Deed } from './step.ts'

/** The people of a scenario: they call, text and do what the steps say. */
export class Cast {
  /** The address of the one with whom it begins. */
  readonly hero: string
  readonly #scenario: Scenario
  readonly #stage: Stage
  readonly #flow: string
  readonly #number: string
  readonly #phones = new Map<string, Phone>()
  /** Where it began, if it began in one. */
  #conversation: Conversation | undefined

  constructor({ scenario, flowFile }: ReadScenario, stage: Stage) {
    const { contact = '+15550001000', address } = scenario.start
    this.#scenario = scenario
    this.#stage = stage
    this.#flow = basename(flowFile, '.json')
    this.hero = this.addressOf(contact)
    this.#number = this.#attach(address, stage.numbers.get(this.#flow) ?? '')
  }

  addressOf(name: string): string {
    return addressOf(name, this.#scenario.people)
  }

  /** The newest call of somebody, with them on the phone. */
  caller(who: string): Person | undefined {
    return this.#phones.get(who)?.person
  }

  /** The same, once the phone has rung where the flow is having them called. */
  async onThePhone(who: string): Promise<Person | undefined> {
    await this.#phones.get(who)?.pickUp(() => {
      const execution = this.executionOf(who)
      return execution !== undefined && isCalling(execution)
    })
    return this.caller(who)
  }

  /** The newest execution of a call that somebody was in, or of a conversation with them. */
  executionOf(who: string): Execution | undefined {
    const phone = this.#phones.get(who)
    const isTheirs = ({ call, contact, conversation }: Execution) => {
      return call ? phone?.had(call.sid) : contact === who || (conversation && this.#isIn(conversation.sid, who))
    }
    return this.#stage.executions().findLast(isTheirs)
  }

  /** Tells everybody whom the flow may reach what to do, and begins. */
  async begin(): Promise<void> {
    const { start } = this.#scenario
    this.#plan()
    this.#convene()
    if (start.kind === 'call') return this.#call(this.hero, { do: 'call', parameters: start.parameters })
    // Whoever is called by the flow is there to be asked, and talks no longer than they are.
    const { calls } = this.#stage.network.plans
    if (!calls.has(this.hero) && !calls.has('*')) calls.set(this.hero, PICKS_UP)
    this.#phoneOf(this.hero)
    if (start.kind === 'request') {
      const { parameters } = start
      return this.#stage.request({ flow: this.#flow, contact: this.hero, address: this.#number, parameters })
    }
    if (start.kind === 'conversation') {
      const { network } = this.#stage
      const { body, attributes } = start
      this.#conversation = conversationWith(network, { hook: network.webhooksOf(this.#number)?.message, attributes })
      return this.#text(this.hero, { do: 'text', body })
    }
    return this.#text(this.hero, { do: 'text', body: start.body, parameters: start.parameters })
  }

  #plan(): void {
    const { callees, queues, recipients, conferences, payments, connections } = this.#scenario
    const { plans } = this.#stage.network
    for (const [name, plan] of Object.entries(callees)) plans.calls.set(this.addressOf(name), plan)
    for (const [name, plan] of Object.entries(queues)) plans.queues.set(name, plan)
    for (const [name, plan] of Object.entries(recipients)) plans.messages.set(this.addressOf(name), plan)
    for (const [name, guests] of Object.entries(conferences)) plans.conferences.set(name, guests)
    for (const [name, plan] of Object.entries(payments)) plans.payments.set(name, plan)
    for (const [noun, plan] of Object.entries(connections)) if (plan) plans.connects.set(noun, plan)
  }

  /** Begins the conversations that there are before the story. */
  #convene(): void {
    for (const [uniqueName, people] of Object.entries(this.#scenario.conversations)) {
      const conversation = this.#stage.network.conversations.create({ uniqueName })
      for (const who of people) this.#join(conversation, this.addressOf(who))
    }
  }

  /** Does one thing; throws `NotTaken` or `NoCall` where nobody takes it. */
  async do(deed: Deed, who: string): Promise<void> {
    const { network, time } = this.#stage
    if (deed.do === 'text') return this.#text(who, deed)
    if (deed.do === 'call') return this.#call(who, deed)
    if (deed.do === 'switch-phone') return network.plans.messages.set(who, DELIVERY[deed.to])
    return act(deed, { caller: this.caller(who), time, text: async () => {} })
  }

  #call(who: string, { from, to, parameters }: Extract<Deed, { do: 'call' }>): Promise<void> {
    const caller = from === undefined ? who : this.addressOf(from)
    return this.#phoneOf(caller).call(this.#attach(to, this.#number), parameters)
  }

  async #text(who: string, { body = '', media, from, to, parameters }: Extract<Deed, { do: 'text' }>): Promise<void> {
    const { network, time } = this.#stage
    const sender = from === undefined ? who : this.addressOf(from)
    if (this.#conversation && to === undefined) await this.#write(this.#conversation, sender, body)
    else await network.text({ from: sender, to: this.#attach(to, this.#number), body, media, extra: parameters })
    await time.settle()
  }

  /** Whoever writes in the conversation for the first time joins it by that. */
  async #write(conversation: Conversation, who: string, body: string): Promise<void> {
    if (!conversation.participantBy(who)) this.#join(conversation, who)
    await this.#stage.network.conversations.say(conversation, who, body)
  }

  /** Somebody with a number is bound to the conversation by it, anybody else chats. */
  #join(conversation: Conversation, who: string): void {
    const isPhone = /^(\w+:)?\+/.test(who)
    const way = isPhone ? { binding: { address: who, proxyAddress: this.#number } } : { identity: who }
    this.#stage.network.conversations.join(conversation, way)
  }

  #isIn(conversationSid: string, who: string): boolean {
    return this.#stage.network.conversations.find(conversationSid)?.participantBy(who) !== undefined
  }

  #phoneOf(who: string): Phone {
    const phone = this.#phones.get(who) ?? new Phone(who, this.#stage)
    this.#phones.set(who, phone)
    return phone
  }

  /** A number of the scenario's own leads to the flow as well. */
  #attach(wished: string | undefined, usual: string): string {
    const { network } = this.#stage
    const hooks = network.webhooksOf(usual)
    if (wished !== undefined && hooks && !network.webhooksOf(wished)) network.attach(wished, hooks)
    return wished ?? usual
  }
}

/** What becomes of texts to a phone. */
const DELIVERY = {
  on: { outcome: 'delivered' },
  off: { outcome: 'undelivered', code: 30003 },
  'opted-out': { outcome: 'refused', code: 21610 },
} as const

interface Meeting {
  readonly hook: Hook | undefined
  readonly attributes?: Fields | undefined
}

/** A conversation whose messages are told to the flow. */
function conversationWith({ conversations }: Network, { hook, attributes = {} }: Meeting): Conversation {
  const conversation = conversations.create({ attributes: JSON.stringify(attributes) })
  conversations.attach(conversation, { target: 'webhook', hook, filters: ['onMessageAdded'] })
  return conversation
}
