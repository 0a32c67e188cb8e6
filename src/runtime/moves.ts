import type { Logger } from 'pino'
import type { Clock } from '../clock/clock.ts'
import { advancing, beginning, concerns } from '../engine/advance.ts'
import { executionFor, namedEndsOf } from '../engine/birth.ts'
import type { Effect } from '../engine/effect.ts'
import type { FlowEvent, StartEvent } from '../engine/event.ts'
import { type Execution, topFrame } from '../engine/execution.ts'
import type { Moment } from '../engine/moment.ts'
import type { Advanced } from '../engine/walk.ts'
import { WARNING } from '../engine/warning.ts'
import type { SavedDelivery } from '../store/saved-delivery.ts'
import { type Happened, type Performed, type Moved as Saving, StaleExecution, type Store } from '../store/store.ts'
import type { FlowLibrary } from './flows.ts'
import { randomHex } from './random.ts'
import type { RateLimit } from './rate-limit.ts'
import { trialAt } from './trial-address.ts'
import type { Turn } from './turn.ts'
import { walked } from './walked.ts'

/** What moves are made with. */
export interface MoveParts {
  readonly store: Store
  readonly flows: FlowLibrary
  readonly log: Logger
  readonly clock: Clock
  readonly accountSid: string
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
export interface Move extends Advanced, Happened {
  /** What it was before; nothing where it has just begun. */
  readonly before?: Execution | undefined
}

/** Where a move has led, and what is still to be done of it before the execution rests. */
export interface Moved {
  readonly execution: Execution
  readonly effect: Effect | undefined
  /** The id under which the effect is kept until it is done. */
  readonly effectId?: string | undefined
}

/** How a move came about: the webhook that waits for it, and the effect that is done with it. */
export interface Way {
  readonly turn?: Turn | undefined
  readonly done?: string | undefined
  readonly performed?: Performed | undefined
  /** When it is taken to happen, where that is not now; epoch milliseconds. */
  readonly at?: number | undefined
  /** Whether it lets those go first who wait for the execution at other instances. */
  readonly givesWay?: boolean
}

/** Has the engine walk from one event to the next rest, and saves where that has led: all of it, or nothing. */
export class Moves {
  readonly #parts: MoveParts

  constructor(parts: MoveParts) {
    this.#parts = parts
  }

  /** Begins an execution; nothing when there is no such flow. Throws `AlreadyActive`, or a `Refusal` where too many begin at once. */
  async begin(flowSid: string, event: StartEvent, turn?: Turn): Promise<Moved | undefined> {
    const { flows, limits } = this.#parts
    const flow = await flows.forContact(flowSid, namedEndsOf(event))
    if (!flow) return undefined
    limits[event.type === 'incoming-request' ? 'rest' : 'inbound'].count()
    const moment = this.#moment(flowSid, { turn })
    const execution = executionFor(flow, this.#parts.accountSid, event, moment)
    const begun = await walked(beginning(await flows.around(execution), execution, event, moment))
    const isOnly = event.type === 'incoming-call' && !flow.allowConcurrentCalls
    return this.#save({ ...begun, event, moment }, { turn, exclusive: isOnly ? callerOf(execution) : undefined })
  }

  /** Advances and saves; throws `StaleExecution` when another process was first. */
  async advance(execution: Execution, event: FlowEvent, way: Way): Promise<Moved> {
    const moment = this.#moment(execution.flowSid, way)
    const advanced = await walked(advancing(await this.#parts.flows.around(execution), execution, event, moment))
    return this.#save({ ...advanced, before: execution, event, moment, performed: way.performed }, way)
  }

  /** Advances and saves; when another process was first, once more from what it saved. */
  async insist(execution: Execution, event: FlowEvent, way: Way): Promise<Moved> {
    try {
      return await this.advance(execution, event, way)
    } catch (error) {
      if (!(error instanceof StaleExecution)) throw error
      const newer = await this.#parts.store.execution(execution.sid)
      if (!newer || !concerns(newer, event)) return { execution: newer ?? execution, effect: undefined }
      return this.insist(newer, event, way)
    }
  }

  async #save(move: Move, { turn, done, givesWay, exclusive }: Way & Pick<Saving, 'exclusive'>): Promise<Moved> {
    const { execution, before, steps, warnings, effect, event, moment, performed } = move
    const { store, log, keepsEvents, onDue, onMove } = this.#parts
    const effectId = effect && randomHex(12)
    const delivery = turn && savedDelivery(turn, move)
    const saved = await store.save({
      execution,
      before,
      steps,
      warnings,
      ...(keepsEvents && { happened: { event, moment, performed } }),
      ...(effect && effectId && { effect: { id: effectId, step: topFrame(execution).step, effect } }),
      ...(done && { done }),
      ...(delivery && { delivery }),
      ...(givesWay && store.fellows && { givesWay }),
      ...(exclusive !== undefined && { exclusive }),
    })
    if (turn) turn.isNew = false
    if (steps.length > 0) turn?.walk()
    onMove?.({ ...move, execution: saved })
    const about = { executionSid: execution.sid, requestId: turn?.delivery.requestId }
    for (const { code, widget, message } of warnings) log[levelOf(code)]({ ...about, code, widget }, message)
    if (execution.waiting?.dueAt !== undefined) onDue(execution.waiting.dueAt)
    log.debug({ ...about, at: topFrame(execution).at, status: execution.status }, 'execution rests')
    return { execution: saved, effect, effectId }
  }

  #moment(flowSid: string, { turn, at }: Way): Moment {
    return {
      now: at ?? this.#parts.clock.now(),
      entropy: randomHex(12),
      webhookUrl: turn?.delivery.webhookUrl ?? this.#parts.webhookUrl(flowSid),
    }
  }
}

/** Who has one call in a flow, where that allows no more; in a trial they are somebody else. */
function callerOf({ contact, address }: Execution): string {
  return `${trialAt(address) ?? ''}/${contact}`
}

/** A caller who hangs up, as callers do, is told of by 81002: nobody has to be woken for that. */
function levelOf(code: number): 'info' | 'warn' {
  return code === WARNING.unexpectedEvent ? 'info' : 'warn'
}

function savedDelivery(turn: Turn, { execution, steps, effect }: Move): SavedDelivery | undefined {
  if (turn.key === undefined) return undefined
  return {
    flowSid: turn.delivery.flowSid,
    key: turn.key,
    executionSid: execution.sid,
    ...turn.said(execution, turn.hasWalked || steps.length > 0),
    finished: effect === undefined,
    ...(turn.isNew && { isNew: true }),
  }
}
