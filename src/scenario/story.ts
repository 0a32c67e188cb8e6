import type { Happening } from '../simulator/happening.ts'
import { NoCall } from '../simulator/people/act.ts'
import { NotTaken, type Person } from '../simulator/people/person.ts'
import type { Stage } from '../stage.ts'
import { Cast } from './cast.ts'
import { coded, compare, type Progress } from './compare.ts'
import type { Expectation } from './expectation.ts'
import { type Failure, sceneOf } from './failure.ts'
import { stepInWords } from './in-words.ts'
import type { Ledger, Message } from './ledger.ts'
import type { Mismatch } from './mismatch.ts'
import type { ReadScenario } from './read.ts'
import type { Path, Source } from './source.ts'
import type { Deed, Step } from './step.ts'

/** The telling of one scenario: what was done last, and what of it was expected already. */
export class Story {
  readonly #read: ReadScenario
  readonly #stage: Stage
  readonly #ledger: Ledger
  readonly #cast: Cast
  #last: Last = { path: ['start'], words: 'the beginning', done: undefined }
  #progress: Progress = {}
  #problemsExpected = false

  constructor(read: ReadScenario, stage: Stage, ledger: Ledger) {
    this.#read = read
    this.#stage = stage
    this.#ledger = ledger
    this.#cast = new Cast(read, stage)
  }

  /** Tells it to its end, or to what fails. */
  async tell(): Promise<Failure | undefined> {
    await this.#cast.begin()
    for (const [index, step] of this.#read.scenario.steps.entries()) {
      const failure = await this.#step(step, {
        path: ['then', index],
        words: `step ${index + 1}: ${stepInWords(step)}`,
      })
      if (failure) return failure
    }
    await this.#hearOut(this.#cast.hero)
    return this.#trouble()
  }

  async #step({ as, act, expectation }: Step, here: Here): Promise<Failure | undefined> {
    const who = as === undefined ? this.#cast.hero : this.#cast.addressOf(as)
    const failure = act && (await this.#act(act, who, here))
    return failure ?? (expectation && this.#expect(expectation, who, here))
  }

  async #act(deed: Deed, who: string, here: Here): Promise<Failure | undefined> {
    // What is said before an answer is asked for belongs to the act before it.
    if (ANSWERS.has(deed.do)) await (await this.#cast.onThePhone(who))?.listen()
    const trouble = this.#trouble()
    if (trouble) return trouble
    this.#ledger.mark()
    this.#last = { ...here, done: deed.do }
    this.#progress = {}
    this.#problemsExpected = false
    try {
      await this.#cast.do(deed, who)
      return undefined
    } catch (error) {
      if (!(error instanceof NotTaken) && !(error instanceof NoCall)) throw error
      return this.#failure(here, { trouble: error.message, mismatches: [] })
    }
  }

  async #expect(expectation: Expectation, who: string, here: Here): Promise<Failure | undefined> {
    await this.#hearOut(who)
    this.#problemsExpected ||= expectation.problems !== undefined
    const { recent } = this.#ledger
    const standing = {
      recent,
      messages: recent.messages.filter((message) => this.#hasArrived(message)),
      execution: this.#cast.executionOf(who),
      leg: this.#cast.caller(who)?.leg,
      address: who,
      addressOf: (name: string) => this.#cast.addressOf(name),
    }
    const { mismatches, progress } = compare(expectation, standing, this.#progress)
    this.#progress = progress
    return mismatches.length > 0 ? this.#failure(here, { mismatches }) : undefined
  }

  /** What is written in a conversation is there at once; a text has to reach its phone. */
  #hasArrived({ sid }: Message): boolean {
    const text = this.#stage.network.messages.get(sid)
    return text === undefined || text.arrivedAt !== undefined
  }

  /** Hears what comes of the last act, up to what is asked next or the end of the call; after a wait, things are looked at as they are. */
  async #hearOut(who: string): Promise<void> {
    const { done } = this.#last
    if (done === 'wait') return
    const caller = await this.#cast.onThePhone(who)
    if (!caller) return
    await caller.listen()
    while (done && UNENDED.has(done) && caller.leg.listening && !this.#hasGoneOn(caller)) await caller.beSilent()
    await caller.listen()
  }

  /** The call has gone on since the last act: to its next document, or to what the same verb says next. */
  #hasGoneOn({ leg: { sid } }: Person): boolean {
    return this.#ledger.recent.happenings.some((one) => GOES_ON.has(one.type) && one.sid === sid)
  }

  /** What the carrier had to give up, where nobody expected it. */
  #trouble(): Failure | undefined {
    const errors = this.#ledger.recent.happenings.flatMap((one) =>
      one.type === 'problem' && one.problem.level === 'error' ? [coded(one.problem)] : [],
    )
    if (errors.length === 0 || this.#problemsExpected) return undefined
    const trouble = `the carrier gave up after ${this.#last.words}: ${errors.join('; ')}`
    return this.#failure(this.#last, { trouble, mismatches: [] })
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
      position: source.at(first ? placeIn(source, path, first) : path),
      step: words,
      trouble,
      mismatches,
      scene: sceneOf({ all: this.#ledger.all, flows }, this.#stage.executions()),
    }
  }
}

/** Acts that somebody waits for. */
const ANSWERS: ReadonlySet<Deed['do']> = new Set(['press', 'say', 'talk', 'be-silent'])

/** Acts after which more of the same might come: it takes a silence to be done with them. */
const UNENDED: ReadonlySet<Deed['do']> = new Set(['press', 'say', 'talk'])

/** What follows upon keys, words or voice that are complete. */
const GOES_ON: ReadonlySet<Happening['type']> = new Set(['asked', 'said', 'played'])

/** A step, for whoever has to find it. */
interface Here {
  readonly path: Path
  readonly words: string
}

/** The step that was the last to do something; nothing is done by the person before the first. */
interface Last extends Here {
  readonly done: Deed['do'] | undefined
}

/** Where what was expected stands in the file: in `expect`, or in its short form. */
function placeIn(source: Source, step: Path, { path: [aspect = '', ...rest] }: Mismatch): Path {
  const short = SHORT[String(aspect)]
  if (short !== undefined && source.has([...step, short])) return [...step, short, ...rest]
  return [...step, 'expect', aspect, ...rest]
}

const SHORT: Readonly<Record<string, string>> = { heard: 'hear', got: 'get' }
