import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Clock } from '../clock/clock.ts'
import { advance, begin } from '../engine/advance.ts'
import { callerIn, executionFor } from '../engine/birth.ts'
import type { Effect } from '../engine/effect.ts'
import type { FlowEvent, StartEvent } from '../engine/event.ts'
import { type Execution, topFrame } from '../engine/execution.ts'
import type { Fields } from '../engine/fields.ts'
import type { Moment } from '../engine/moment.ts'
import type { Advanced } from '../engine/walk.ts'
import { WARNING } from '../engine/warning.ts'
import { type Happened, type PendingEffect, type SavedDelivery, StaleExecution, type Store } from '../store/store.ts'
import { Background } from './background.ts'
import type { FlowLibrary } from './flows.ts'
import { messageKey } from './inbox.ts'
import { Lock } from './lock.ts'
import { type Outside, perform } from './perform.ts'
import type { RateLimit } from './rate-limit.ts'
import { reply } from './reply.ts'
import type { Turn } from './turn.ts'

/** What the runtime is made of. */
export interface RuntimeParts {
  readonly store: Store
  readonly flows: FlowLibrary
  readonly outside: Outside
  readonly log: Logger
  readonly clock: Clock
  readonly accountSid: string
  readonly messageReplies: 'twiml' | 'rest'
  /** Whether what moves an execution is kept with it. */
  readonly keepsEvents: boolean
  /** The webhook URL of a flow where no request says how the carrier reaches us. */
  webhookUrl(flowSid: string): string
  /** How many executions begin in a second by calls and messages, and how many over REST. */
  readonly limits: { readonly inbound: RateLimit; readonly rest: RateLimit }
  /** Told when an execution begins to wait for a time. */
  onDue(at: number): void
  /** Told of every move once it is saved. */
  onMove?(move: Move): void
}

/** A move of an execution as it was saved: what happened, and where it led. */
export interface Move extends Advanced, Happened {}

/** Feeds events to executions and does what the engine asks for, one event at a time for each execution, saving before doing. */
export class Runtime {
  readonly #parts: RuntimeParts
  readonly #lock = new Lock()
  readonly #background: Background

  constructor(parts: RuntimeParts) {
    this.#parts = parts
    this.#background = new Background(parts.log)
  }

  /** Begins an execution and walks it to its first rest; nothing when there is no such flow. Throws `AlreadyActive`, or a `Refusal` where too many begin at once. */
  async start(flowSid: string, event: StartEvent, turn?: Turn): Promise<Execution | undefined> {
    const begun = await this.#begin(flowSid, event, turn)
    return begun && this.#goOnAlone(begun, turn)
  }

  /** Begins an execution as `start` does, but answers once it is saved; what it asks for is done afterwards. */
  async launch(flowSid: string, event: StartEvent): Promise<Execution | undefined> {
    const begun = await this.#begin(flowSid, event)
    if (!begun) return undefined
    const { execution } = begun
    this.#background.add(this.#goOnAlone(begun), { executionSid: execution.sid }, 'an execution broke off')
    return execution
  }

  /** Feeds an event to an execution and walks it to its next rest. */
  async handle(sid: string, event: FlowEvent, turn?: Turn): Promise<Execution | undefined> {
    return this.#lock.hold(sid, async () => {
      const execution = await this.#parts.store.execution(sid)
      if (execution?.status !== 'active') return execution
      const moved = await this.#move(execution, event, { turn })
      return this.#goOn(moved, turn)
    })
  }

  /** Forgets an execution, with all that belongs to it. */
  remove(sid: string): Promise<void> {
    return this.#lock.hold(sid, () => this.#parts.store.removeExecution(sid))
  }

  /** Begins to do what was asked for before the process was stopped, and to go on from there. */
  async resume(): Promise<void> {
    for (const pending of await this.#parts.store.pendingEffects()) {
      const about = { executionSid: pending.executionSid, effect: pending.effect.type }
      this.#parts.log.info(about, 'an effect was left undone; it is done now')
      this.#background.add(this.#finish(pending), about, 'an effect could not be done')
    }
  }

  /** Resolves when nothing is done any more that nobody waits for. */
  settled(): Promise<void> {
    return this.#background.settled()
  }

  async #begin(flowSid: string, event: StartEvent, turn?: Turn): Promise<Moved | undefined> {
    const { flows, limits } = this.#parts
    const flow = await flows.forContact(flowSid, callerIn(event))
    if (!flow) return undefined
    limits[event.type === 'incoming-request' ? 'rest' : 'inbound'].count()
    const moment = this.#moment(flowSid, turn)
    const execution = executionFor(flow, this.#parts.accountSid, event, moment)
    const begun = begin(await flows.around(execution), execution, event, moment)
    return { ...(await this.#save({ ...begun, event, moment }, { turn })), effect: begun.effect }
  }

  #finish({ executionSid, id, effect }: PendingEffect): Promise<void> {
    return this.#lock.hold(executionSid, async () => {
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
    while (effect && effectId) {
      const event = await this.#answerTo({ id: effectId, effect }, execution, turn)
      ;({ execution, effectId, effect } = await this.#move(execution, event, { turn, done: effectId }))
    }
    return execution
  }

  async #answerTo(
    { id, effect }: Pick<PendingEffect, 'id' | 'effect'>,
    execution: Execution,
    turn: Turn | undefined,
  ): Promise<FlowEvent> {
    const { outside, accountSid, messageReplies, log, clock } = this.#parts
    const { step } = topFrame(execution)
    const open = messageReplies === 'twiml' ? turn : undefined
    const event =
      reply(effect, open, { accountSid, sid: `SM${randomBytes(16).toString('hex')}`, at: clock.now() }) ??
      (await perform(effect, id, outside))
    if (effect.type === 'post-message' && event.type === 'message-sent') await this.#keepOwn(execution, event.message)
    log.debug({ executionSid: execution.sid, effect: effect.type, event: event.type }, 'effect done')
    return { ...event, step }
  }

  /** A message of ours comes back to the flow by the conversation's webhook: it has been taken in already. */
  async #keepOwn({ sid: executionSid, flowSid }: Execution, { Sid }: Fields): Promise<void> {
    const key = messageKey(String(Sid))
    await this.#parts.store.keepDelivery({ flowSid, key, executionSid, answer: '', finished: true })
  }

  /** Advances and saves; when another process was first, once more from what it saved. */
  async #move(execution: Execution, event: FlowEvent, way: Way): Promise<Moved> {
    const { store, flows } = this.#parts
    const moment = this.#moment(execution.flowSid, way.turn)
    const advanced = advance(await flows.around(execution), execution, event, moment)
    try {
      return { ...(await this.#save({ ...advanced, event, moment }, way)), effect: advanced.effect }
    } catch (error) {
      if (!(error instanceof StaleExecution)) throw error
      const newer = await store.execution(execution.sid)
      if (newer?.status !== 'active') return { execution: newer ?? execution, effectId: undefined, effect: undefined }
      return this.#move(newer, event, way)
    }
  }

  async #save(move: Move, { turn, done }: Way): Promise<Saved> {
    const { execution, steps, warnings, effect, event, moment } = move
    const { store, log, keepsEvents, onDue, onMove } = this.#parts
    const effectId = effect && randomBytes(12).toString('hex')
    if (steps.length > 0) turn?.walk()
    const delivery = turn && savedDelivery(turn, execution, effect === undefined)
    const saved = await store.save({
      execution,
      steps,
      warnings,
      ...(keepsEvents && { happened: { event, moment } }),
      ...(effect && effectId && { effect: { id: effectId, step: topFrame(execution).step, effect } }),
      ...(done && { done }),
      ...(delivery && { delivery }),
    })
    onMove?.({ ...move, execution: saved })
    for (const { code, widget, message } of warnings)
      log[levelOf(code)]({ executionSid: execution.sid, code, widget }, message)
    if (execution.waiting?.dueAt !== undefined) onDue(execution.waiting.dueAt)
    log.debug({ executionSid: execution.sid, at: topFrame(execution).at, status: execution.status }, 'execution rests')
    return { execution: saved, effectId }
  }

  #moment(flowSid: string, turn: Turn | undefined): Moment {
    return {
      now: this.#parts.clock.now(),
      entropy: randomBytes(12).toString('hex'),
      webhookUrl: turn?.delivery.webhookUrl ?? this.#parts.webhookUrl(flowSid),
    }
  }
}

/** A caller who hangs up, as callers do, is told of by 81002: nobody has to be woken for that. */
function levelOf(code: number): 'info' | 'warn' {
  return code === WARNING.unexpectedEvent ? 'info' : 'warn'
}

/** How a move came about: the webhook that waits for it, and the effect that is done with it. */
interface Way {
  readonly turn?: Turn | undefined
  readonly done?: string | undefined
}

interface Saved {
  readonly execution: Execution
  /** The id under which the effect that was asked for is kept until it is done. */
  readonly effectId?: string | undefined
}

/** What is still to be done of it before the execution rests. */
interface Moved extends Saved {
  readonly effect: Effect | undefined
}

function savedDelivery(turn: Turn, execution: Execution, finished: boolean): SavedDelivery | undefined {
  return turn.key === undefined
    ? undefined
    : {
        flowSid: turn.delivery.flowSid,
        key: turn.key,
        executionSid: execution.sid,
        answer: turn.answer(execution),
        finished,
      }
}
