import type { Logger } from 'pino'
import type { Clock } from '../clock/clock.ts'
import { advancing, beginning, concerns } from '../engine/advance.ts'
import { executionFor, namedEndsOf } from '../engine/birth.ts'
import type { Flow } from '../engine/compile.ts'
import type { FlowEvent, StartEvent } from '../engine/event.ts'
import { type Execution, topFrame } from '../engine/execution.ts'
import type { Moment } from '../engine/moment.ts'
import { WARNING } from '../engine/warning.ts'
import type { SavedDelivery } from '../store/saved-delivery.ts'
import { type Moved as Saving, StaleExecution, type Store } from '../store/store.ts'
import type { FlowLibrary } from './flows.ts'
import type { Move, Moved, Way } from './move.ts'
import { randomHex } from './random.ts'
import type { RateLimit } from './rate-limit.ts'
import { replyBy } from './reply.ts'
import { trialAt } from './trial-address.ts'
import type { Progress, Reply, Turn } from './turn.ts'
import { walked } from './walked.ts'

/** What moves are made with. */
export interface MoveParts {
  readonly store: Store
  readonly flows: FlowLibrary
  readonly log: Logger
  readonly clock: Clock
  readonly accountSid: string
  /** How a message is answered with messages. */
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

/** Moves that follow on each other without anybody outside, and what the turn says in them. */
interface Walked {
  readonly moves: readonly Move[]
  readonly last: Move
  readonly replies: readonly Reply[]
}

/** Has the engine walk from one event to the next rest, and saves where that has led: all of it, or nothing. */
export class Moves {
  readonly #parts: MoveParts

  constructor(parts: MoveParts) {
    this.#parts = parts
  }

  /** The flow that an execution is to begin in; nothing when there is no such. Throws a `Refusal` where too many begin at once. */
  async admit(flowSid: string, event: StartEvent): Promise<Flow | undefined> {
    const { flows, limits } = this.#parts
    const flow = await flows.forContact(flowSid, namedEndsOf(event))
    if (flow) limits[event.type === 'incoming-request' ? 'rest' : 'inbound'].count()
    return flow
  }

  /** Begins an execution. Throws `AlreadyActive`. */
  async begin(flow: Flow, event: StartEvent, turn?: Turn): Promise<Moved> {
    const { flows } = this.#parts
    const moment = this.#moment(flow.sid, { turn })
    const execution = executionFor(flow, this.#parts.accountSid, event, moment)
    const begun = await walked(beginning(await flows.around(execution), execution, event, moment))
    const isOnly = event.type === 'incoming-call' && !flow.allowConcurrentCalls
    const exclusive = isOnly ? callerOf(execution) : undefined
    return this.#finish({ event, moment, ...begun }, { turn, exclusive })
  }

  /** Advances and saves; throws `StaleExecution` when another process was first. */
  async advance(execution: Execution, event: FlowEvent, way: Way): Promise<Moved> {
    return this.#finish(await this.#move(execution, event, way), way)
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

  async #move(execution: Execution, event: FlowEvent, way: Way): Promise<Move> {
    const moment = this.#moment(execution.flowSid, way)
    const advanced = await walked(advancing(await this.#parts.flows.around(execution), execution, event, moment))
    // what is new stands first: behind a leading spread V8 takes its time for each key (docs/performance.md)
    return { before: execution, event, moment, performed: way.performed, ...advanced }
  }

  /** Goes on as long as what is asked for is a reply to the message that is being answered: nobody outside hears of it before all is saved. */
  async #finish(first: Move, way: Way & Pick<Saving, 'exclusive'>): Promise<Moved> {
    const { turn } = way
    const moves = [first]
    const replies: Reply[] = []
    for (let last = first; ; moves.push(last)) {
      const replied = this.#reply(last, turn, replies)
      if (!replied) return this.#save({ moves, last, replies }, way)
      const { step } = topFrame(last.execution)
      replies.push(replied.reply)
      last = await this.#move(last.execution, { ...replied.event, step }, { turn, performed: replied.performed })
    }
  }

  #reply({ effect }: Move, turn: Turn | undefined, before: readonly Reply[]) {
    const { messageReplies, accountSid, clock } = this.#parts
    if (!turn || messageReplies === 'rest') return undefined
    const at = clock.now()
    const replied = replyBy(effect, { turn, before, accountSid, at })
    return replied && { performed: { begun: at }, ...replied }
  }

  async #save({ moves, last, replies }: Walked, way: Way & Pick<Saving, 'exclusive'>): Promise<Moved> {
    const { turn, done, givesWay, exclusive } = way
    const { execution, effect } = last
    const { store, keepsEvents } = this.#parts
    const effectId = effect && randomHex(12)
    const steps = moves.flatMap((move) => move.steps)
    const progress = { walks: steps.length > 0, replies }
    const delivery = turn && savedDelivery(turn, last, progress)
    const saved = await store.save({
      execution,
      moves: moves.length,
      before: moves[0]?.before,
      steps,
      warnings: moves.flatMap((move) => move.warnings),
      ...(keepsEvents && { happened: moves.map(({ event, moment, performed }) => ({ event, moment, performed })) }),
      ...(effect && effectId && { effect: { id: effectId, step: topFrame(execution).step, effect } }),
      ...(done && { done }),
      ...(delivery && { delivery }),
      ...(givesWay && store.fellows && { givesWay }),
      ...(exclusive !== undefined && { exclusive }),
    })
    if (turn) turn.isNew = false
    turn?.goOn(progress)
    for (const [index, move] of moves.entries()) {
      const version = execution.version + 1 + index
      this.#tell({ ...move, execution: { ...move.execution, version } }, turn)
    }
    return { execution: saved, effect, effectId }
  }

  /** Tells of a move, which is saved. */
  #tell(move: Move, turn: Turn | undefined): void {
    const { execution, warnings } = move
    const { log, onDue, onMove } = this.#parts
    onMove?.(move)
    const { sid: executionSid, status, waiting } = execution
    const requestId = turn?.delivery.requestId
    for (const { code, widget, message } of warnings)
      log[levelOf(code)]({ executionSid, requestId, code, widget }, message)
    if (waiting?.dueAt !== undefined) onDue(waiting.dueAt)
    log.debug({ executionSid, requestId, at: topFrame(execution).at, status }, 'execution rests')
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

function savedDelivery(turn: Turn, { execution, effect }: Move, progress: Progress): SavedDelivery | undefined {
  if (turn.key === undefined) return undefined
  return {
    flowSid: turn.delivery.flowSid,
    key: turn.key,
    executionSid: execution.sid,
    ...turn.said(execution, progress),
    finished: effect === undefined,
    ...(turn.isNew && { isNew: true }),
  }
}
