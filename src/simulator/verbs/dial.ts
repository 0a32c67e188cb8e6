import { outgoingLeg, ring, talk } from '../dialling.ts'
import { type Element, elementsIn, textOf } from '../element.ts'
import { type Input, Interrupted, type Leg } from '../leg.ts'
import type { Params } from '../line.ts'
import { NEXT, type Outcome } from '../outcome.ts'
import { methodOf, numberOf } from '../parameters.ts'
import { callbackUrl, goOn, type Player, parting, type Scene } from '../player.ts'
import { caution } from '../problem.ts'
import { reportRecording } from '../recording-callback.ts'
import { type StatusCallback, secondsOf } from '../status-callback.ts'
import { joinConference } from './conference.ts'
import { takeFromQueue } from './queue.ts'

/** Dial: brings the caller together with somebody else (twiml.md 4.6). */
export const dial: Player = async (verb, scene) => {
  const nouns = nounsOf(verb)
  const [first] = nouns
  if (!first) {
    scene.leg.warn(caution(13000, '<Dial> has nobody to dial'))
    return verb.attributes.action ? goOn(verb, scene, { DialCallStatus: 'failed' }) : NEXT
  }
  if (verb.attributes.answerOnBridge !== 'true') scene.leg.answer()
  if (first.name === 'Conference') return joinConference(verb, first, scene)
  if (first.name === 'Queue') return takeFromQueue(verb, first, scene)
  return new Dialling(verb, nouns, scene).run()
}

/** Text of its own is a number to dial. */
function nounsOf(verb: Element): readonly Element[] {
  const nouns = elementsIn(verb)
  const own = nouns.length === 0 ? textOf(verb) : ''
  return own === '' ? nouns : [{ name: 'Number', attributes: {}, children: [own] }]
}

/** What a child tells the leg that dialled it. */
interface Word {
  readonly child: Leg
  readonly says: 'answered' | 'over'
}

/** One Dial from the first ring to the last goodbye. */
class Dialling {
  readonly #verb: Element
  readonly #nouns: readonly Element[]
  readonly #scene: Scene
  #children: Leg[] = []
  #bridged: Leg | undefined

  constructor(verb: Element, nouns: readonly Element[], scene: Scene) {
    this.#verb = verb
    this.#nouns = nouns.slice(0, MOST_TARGETS)
    this.#scene = scene
  }

  async run(): Promise<Outcome> {
    try {
      await this.#reach()
      if (this.#bridged) await this.#talkWith(this.#bridged)
    } catch (error) {
      this.#dropAll('hung-up')
      if (!(error instanceof Interrupted) || error.by.kind !== 'hung-up') throw error
      return parting(this.#verb, this.#scene, this.#result('canceled'))
    }
    this.#dropAll('over')
    const params = this.#result(this.#failure())
    return this.#verb.attributes.action ? goOn(this.#verb, this.#scene, params) : NEXT
  }

  /** All at once, or one after another. */
  async #reach(): Promise<void> {
    const rounds = this.#verb.attributes.sequential === 'true' ? this.#nouns.map((noun) => [noun]) : [this.#nouns]
    for (const round of rounds) {
      const children = round.map((noun) => this.#call(noun))
      this.#bridged = await this.#firstOf(children)
      if (this.#bridged) return
    }
  }

  async #firstOf(children: readonly Leg[]): Promise<Leg | undefined> {
    const left = new Set(children)
    while (left.size > 0) {
      const word = wordIn(await this.#scene.leg.wait({ takes: (input) => left.has(wordIn(input)?.child as Leg) }))
      if (word?.says === 'answered') return word.child
      if (word) left.delete(word.child)
    }
    return undefined
  }

  #call(noun: Element): Leg {
    const { leg } = this.#scene
    const target = addressOf(noun)
    const { office } = leg
    const child = outgoingLeg(office, {
      setup: {
        sid: office.sid('CA'),
        from: this.#verb.attributes.callerId ?? leg.setup.from,
        to: target,
        direction: 'outbound-dial',
        parentSid: leg.sid,
      },
      statusCallback: callbackOf(noun, this.#scene),
    })
    this.#children.push(child)
    leg.tell({ type: 'dialled', target, noun: noun.name })
    void office.activity.during(() => this.#live(child, noun))
    return child
  }

  /** The child's own time: it rings, hears a whisper, is bridged, and goes. */
  async #live(child: Leg, noun: Element): Promise<void> {
    const { leg, play } = this.#scene
    const plan = child.office.planOf(child.setup.to)
    const say = (says: Word['says']) => leg.give({ kind: 'signal', about: { child, says } satisfies Word })
    try {
      const timeout = numberOf(this.#verb.attributes.timeout, RING_S)
      if ((await ring(child, { plan, timeout })) !== 'in-progress') return void say('over')
      const whisper = callbackUrl(noun.attributes.url, this.#scene)
      if (whisper !== undefined) {
        const start = { kind: 'url', url: whisper, method: methodOf(noun.attributes.method) } as const
        const ending = await play(child, start, WHISPER)
        if (ending.kind === 'over') child.become('completed')
      }
      if (child.isOver) return void say('over')
      say('answered')
      await talk(child, plan)
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error
      child.become(
        child.status === 'in-progress' ? 'completed' : error.by.kind === 'hung-up' ? 'canceled' : 'no-answer',
      )
    }
    say('over')
  }

  async #talkWith(child: Leg): Promise<void> {
    const { leg } = this.#scene
    leg.answer()
    for (const other of this.#children) if (other !== child) drop(other, 'over')
    leg.tell({ type: 'connected', target: child.setup.to })
    const star = this.#verb.attributes.hangupOnStar === 'true'
    const takes = (input: Input) =>
      wordIn(input)?.child === child || (star && input.kind === 'key' && input.key === '*')
    try {
      await leg.wait({ seconds: numberOf(this.#verb.attributes.timeLimit, LONGEST_CALL_S), takes })
    } finally {
      drop(child, 'over')
      const seconds = secondsOf(child)
      leg.tell({ type: 'disconnected', target: child.setup.to, status: 'completed', seconds })
    }
  }

  /** The parameters of the action, with those of the recording where one was made. */
  #result(status: string): Params {
    const child = this.#bridged
    if (!child) {
      const target = this.#nouns.map(addressOf).join(', ')
      this.#scene.leg.tell({ type: 'disconnected', target, status, seconds: 0 })
      return { DialCallStatus: status, DialBridged: 'false', ...sidOfLast(this.#children) }
    }
    const seconds = secondsOf(child)
    return {
      DialCallStatus: 'completed',
      DialCallSid: child.sid,
      DialCallDuration: String(seconds),
      DialBridged: 'true',
      ...this.#recording(seconds),
    }
  }

  #recording(seconds: number): Params {
    const { record = 'do-not-record' } = this.#verb.attributes
    if (record === 'do-not-record' || record === 'false' || seconds === 0) return {}
    const { leg } = this.#scene
    const channels = record.endsWith('-dual') ? 2 : 1
    const recording = leg.office.record({ callSid: leg.sid, seconds, channels, source: 'DialVerb' })
    reportRecording(this.#verb, this.#scene, recording)
    return { RecordingUrl: recording.url, RecordingSid: recording.sid, RecordingDuration: String(seconds) }
  }

  /** Why nobody was reached (twiml.md 4.6). */
  #failure(): string {
    const statuses = this.#children.map(({ status }) => status)
    if (statuses.every((status) => status === 'busy')) return 'busy'
    return statuses.includes('failed') ? 'failed' : 'no-answer'
  }

  #dropAll(why: 'hung-up' | 'over'): void {
    for (const child of this.#children) drop(child, why)
  }
}

/** Ten ends can ring at once (twiml.md 1.2). */
const MOST_TARGETS = 10
const RING_S = 30
const LONGEST_CALL_S = 14_400

/** What a callee may hear before the two are brought together. */
const WHISPER = {
  verbs: new Set(['Say', 'Play', 'Gather', 'Hangup', 'Pause', 'Redirect']),
  extra: () => ({}),
}

/** Cuts a child off: `hung-up` cancels one that still rings. */
function drop(child: Leg, why: 'hung-up' | 'over'): void {
  if (child.isOver) return
  const ended = child.status === 'in-progress' ? 'completed' : why === 'hung-up' ? 'canceled' : 'no-answer'
  child.become(ended)
  child.interrupt(why === 'hung-up' ? { kind: 'hung-up', by: 'server' } : { kind: 'released', result: 'over' })
}

function wordIn(input: Input | undefined): Word | undefined {
  return input?.kind === 'signal' && isWord(input.about) ? input.about : undefined
}

function isWord(about: unknown): about is Word {
  return typeof about === 'object' && about !== null && 'child' in about && 'says' in about
}

function sidOfLast(children: readonly Leg[]): Params {
  const last = children.at(-1)
  return last ? { DialCallSid: last.sid } : {}
}

/** Client, Sip and Application may hold their address in a child. */
function addressOf(noun: Element): string {
  const inner = elementsIn(noun).find(({ name }) => ADDRESSES.has(name))
  const text = textOf(inner ?? noun)
  return noun.name === 'Client' && !text.startsWith('client:') ? `client:${text}` : text
}

const ADDRESSES: ReadonlySet<string> = new Set(['Identity', 'Uri', 'ApplicationSid'])

function callbackOf({ attributes }: Element, scene: Scene): StatusCallback | undefined {
  const { statusCallback, statusCallbackMethod, statusCallbackEvent } = attributes
  const url = callbackUrl(statusCallback, scene)
  if (url === undefined) return undefined
  const events = (statusCallbackEvent ?? 'completed').split(/\s+/)
  return { url, method: methodOf(statusCallbackMethod), events }
}
