import { follow, partingIfAsked } from '../call/action.ts'
import type { Input } from '../call/input.ts'
import { isHangUp } from '../call/interruption.ts'
import type { Leg } from '../call/leg.ts'
import type { Outcome } from '../call/outcome.ts'
import type { Player, Scene } from '../call/player.ts'
import { secondsOf } from '../call/status-callback.ts'
import type { Element } from '../document/element.ts'
import type { Params } from '../line/web-request.ts'
import { recordDial, recordedBy } from '../recording/dial-recording.ts'
import type { LiveRecording } from '../recording/live-recording.ts'
import { stayBridged } from './bridge.ts'
import { type Callee, callOut } from './callee.ts'
import { joinConference } from './conference.ts'
import { whileConnected } from './connection.ts'
import { addressOf, nounsOf } from './nouns.ts'
import { takeFromQueue } from './queue.ts'

/** Dial: brings the caller together with somebody else (twiml.md 4.6). */
export const dial: Player = async (verb, scene) => {
  const nouns = nounsOf(verb)
  const [first] = nouns
  if (!first) return follow(verb, scene, { DialCallStatus: 'failed', DialBridged: 'false' })
  if (verb.attributes.answerOnBridge !== 'true') scene.leg.answer()
  if (first.name === 'Conference') return joinConference(verb, first, scene)
  if (first.name === 'Queue') return takeFromQueue(verb, first, scene)
  return new Dialling(verb, nouns, scene).run()
}

/** What a callee lets the caller know. */
interface Word {
  readonly callee: Callee
  readonly says: 'answered' | 'over'
}

/** One Dial from the first ring to the last goodbye. */
class Dialling {
  readonly #verb: Element
  readonly #nouns: readonly Element[]
  readonly #scene: Scene
  #callees: readonly Callee[] = []
  #bridged: Callee | undefined
  #recording: LiveRecording | undefined

  constructor(verb: Element, nouns: readonly Element[], scene: Scene) {
    this.#verb = verb
    this.#nouns = nouns
    this.#scene = scene
  }

  async run(): Promise<Outcome> {
    this.#recording = recordDial(this.#verb, this.#scene, 'ringing')
    try {
      await this.#reach()
      if (this.#bridged) await this.#talkWith(this.#bridged)
    } catch (error) {
      for (const callee of this.#callees) drop(callee, 'canceled')
      if (!isHangUp(error)) throw error
      return partingIfAsked(this.#verb, this.#scene, this.#result('canceled'))
    } finally {
      this.#recording?.stop()
    }
    for (const callee of this.#callees) drop(callee, 'no-answer')
    return follow(this.#verb, this.#scene, this.#result(this.#failure()))
  }

  /** All at once, or one after another. */
  async #reach(): Promise<void> {
    const rounds = this.#verb.attributes.sequential === 'true' ? this.#nouns.map((noun) => [noun]) : [this.#nouns]
    for (const round of rounds) {
      const callees = round.map((noun) => this.#call(noun))
      this.#callees = [...this.#callees, ...callees]
      this.#bridged = await this.#firstOf(callees)
      if (this.#bridged) return
    }
  }

  #call(noun: Element): Callee {
    const { leg } = this.#scene
    const tell = (callee: Callee, says: Word['says']) => {
      leg.give({ kind: 'signal', about: { callee, says } satisfies Word })
    }
    return callOut(noun, { dial: this.#verb, scene: this.#scene, tell })
  }

  async #firstOf(callees: readonly Callee[]): Promise<Callee | undefined> {
    const left = new Set(callees)
    const takes = (input: Input) => {
      const callee = wordIn(input)?.callee
      return callee !== undefined && left.has(callee)
    }
    while (left.size > 0) {
      const word = wordIn(await this.#scene.leg.wait({ takes }))
      if (word?.says === 'answered') return word.callee
      if (word) left.delete(word.callee)
    }
    return undefined
  }

  async #talkWith(callee: Callee): Promise<void> {
    const { leg } = this.#scene
    const { setup, answeredAt: since } = callee.leg
    const isOver = (input: Input) => wordIn(input)?.callee === callee
    leg.answer()
    for (const other of this.#callees) if (other !== callee) drop(other, 'no-answer')
    await whileConnected(leg, { target: setup.to, since }, () => {
      this.#recording ??= recordDial(this.#verb, this.#scene, 'answer')
      return stayBridged(leg, { dial: this.#verb, isOver, far: callee.far }).finally(() => drop(callee, 'no-answer'))
    })
  }

  /** The parameters of the action, with those of the recording where one was made. */
  #result(status: string): Params {
    const callee = this.#bridged
    const recorded = recordedBy(this.#recording)
    if (!callee) {
      const target = this.#nouns.map(addressOf).join(', ')
      this.#scene.leg.tell({ type: 'disconnected', target, status, seconds: 0 })
      return { DialCallStatus: status, DialBridged: 'false', ...ofLast(this.#callees) }
    }
    const seconds = secondsOf(callee.leg)
    return {
      DialCallStatus: 'completed',
      DialCallSid: callee.leg.sid,
      DialCallDuration: String(seconds),
      DialBridged: 'true',
      ...ofSip(callee),
      ...recorded,
    }
  }

  /** Why nobody was reached (twiml.md 4.6). */
  #failure(): string {
    const statuses = this.#callees.map(({ leg }) => leg.status)
    if (statuses.every((status) => status === 'busy')) return 'busy'
    return statuses.includes('failed') ? 'failed' : 'no-answer'
  }
}

/** Cuts a callee off, who then has this status if they were not reached. */
function drop({ leg, isAway }: Callee, unreached: 'canceled' | 'no-answer'): void {
  if (leg.isOver || isAway) return
  leg.become(leg.status === 'in-progress' ? 'completed' : unreached)
  leg.interrupt({ kind: 'hung-up', by: 'server' })
}

function wordIn(input: Input | undefined): Word | undefined {
  return input?.kind === 'signal' && isWord(input.about) ? input.about : undefined
}

function isWord(about: unknown): about is Word {
  return typeof about === 'object' && about !== null && 'callee' in about && 'says' in about
}

function ofLast(callees: readonly Callee[]): Params {
  const last = callees.at(-1)
  return last ? { DialCallSid: last.leg.sid, ...ofSip(last) } : {}
}

/** What only a SIP address has to tell. */
function ofSip({ noun, leg }: Callee): Params {
  if (noun.name !== 'Sip') return {}
  return { DialSipCallId: `${leg.sid}@simulated`, DialSipResponseCode: SIP_CODES[leg.status] ?? '200' }
}

const SIP_CODES: Readonly<Partial<Record<Leg['status'], string>>> = {
  busy: '486',
  failed: '404',
  canceled: '487',
  'no-answer': '408',
}
