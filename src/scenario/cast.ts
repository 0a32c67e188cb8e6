import { basename } from 'node:path'
import type { Execution } from '../engine/execution.ts'
import { act } from '../simulator/people/act.ts'
import { Person } from '../simulator/people/person.ts'
import type { Stage } from '../stage.ts'
import { addressOf, type ReadScenario } from './read.ts'
import type { Scenario } from './scenario.ts'
import type { Deed } from './step.ts'

/** The people of a scenario: they call, text and do what the steps say. */
export class Cast {
  /** The address of the one who begins. */
  readonly hero: string
  readonly #scenario: Scenario
  readonly #stage: Stage
  readonly #number: string
  readonly #callers = new Map<string, Person>()

  constructor({ scenario, flowFile }: ReadScenario, stage: Stage) {
    const { From = '+15550001000', To } = scenario.start.parameters
    this.#scenario = scenario
    this.#stage = stage
    this.hero = this.addressOf(From)
    this.#number = this.#attach(To, stage.numbers.get(basename(flowFile, '.json')) ?? '')
  }

  addressOf(name: string): string {
    return addressOf(name, this.#scenario.people)
  }

  /** The newest call of somebody, with them on the phone. */
  caller(who: string): Person | undefined {
    return this.#callers.get(who)
  }

  /** The newest execution of a call that somebody is in, or of a conversation with them. */
  executionOf(who: string): Execution | undefined {
    const callSid = this.caller(who)?.leg.sid
    return this.#stage.executions().findLast(({ call, contact }) => (call ? call.sid === callSid : contact === who))
  }

  /** Tells everybody whom the flow may reach what to do, and calls or texts for the first time. */
  async begin(): Promise<void> {
    const { callees, queues, recipients, start } = this.#scenario
    const { network } = this.#stage
    for (const [name, plan] of Object.entries(callees)) network.plans.calls.set(this.addressOf(name), plan)
    for (const [name, plan] of Object.entries(queues)) network.plans.queues.set(name, plan)
    for (const [name, plan] of Object.entries(recipients)) network.plans.messages.set(this.addressOf(name), plan)
    const { From, To, Body, ...parameters } = start.parameters
    if (start.kind === 'call') return this.#call(this.hero, { do: 'call', parameters })
    return this.#text(this.hero, { do: 'text', body: Body, parameters })
  }

  /** Does one thing; throws `NotTaken` or `NoCall` where nobody takes it. */
  async do(deed: Deed, who: string): Promise<void> {
    const { network, time } = this.#stage
    if (deed.do === 'text') return this.#text(who, deed)
    if (deed.do === 'call') return this.#call(who, deed)
    if (deed.do === 'switch-phone') return network.plans.messages.set(who, DELIVERY[deed.to])
    return act(deed, { caller: this.caller(who), time, text: async () => {} })
  }

  async #call(who: string, { from, to, parameters }: Extract<Deed, { do: 'call' }>): Promise<void> {
    const { network, time } = this.#stage
    const caller = from === undefined ? who : this.addressOf(from)
    const call = { from: caller, to: this.#attach(to, this.#number), extra: parameters }
    this.#callers.set(caller, new Person(network.call(call), time))
    await time.settle()
  }

  async #text(who: string, { body = '', media, from, to, parameters }: Extract<Deed, { do: 'text' }>): Promise<void> {
    const { network, time } = this.#stage
    const sender = from === undefined ? who : this.addressOf(from)
    await network.text({ from: sender, to: this.#attach(to, this.#number), body, media, extra: parameters })
    await time.settle()
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
