import { withAddOns } from './add-ons.ts'
import { commit, type Followed, type Leaving } from './commit.ts'
import type { Placed } from './compile.ts'
import { parting, writing } from './conversation.ts'
import type { Effect } from './effect.ts'
import type { EventType, FlowEvent, Params } from './event.ts'
import { type EndedReason, type Execution, type Step, topFrame, withTopFrame } from './execution.ts'
import type { Flows } from './flows.ts'
import { type Moment, sidOf } from './moment.ts'
import { opened } from './opened-conversation.ts'
import { fewOf, type LoggedWarning, WalkRecord } from './record.ts'
import { owesRequest, partingWait, resting } from './resting.ts'
import { type Stop, stopAt, stopBefore, stopFor, tooMuch } from './stop.ts'
import { enterSubflow, leaveSubflow, withSubflows } from './subflow.ts'
import { type Arrival, arrive } from './visit.ts'
import { WARNING, type Warning } from './warning.ts'
import type { Result } from './widget.ts'

/** Where an event has led. */
export interface Advanced {
  readonly execution: Execution
  readonly steps: readonly Step[]
  readonly warnings: readonly LoggedWarning[]
  /** What is to be done before the walk can go on. */
  readonly effect?: Effect | undefined
}

/** One walk from an event to the next rest: enters widgets, follows their exits, stops at limits. */
export class Walk {
  readonly #flows: Flows
  readonly #moment: Moment
  readonly #record = new WalkRecord()
  #execution: Execution
  #effect: Effect | undefined
  #sidsDrawn = 0

  constructor(flows: Flows, execution: Execution, moment: Moment) {
    this.#flows = flows
    this.#execution = execution
    this.#moment = moment
  }

  rest(): Advanced {
    const { steps, warnings } = this.#record
    return { execution: this.#execution, steps, warnings, effect: this.#effect }
  }

  end(reason: EndedReason): Advanced {
    const { document, ...execution } = this.#execution
    this.#execution = { ...execution, status: 'ended', endedReason: reason, waiting: undefined }
    this.#effect = parting(execution)
    return this.rest()
  }

  /** Nothing moves any more: a conversation that comes too late is left, and what could not be put in order is written down, and what came on the way to the end. */
  part(event: FlowEvent): Advanced {
    if (event.type === 'conversation-opened') this.#effect = parting(opened(event))
    if (event.step !== undefined && isMessage(event.type))
      this.#unexpected(`${event.type} came while the flow was at work, and then it ended; it is ignored`)
    if (event.type === 'conversation-left' && event.reason !== undefined)
      this.#warn({ code: WARNING.conversationFailed, message: `the conversation could not be left: ${event.reason}` })
    return this.rest()
  }

  /** What keeps the execution from going on at all; the walk is over then. */
  stopped(): Advanced | undefined {
    const stop = stopFor(this.#execution)
    if (!stop) return undefined
    this.#stop(stop)
    return this.rest()
  }

  /** Enters the first widget of the flow; nearly always the trigger. */
  begin(): Result | undefined {
    const { flowSid, revision } = topFrame(this.#execution)
    const flow = this.#flows.flow(flowSid, revision)
    this.#execution = withSubflows(this.#execution, flow, this.#flows.subflow)
    const stop = stopBefore(flow, this.#flows.subflow)
    return stop ? this.#stop(stop) : this.#open()
  }

  /** What the widget on which the execution stands makes of an event; nothing when the walk rests where it is. */
  receive(event: FlowEvent): Result | undefined {
    if (event.type === 'call-ended') return this.#callEnded(event.params)
    const { waiting } = this.#execution
    const expected = waiting?.for.includes(event.type)
    // Nothing was heard of the call any more, or nothing more came of it.
    if (event.type === 'time-ran-out' && (!expected || waiting?.parting)) return this.#hangUp(waiting?.parting ?? {})
    const { visit, invalid } = this.#arrive()
    if (expected && invalid) return this.#leftInvalid()
    const result = expected ? this.#placed().widget.resume?.(visit, event) : undefined
    if (result) this.#execution = withAddOns(this.#execution, event)
    else this.#unexpected(`${JSON.stringify(visit.name)} does not expect ${event.type}; it is ignored`)
    return result
  }

  /** Leaves an event alone that concerns another visit. A message is noted; a call that ended before this widget was entered has heard nothing of it. */
  late({ type, step }: FlowEvent): Advanced {
    if (step === undefined || !(isMessage(type) || type === 'call-ended')) return this.rest()
    this.#unexpected(`${type} came before ${JSON.stringify(topFrame(this.#execution).at)} was entered; it is ignored`)
    const isHeard = type === 'call-ended' && this.#execution.waiting?.for.includes('continued')
    return isHeard ? this.end('HANGUP') : this.rest()
  }

  /** Does what a widget answered; gives the next answer, or nothing when the walk rests. */
  follow(result: Result, event: FlowEvent): Result | undefined {
    for (const warning of fewOf(result.warnings ?? [])) this.#warn(warning)
    switch (result.kind) {
      case 'wait':
        return this.#wait(result)
      case 'exit':
        return this.#leave(result, event)
      case 'call':
        return this.#call(result)
      case 'give-up':
        this.#commit(result, undefined)
        this.end('FLOW_END')
        this.#execution = { ...this.#execution, document: result.document }
        return undefined
      default:
        return result satisfies never
    }
  }

  #wait(result: Extract<Result, { kind: 'wait' }>): undefined {
    const { call } = this.#execution
    if (result.document && call && !call.live) return void this.end('HANGUP')
    this.#effect = result.effect
    this.#execution = resting(writing(this.#execution, result.effect), result, this.#moment.now)
  }

  #leave(result: Extract<Result, { kind: 'exit' }>, event: FlowEvent): Result | undefined {
    const { name, transitions } = this.#placed()
    const index = result.branch?.index ?? transitions.findIndex(({ event }) => event === result.exit)
    const transition = transitions[index]
    if (!transition) {
      this.#unexpected(`${JSON.stringify(name)} has no transition for ${JSON.stringify(result.exit)}`)
      if (LEAVES_WAITING.has(event.type) && this.#execution.waiting) return undefined
    }
    if (!this.#record.takes(result)) return this.#stop(tooMuch(name))
    this.#commit(result, transition && { index, next: transition.next })
    if (transition?.next !== undefined) return this.#enter(transition.next)
    return !transition && result.exit === 'hangup' ? void this.end('HANGUP') : this.#endFrame()
  }

  /** Ends the visit: what it gave out is written, and the step that it becomes is kept. */
  #commit(leaving: Leaving, followed: Followed | undefined): void {
    const { execution, step } = commit(
      this.#execution,
      { ...leaving, followed, type: this.#placed().type },
      this.#moment,
    )
    this.#execution = execution
    this.#record.steps.push(step)
  }

  #enter(name: string): Result | undefined {
    const frame = topFrame(this.#execution)
    const repeats = frame.at === name ? frame.repeats + 1 : 1
    this.#execution = withTopFrame(this.#execution, { at: name, step: this.#drawSid('FT'), repeats })
    return this.#open()
  }

  #open(): Result | undefined {
    const { call } = this.#execution
    const placed = this.#placed()
    const stop = stopAt(this.#execution, placed)
    if (stop) return this.#stop(stop)
    if (placed.widget.needs === 'call' && !call?.live) return void this.end('HANGUP')
    const arrival = this.#arrive()
    this.#flows.onEnter?.(arrival)
    for (const warning of fewOf(arrival.warnings)) this.#warn(warning)
    return arrival.invalid ? this.#leftInvalid() : placed.widget.enter(arrival.visit)
  }

  /** The filled properties cannot be used at all. */
  #leftInvalid(): Result {
    return { kind: 'exit', exit: this.#placed().widget.onInvalid ?? 'failed' }
  }

  #call(result: Extract<Result, { kind: 'call' }>): Result | undefined {
    const isNested = this.#execution.frames.length > 1
    const subflow = isNested ? undefined : this.#flows.subflow(result.flowSid, result.revision)
    if (!subflow) {
      const why = isNested ? 'a subflow cannot enter another' : 'there is no such flow or revision'
      const message = `the subflow ${JSON.stringify(result.flowSid)} (${result.revision}) cannot be entered: ${why}`
      return { kind: 'exit', exit: 'failed', warnings: [{ code: WARNING.subflow, message }] }
    }
    this.#execution = enterSubflow(this.#execution, subflow, result.parameters, this.#drawSid('FT'))
    return this.#open()
  }

  #endFrame(): Result | undefined {
    if (this.#execution.frames.length === 1) return void this.end('FLOW_END')
    const { execution, output } = leaveSubflow(this.#execution)
    this.#execution = execution
    return { kind: 'exit', exit: 'completed', output }
  }

  /** What a verb still has to bring can come after the news of the end (twiml.md 6.2); it is waited for, so that no voicemail is lost. */
  #callEnded(params: Params): Result | undefined {
    const { waiting, document } = this.#execution
    if (waiting?.parting) return undefined
    if (!waiting || !owesRequest(document)) return this.#hangUp(params)
    this.#execution = { ...this.#execution, waiting: partingWait(waiting, params, this.#moment.now) }
    return undefined
  }

  /** The call is over: by the exit for it where the widget has one, else to the end; a wait for something else goes on (widgets.md 2.3). */
  #hangUp(params: Params): Result | undefined {
    const { call, waiting } = this.#execution
    if (call) this.#execution = { ...this.#execution, call: { ...call, live: false } }
    const { name, widget, transitions } = this.#placed()
    const isHeard = waiting?.for.includes('continued')
    const exit = transitions.find(({ event }) => event === 'hangup')
    if (isHeard && exit && widget.exits.includes('hangup')) return { kind: 'exit', exit: 'hangup', output: params }
    this.#unexpected(`the call ended in ${JSON.stringify(name)}, which has no transition for that`)
    return isHeard ? void this.end('HANGUP') : undefined
  }

  #stop({ reason, ...warning }: Stop): undefined {
    this.#warn(warning)
    this.end(reason)
  }

  #unexpected(message: string): void {
    this.#warn({ code: WARNING.unexpectedEvent, message })
  }

  #warn(warning: Warning): void {
    const { step, at: widget } = topFrame(this.#execution)
    this.#record.warn({ ...warning, step, widget, date: this.#moment.now })
  }

  #arrive(): Arrival {
    return arrive(this.#placed(), this.#execution, this.#moment)
  }

  #placed(): Placed {
    const { flowSid, revision, at } = topFrame(this.#execution)
    const placed = this.#flows.flow(flowSid, revision).widgets.get(at)
    if (!placed) throw new Error(`flow ${flowSid} revision ${revision} has no widget ${JSON.stringify(at)}`)
    return placed
  }

  #drawSid(prefix: string): string {
    this.#sidsDrawn += 1
    return sidOf(prefix, this.#moment, this.#sidsDrawn)
  }
}

/** Whether an event is what somebody has written, which is worth a word also when it comes late. */
export function isMessage(type: EventType): boolean {
  return type === 'incoming-message' || type === 'incoming-conversation-message'
}

/** Events without which a widget can go on waiting. */
const LEAVES_WAITING: ReadonlySet<string> = new Set([
  'message-status',
  'incoming-message',
  'incoming-conversation-message',
])
