import { follow, partingIfAsked } from '../call/action.ts'
import { DIAL_RINGS_S } from '../call/dialling.ts'
import type { Input } from '../call/input.ts'
import { isHangUp } from '../call/interruption.ts'
import type { Outcome } from '../call/outcome.ts'
import type { Scene } from '../call/player.ts'
import { numberOf } from '../document/attributes.ts'
import { type Element, textOf } from '../document/element.ts'
import { hookOf } from '../document/hooks.ts'
import type { Params } from '../line/web-request.ts'
import { isWordOf, tellMember, wordOf } from '../queue/queue-words.ts'
import type { Member, Queue } from '../queue/queues.ts'
import { recordDial, recordedBy } from '../recording/dial-recording.ts'
import type { LiveRecording } from '../recording/live-recording.ts'
import { secondsSince } from '../seconds.ts'
import { stayBridged } from './bridge.ts'
import { whileConnected } from './connection.ts'

/** Connects the caller of a Dial with the first one in a queue (twiml.md 4.6). */
export async function takeFromQueue(dial: Element, noun: Element, scene: Scene): Promise<Outcome> {
  const { leg, office } = scene
  const name = textOf(noun)
  leg.tell({ type: 'dialled', target: name, noun: 'Queue' })
  const queue = office.queues.find(name)
  if (queue) return new Taking(dial, noun, scene).run(queue)
  leg.tell({ type: 'disconnected', target: name, status: 'failed', seconds: 0 })
  return follow(dial, scene, { DialCallStatus: 'failed', DialBridged: 'false', QueueResult: 'error' })
}

/** One Dial of a queue. */
class Taking {
  readonly #dial: Element
  readonly #noun: Element
  readonly #scene: Scene
  #member: Member | undefined
  /** Epoch milliseconds at which the two were brought together. */
  #since: number | undefined
  #recording: LiveRecording | undefined

  constructor(dial: Element, noun: Element, scene: Scene) {
    this.#dial = dial
    this.#noun = noun
    this.#scene = scene
  }

  async run(queue: Queue): Promise<Outcome> {
    this.#recording = recordDial(this.#dial, this.#scene, 'ringing')
    try {
      await this.#reach(queue)
      if (this.#since !== undefined) await this.#talk()
    } catch (error) {
      if (!isHangUp(error)) throw error
      return partingIfAsked(this.#dial, this.#scene, this.#result(queue, 'canceled'))
    } finally {
      this.#recording?.stop()
      if (this.#member) tellMember(this.#member)
    }
    return follow(this.#dial, this.#scene, this.#result(queue, 'no-answer'))
  }

  /** Waits for somebody to take, and until they have heard what they hear first. */
  async #reach(queue: Queue): Promise<void> {
    const { leg } = this.#scene
    const whisper = hookOf(this.#noun, { url: 'url', method: 'method' }, this.#scene)
    const stop = queue.take((member) => {
      this.#member = member
      member.meet({ kind: 'call', leg, whisper })
      leg.give({ kind: 'signal', about: { member, says: 'taken' } })
    })
    try {
      const takes = (input: Input) => this.#member !== undefined && isWordOf(this.#member, input)
      await leg.wait({ seconds: numberOf(this.#dial.attributes.timeout, DIAL_RINGS_S), takes })
      if (this.#member && wordOf(this.#member, await leg.wait({ takes })) === 'ready')
        this.#since = leg.ground.clock.now()
    } finally {
      stop()
    }
  }

  async #talk(): Promise<void> {
    const { leg } = this.#scene
    const member = this.#member
    if (!member) return
    leg.answer()
    await whileConnected(leg, { target: member.leg.setup.from, since: this.#since }, () => {
      this.#recording ??= recordDial(this.#dial, this.#scene, 'answer')
      return stayBridged(leg, { dial: this.#dial, isOver: (input) => wordOf(member, input) === 'over' })
    })
  }

  #seconds(): number {
    const { clock } = this.#scene.leg.ground
    return this.#since === undefined ? 0 : secondsSince(clock, this.#since)
  }

  #result(queue: Queue, status: string): Params {
    const member = this.#member
    const recorded = recordedBy(this.#recording)
    if (!member || this.#since === undefined)
      return { DialCallStatus: status, DialBridged: 'false', QueueSid: queue.sid }
    const seconds = this.#seconds()
    return {
      DialCallStatus: 'completed',
      DialCallSid: member.leg.sid,
      DialCallDuration: String(seconds),
      DialBridged: 'true',
      QueueResult: 'bridged',
      QueueSid: queue.sid,
      QueueTime: String(member.seconds),
      ...recorded,
    }
  }
}
