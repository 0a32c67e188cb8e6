import { concerns } from '../engine/advance.ts'
import { namedEndsOf } from '../engine/birth.ts'
import type { FlowEvent, StartEvent } from '../engine/event.ts'
import { type Execution, topFrame } from '../engine/execution.ts'
import type { Fields } from '../engine/fields.ts'
import type { UnsentMessage } from '../store/saved-delivery.ts'
import type { PendingEffect } from '../store/store.ts'
import { withAttributes } from './attributes.ts'
import { Background } from './background.ts'
import { ELSEWHERE, inTurn, isAtWork, type Regard } from './elsewhere.ts'
import { Lock } from './lock.ts'
import type { Moved } from './move.ts'
import { type MoveParts, Moves } from './moves.ts'
import { messageKey } from './names.ts'
import { type Answer, type Outside, perform } from './perform.ts'
import type { Turn } from './turn.ts'
import { untilSaved } from './until-saved.ts'
import { waysOf } from './ways.ts'

/** What the runtime is made of. */
export interface RuntimeParts extends MoveParts {
  readonly outside: Outside
}

/** Feeds events to executions and does what the engine asks for, one event at a time for each execution, saving before doing. */
export class Runtime {
  readonly #parts: RuntimeParts
  readonly #moves: Moves
  readonly #lock = new Lock()
  readonly #background: Background
  #closing = false

  constructor(parts: RuntimeParts) {
    this.#parts = parts
    this.#moves = new Moves(parts)
    this.#background = new Background(parts.log)
  }

  /** Begins an execution and walks it to its first rest; nothing when there is no such flow. Throws `AlreadyActive`, or a `Refusal` where too many begin at once. */
  async start(flowSid: string, event: StartEvent, turn?: Turn): Promise<Execution | undefined> {
    const flow = await this.#moves.admit(flowSid, event)
    if (!flow) return undefined
    const { outside, log } = this.#parts
    const { channel } = waysOf(outside, namedEndsOf(event), turn)
    const whole = await withAttributes(event, { flow, channel, log })
    return this.#goOnAlone(await this.#moves.begin(flow, whole, turn), turn)
  }

  /** Begins an execution as `start` does, but answers once it is saved; what it asks for is done afterwards. */
  async launch(flowSid: string, event: StartEvent): Promise<Execution | undefined> {
    const flow = await this.#moves.admit(flowSid, event)
    if (!flow) return undefined
    const begun = await this.#moves.begin(flow, event)
    const { execution } = begun
    this.#background.add(this.#goOnAlone(begun), { executionSid: execution.sid }, 'an execution broke off')
    return execution
  }

  /** Feeds an event to an execution, named by its sid or as it was just found, and walks it to its next rest. */
  handle(whom: Execution | string, event: FlowEvent, turn?: Turn): Promise<Execution | undefined> {
    const { store } = this.#parts
    const sid = typeof whom === 'string' ? whom : whom.sid
    const place = turn?.place?.executionSid === sid ? turn.place : undefined
    let found = typeof whom === 'string' || place || this.#lock.isHeld(sid) ? undefined : whom
    const attempt = ({ givesWay, isFree }: Regard) =>
      this.#lock.hold(sid, async () => {
        const execution = found && concerns(found, event) ? found : await store.execution(sid)
        found = undefined
        if (!execution || !concerns(execution, event)) return execution
        if (!(await isFree(execution))) return ELSEWHERE
        return this.#goOn(await this.#moves.advance(execution, event, { turn, givesWay }), turn)
      })
    return inTurn({
      place,
      attempt,
      isFree: async (execution) => !isAtWork(execution) || !(await store.isUnderWayElsewhere(sid)),
      queue: () => store.fellows?.queue(sid),
    })
  }

  /** Feeds an event to an execution when its turn comes, while nobody waits for it. */
  tell(sid: string, event: FlowEvent): void {
    this.#background.add(this.handle(sid, event), { executionSid: sid }, 'an execution could not be told')
  }

  /** Has the time be up that an execution waits for a reply, as if it had passed; false where it waits for none. */
  async runOut(sid: string): Promise<boolean> {
    return this.#lock.hold(sid, async () => {
      const execution = await this.#parts.store.execution(sid)
      const { for: events = [], dueAt: at } = execution?.waiting ?? {}
      if (execution?.status !== 'active' || !REPLY.every((type) => events.includes(type))) return false
      await this.#goOn(await this.#moves.advance(execution, { type: 'time-ran-out' }, { at }))
      return true
    })
  }

  /** Ends an execution at once: what it has asked for and not got yet finds it ended. */
  async stop(sid: string): Promise<Execution | undefined> {
    const execution = await this.#parts.store.execution(sid)
    if (execution?.status !== 'active') return execution
    return this.#goOn(await this.#moves.insist(execution, { type: 'stopped' }, {}))
  }

  /** Forgets an execution at once, with all that belongs to it. */
  remove(sid: string): Promise<void> {
    return this.#parts.store.removeExecution(sid)
  }

  /** Begins to do what was asked for and left by a process that is gone, and to go on from there. */
  async resume(): Promise<void> {
    for (const pending of await this.#parts.store.pendingEffects()) {
      const about = { executionSid: pending.executionSid, effect: pending.effect.type }
      this.#parts.log.info(about, 'an effect was left undone; it is done now')
      this.#background.add(this.#finish(pending), about, 'an effect could not be done')
    }
  }

  /** Sends what an execution has said in an answer that never went out, before it goes on. */
  say(sid: string, messages: readonly UnsentMessage[]): Promise<void> {
    const { outside, log } = this.#parts
    return this.#lock.hold(sid, async () => {
      for (const { id, effect } of messages) {
        const { channel } = waysOf(outside, { address: effect.from }, undefined)
        const sent = await channel.sendMessage(effect, id)
        if (!sent.ok) log.warn({ executionSid: sid, reason: sent.reason }, 'a reply that never went out was refused')
      }
    })
  }

  /** Whether it is to come to an end. */
  get isClosing(): boolean {
    return this.#closing
  }

  /** Begins nothing more that nobody waits for; what is left of it is for `resume`, after the next start. */
  close(): void {
    this.#closing = true
  }

  /** Resolves when nothing is done any more that nobody waits for. */
  settled(): Promise<void> {
    return this.#background.settled()
  }

  #finish({ executionSid, id, effect }: PendingEffect): Promise<void> {
    return this.#lock.hold(executionSid, async () => {
      if (!(await this.#parts.store.claimEffect({ executionSid, id }))) return
      const execution = await this.#parts.store.execution(executionSid)
      if (execution) await this.#goOn({ execution, effectId: id, effect })
    })
  }

  /** Nobody else moves an execution while what it asks for is done. */
  #goOnAlone(moved: Moved, turn?: Turn): Promise<Execution> {
    return this.#lock.hold(moved.execution.sid, () => this.#goOn(moved, turn))
  }

  async #goOn(moved: Moved, turn?: Turn): Promise<Execution> {
    let { execution, effectId, effect } = moved
    while (effect && effectId && (turn || !this.#closing)) {
      const begun = this.#parts.clock.now()
      const { event, attempts } = await this.#answerTo({ id: effectId, effect }, execution, turn)
      const way = { turn, done: effectId, performed: { begun, attempts } }
      const save = () => this.#moves.insist(execution, event, way)
      ;({ execution, effectId, effect } = await untilSaved(save, () => this.#closing))
    }
    return execution
  }

  async #answerTo(
    { id, effect }: Pick<PendingEffect, 'id' | 'effect'>,
    execution: Execution,
    turn: Turn | undefined,
  ): Promise<Answer> {
    const { outside, log } = this.#parts
    const { step } = topFrame(execution)
    const answer = await perform(effect, id, waysOf(outside, execution, turn))
    const { event } = answer
    if (effect.type === 'post-message' && event.type === 'message-sent') await this.#keepOwn(execution, event.message)
    log.debug({ executionSid: execution.sid, request: id, effect: effect.type, event: event.type }, 'effect done')
    return { ...answer, event: { ...event, step } }
  }

  /** A message of ours comes back to the flow by the conversation's webhook: it has been taken in already. */
  async #keepOwn({ sid: executionSid, flowSid }: Execution, { Sid }: Fields): Promise<void> {
    const key = messageKey(String(Sid))
    const own = { flowSid, key, executionSid, answer: '', finished: true }
    await untilSaved(
      () => this.#parts.store.keepDelivery(own),
      () => this.#closing,
    )
  }
}

/** What is waited for where a reply is. */
const REPLY = ['incoming-message', 'time-ran-out'] as const
