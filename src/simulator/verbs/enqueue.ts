import { follow, partingIfAsked } from '../call/action.ts'
import { Interrupted } from '../call/interruption.ts'
import type { Outcome } from '../call/outcome.ts'
import type { Player, Scene } from '../call/player.ts'
import { notify } from '../call/requests.ts'
import { numberOf } from '../document/attributes.ts'
import { type Element, elementsIn, textOf } from '../document/element.ts'
import { hookOf } from '../document/hooks.ts'
import { LONGEST_NAME } from '../grammar/queue.ts'
import { jsonObjectIn } from '../json-object.ts'
import type { Params } from '../line/web-request.ts'
import { isWordOf, tellPartner } from '../queue/queue-words.ts'
import type { Member, Partner } from '../queue/queues.ts'
import { afterSeconds } from '../seconds.ts'
import { type CallTask, callTask } from '../taskrouter/call-task.ts'
import { whileConnected } from './connection.ts'
import { playWhileWaiting } from './wait-music.ts'

/** Enqueue: the caller waits until somebody takes them, or they leave (twiml.md 4.7). */
export const enqueue: Player = async (verb, scene) => {
  const { leg, office } = scene
  leg.answer()
  const name = verb.attributes.workflowSid ?? textOf(verb)
  if (name === '' || name.length > LONGEST_NAME || !hasGoodTask(verb)) return refused(verb, scene, 'error')
  const plan = office.plans.queues.of(name)
  if (plan.kind !== 'answered' && plan.kind !== 'nobody') return refused(verb, scene, plan.kind)
  const queue = office.queues.open(name)
  queue.maxSize = numberOf(verb.attributes.maxQueueSize, queue.maxSize)
  if (queue.isFull) return refused(verb, scene, 'queue-full')
  const member = queue.enter(leg)
  leg.tell({ type: 'queued', queue: name })
  const cancel = plan.kind === 'answered' ? agentComes(member, plan) : () => {}
  try {
    return await new Stay(verb, scene, member).run()
  } finally {
    cancel()
  }
}

/** The attributes of a task are a JSON object (twiml.md 1.2). */
function hasGoodTask(verb: Element): boolean {
  const task = elementsIn(verb).find(({ name }) => name === 'Task')
  return !task || jsonObjectIn(textOf(task)) !== undefined
}

/** Never was in the queue: there is nothing to tell of it. */
function refused(verb: Element, scene: Scene, result: string): Outcome {
  scene.leg.tell({ type: 'dequeued', queue: verb.attributes.workflowSid ?? textOf(verb), result })
  return follow(verb, scene, { QueueResult: result })
}

function agentComes(member: Member, { after, talks }: { readonly after: number; readonly talks: number }): () => void {
  return afterSeconds(member.leg.ground.clock, after, () => {
    if (member.leftAt === undefined) member.meet({ kind: 'agent', talks })
  })
}

/** One stay in a queue, with what follows it. */
class Stay {
  readonly #verb: Element
  readonly #scene: Scene
  readonly #member: Member
  readonly #task: CallTask | undefined

  constructor(verb: Element, scene: Scene, member: Member) {
    this.#verb = verb
    this.#scene = scene
    this.#member = member
    this.#task = callTask(verb, scene)
  }

  async run(): Promise<Outcome> {
    let partner: Partner | 'left' | 'hung-up'
    try {
      partner = await this.#wait()
    } catch (error) {
      return this.#cut(error, { gone: 'hangup', elsewhere: 'redirected' })
    }
    if (partner === 'left') return follow(this.#verb, this.#scene, this.#result('leave'))
    return partner === 'hung-up' ? this.#part('hangup') : this.#meet(partner)
  }

  /** Hears the wait documents up to their end, or until somebody takes the caller. */
  async #wait(): Promise<Partner | 'left' | 'hung-up'> {
    const { leg } = this.#scene
    leg.isQueued = true
    try {
      const rules = { verbs: WAIT_VERBS, extra: () => placeOf(this.#member) }
      const ending = await playWhileWaiting(this.#verb, this.#scene, {
        method: 'waitUrlMethod',
        times: 'for-ever',
        rules,
      })
      leg.heed() // taken while the last document was fetched: too late to leave
      return ending.kind === 'left' ? 'left' : 'hung-up'
    } catch (error) {
      const { partner } = this.#member
      if (partner && error instanceof Interrupted && error.by.kind === 'released') return partner
      throw error
    } finally {
      leg.isQueued = false
      leg.forgetRelease()
      this.#member.queue.remove(this.#member)
    }
  }

  async #meet(partner: Partner): Promise<Outcome> {
    try {
      if (partner.kind === 'call' && !(await this.#isReady(partner))) return this.#part('bridging-in-process')
    } catch (error) {
      tellPartner(partner, this.#member, 'over')
      return this.#cut(error, { gone: 'bridging-in-process', elsewhere: 'redirected' })
    }
    try {
      await this.#talk(partner)
    } catch (error) {
      return this.#cut(error, { gone: 'bridged', elsewhere: 'redirected-from-bridged' })
    } finally {
      tellPartner(partner, this.#member, 'over')
    }
    return follow(this.#verb, this.#scene, this.#result('bridged'))
  }

  /** Whether the caller is still there after what they hear before the two are brought together. */
  async #isReady({ leg: other, whisper }: Extract<Partner, { kind: 'call' }>): Promise<boolean> {
    const { leg, play } = this.#scene
    if (!whisper) return true
    const { sid: QueueSid } = this.#member.queue
    const about = { QueueSid, QueueTime: String(this.#member.seconds), DequeingCallSid: other.sid }
    const ending = await play(leg, { kind: 'url', ...whisper }, { verbs: WHISPER_VERBS, extra: () => about })
    return ending.kind !== 'over'
  }

  async #talk(partner: Partner): Promise<void> {
    const { leg } = this.#scene
    const target = partner.kind === 'agent' ? 'an agent' : partner.leg.setup.from
    tellPartner(partner, this.#member, 'ready')
    this.#task?.assign()
    await whileConnected(leg, { target }, () =>
      leg.wait(
        partner.kind === 'agent' ? { seconds: partner.talks } : { takes: (input) => isWordOf(this.#member, input) },
      ),
    )
  }

  /** The caller is gone, or is sent elsewhere: the action is told, and its answer is not played. */
  #cut(error: unknown, { gone, elsewhere }: { readonly gone: string; readonly elsewhere: string }): Outcome {
    if (!(error instanceof Interrupted)) throw error
    if (error.by.kind === 'hung-up') return this.#part(gone)
    const action = hookOf(this.#verb, { url: 'action', method: 'method' }, this.#scene)
    const params = this.#result(elsewhere)
    if (action) notify(this.#scene.leg, action, params)
    throw error
  }

  #part(result: string): Outcome {
    return partingIfAsked(this.#verb, this.#scene, this.#result(result))
  }

  #result(result: string): Params {
    const { queue, seconds } = this.#member
    this.#scene.leg.tell({ type: 'dequeued', queue: queue.name, result })
    this.#task?.leave(result)
    return { QueueResult: result, QueueSid: queue.sid, QueueTime: String(seconds) }
  }
}

/** What a wait document may hold (twiml.md 4.7). */
const WAIT_VERBS = new Set(['Play', 'Say', 'Pause', 'Hangup', 'Redirect', 'Leave', 'Gather'])
/** What a queued caller may hear before a bridge (twiml.md 4.6). */
const WHISPER_VERBS = new Set(['Play', 'Say', 'Pause', 'Redirect'])

function placeOf(member: Member): Params {
  const { queue } = member
  return {
    QueueSid: queue.sid,
    QueuePosition: String(queue.positionOf(member)),
    QueueTime: String(member.seconds),
    AvgQueueTime: String(queue.averageWait),
    CurrentQueueSize: String(queue.members.length),
    MaxQueueSize: String(queue.maxSize),
  }
}
