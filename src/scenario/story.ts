import { basename } from 'node:path'
import type { Execution } from '../engine/execution.ts'
import { act, NoCall } from '../simulator/act.ts'
import { NotTaken, Person } from '../simulator/person.ts'
import type { Stage } from '../stage.ts'
import { coded, compare, type Progress } from './compare.ts'
import type { Expectation } from './expectation.ts'
import { type Failure, sceneOf } from './failure.ts'
import { stepInWords } from './in-words.ts'
import type { Ledger } from './ledger.ts'
import type { Mismatch } from './mismatch.ts'
import { addressOf, type ReadScenario } from './read.ts'
import type { Scenario } from './scenario.ts'
import type { Path, Source } from './source.ts'
import type { Deed, Step } from './step.ts'

/** The telling of one scenario: who is on the phone, what was done last, and what of it was expected already. */
export class Story {
  readonly #read: ReadScenario
  readonly #scenario: Scenario
  readonly #stage: Stage
  readonly #ledger: Ledger
  readonly #hero: string
  readonly #number: string
  readonly #callers = new Map<string, Person>()
  #progress: Progress = {}
  /** Whether time has been let pass to a moment that is to be looked at as it is. */
  #waited = false
  /** Whether more keys or words might come: then it takes a silence to be done. */
  #isStillAnswering = false
  /** The step that was the last to do something, and whether problems are expected of it. */
  #lastAct: Here = { path: ['start'], words: 'the beginning' }
  #problemsExpected = false

  constructor(read: ReadScenario, stage: Stage, ledger: Ledger) {
    const { From = '+15550001000', To } = read.scenario.start.parameters
    this.#read = read
    this.#scenario = read.scenario
    this.#stage = stage
    this.#ledger = ledger
    this.#hero = addressOf(From, read.scenario.people)
    this.#number = this.#attach(To, stage.numbers.get(basename(read.flowFile, '.json')) ?? '')
  }

  /** Tells it to its end, or to what fails. */
  async tell(): Promise<Failure | undefined> {
    const { callees, queues, recipients, people, steps, start } = this.#scenario
    const { network } = this.#stage
    for (const [name, plan] of Object.entries(callees)) network.plan(addressOf(name, people), plan)
    for (const [name, plan] of Object.entries(queues)) network.planQueue(name, plan)
    for (const [name, plan] of Object.entries(recipients)) network.planMessages(addressOf(name, people), plan)
    const { From, To, Body, ...parameters } = start.parameters
    if (start.kind === 'call') await this.#call(this.#hero, this.#number, parameters)
    else await this.#text(this.#hero, { do: 'text', body: Body ?? '', parameters })
    for (const [index, step] of steps.entries()) {
      const failure = await this.#step(step, index)
      if (failure) return failure
    }
    await this.#hearOut(this.#hero)
    return this.#trouble()
  }

  async #step(step: Step, index: number): Promise<Failure | undefined> {
    const path = ['then', index]
    const words = `step ${index + 1}: ${stepInWords(step)}`
    const who = step.as === undefined ? this.#hero : addressOf(step.as, this.#scenario.people)
    const trouble = step.act && (await this.#act(step.act, who, { path, words }))
    return trouble ?? (step.expectation && this.#expect(step.expectation, who, { path, words }))
  }

  async #act(deed: Deed, who: string, here: Here): Promise<Failure | undefined> {
    // What is said before an answer is asked for belongs to the act before it.
    if (ANSWERS.has(deed.do)) await this.#callers.get(who)?.listen()
    const trouble = this.#trouble()
    if (trouble) return trouble
    this.#ledger.mark()
    this.#progress = {}
    this.#problemsExpected = false
    this.#lastAct = here
    this.#waited = deed.do === 'wait'
    this.#isStillAnswering = deed.do === 'press' || deed.do === 'talk'
    try {
      await this.#do(deed, who)
      return undefined
    } catch (error) {
      if (!(error instanceof NotTaken) && !(error instanceof NoCall)) throw error
      return this.#failure(here, { trouble: error.message, mismatches: [] })
    }
  }

  async #do(deed: Deed, who: string): Promise<void> {
    const { time, network } = this.#stage
    const { people } = this.#scenario
    if (deed.do === 'text') return this.#text(deed.from === undefined ? who : addressOf(deed.from, people), deed)
    if (deed.do === 'call') {
      const from = deed.from === undefined ? who : addressOf(deed.from, people)
      return this.#call(from, this.#attach(deed.to, this.#number), deed.parameters ?? {})
    }
    if (deed.do === 'switch-phone') return network.planMessages(who, DELIVERY[deed.to])
    return act(deed, { caller: this.#callers.get(who), time, text: async () => {} })
  }

  async #call(from: string, to: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    const { network, time } = this.#stage
    this.#callers.set(from, new Person(network.call({ from, to, extra: parameters }), time))
    await time.settle()
  }

  async #text(
    from: string,
    { body = '', media = [], to, parameters = {} }: Extract<Deed, { do: 'text' }>,
  ): Promise<void> {
    const { network, time } = this.#stage
    await network.text({ from, to: this.#attach(to, this.#number), body, media, extra: parameters })
    await time.settle()
  }

  /** A number of the scenario's own leads to the flow as well. */
  #attach(wished: string | undefined, usual: string): string {
    const { network } = this.#stage
    const hooks = network.webhooksOf(usual)
    if (wished !== undefined && hooks && !network.webhooksOf(wished)) network.attach(wished, hooks)
    return wished ?? usual
  }

  async #expect(expectation: Expectation, who: string, here: Here): Promise<Failure | undefined> {
    const caller = this.#callers.get(who)
    await this.#hearOut(who)
    this.#problemsExpected ||= expectation.problems !== undefined
    const standing = {
      recent: this.#ledger.recent,
      execution: this.#executionOf(who),
      leg: caller?.leg,
      address: who,
      addressOf: (name: string) => addressOf(name, this.#scenario.people),
    }
    const { mismatches, progress } = compare(expectation, standing, this.#progress)
    this.#progress = progress
    return mismatches.length > 0 ? this.#failure(here, { mismatches }) : undefined
  }

  /** Hears what comes of the last act, up to what is asked next or the end of the call; after a wait, things are looked at as they are. */
  async #hearOut(who: string): Promise<void> {
    const caller = this.#callers.get(who)
    if (!caller || this.#waited) return
    await caller.listen()
    while (this.#isStillAnswering && caller.leg.listening && !this.#hasGoneOn(caller)) await caller.beSilent()
    await caller.listen()
  }

  /** The call has asked for its next document since the last act. */
  #hasGoneOn({ leg: { sid } }: Person): boolean {
    return this.#ledger.recent.happenings.some((one) => one.type === 'asked' && one.sid === sid)
  }

  /** The newest execution of a call that this person is in, or of a conversation with them. */
  #executionOf(who: string): Execution | undefined {
    const callSid = this.#callers.get(who)?.leg.sid
    return this.#stage.executions().findLast(({ call, contact }) => (call ? call.sid === callSid : contact === who))
  }

  /** What the carrier had to give up, where nobody expected it. */
  #trouble(): Failure | undefined {
    const errors = this.#ledger.recent.happenings.flatMap((one) =>
      one.type === 'problem' && one.problem.level === 'error' ? [coded(one.problem)] : [],
    )
    if (errors.length === 0 || this.#problemsExpected) return undefined
    const trouble = `the carrier gave up after ${this.#lastAct.words}: ${errors.join('; ')}`
    return this.#failure(this.#lastAct, { trouble, mismatches: [] })
  }

  #failure(
    { path, words }: Here,
    { trouble, mismatches }: { readonly trouble?: string; readonly mismatches: readonly Mismatch[] },
  ): Failure {
    const { file, source } = this.#read
    const [first] = mismatches
    const flows = new Map(this.#stage.parts.flows.list().map(({ sid, name }) => [sid, name]))
    return {
      file,
      position: first ? source.at(placeIn(source, path, first)) : source.at(path),
      step: words,
      trouble,
      mismatches,
      scene: sceneOf({ all: this.#ledger.all, flows }, this.#stage.executions()),
    }
  }
}

/** What becomes of texts to a phone. */
const DELIVERY = {
  on: { outcome: 'delivered' },
  off: { outcome: 'undelivered', code: 30003 },
  'opted-out': { outcome: 'refused', code: 21610 },
} as const

/** Acts that somebody waits for. */
const ANSWERS: ReadonlySet<Deed['do']> = new Set(['press', 'say', 'talk', 'be-silent'])

/** A step, for whoever has to find it. */
interface Here {
  readonly path: Path
  readonly words: string
}

/** Where what was expected stands in the file: in `expect`, or in its short form. */
function placeIn(source: Source, step: Path, { path: [aspect = '', ...rest] }: Mismatch): Path {
  const short = SHORT[String(aspect)]
  if (short !== undefined && source.has([...step, short])) return [...step, short, ...rest]
  return [...step, 'expect', aspect, ...rest]
}

const SHORT: Readonly<Record<string, string>> = { heard: 'hear', got: 'get' }
