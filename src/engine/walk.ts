import { withAddOns } from './add-ons.ts'
import { commit, type Followed, type Leaving } from './commit.ts'
import { parting, writing } from './conversation.ts'
import type { EventType, FlowEvent } from './event.ts'
import { topFrame, withTopFrame } from './execution.ts'
import { hangUp, hearOfEnd } from './hanging-up.ts'
import { opened } from './opened-conversation.ts'
import { fewOf } from './record.ts'
import { resting } from './resting.ts'
import { stopAt, stopBefore, stopFor, tooMuch } from './stop.ts'
import { enterSubflow, leaveSubflow, withSubflows } from './subflow.ts'
import { type Advanced, Walker } from './walker.ts'
import { WARNING } from './warning.ts'
import type { Result } from './widget.ts'

/** One walk from an event to the next rest: enters widgets, follows their exits, stops at limits. */
export class Walk extends Walker {
  /** Nothing moves any more: a conversation that comes too late is left, and what could not be put in order is written down, and what came on the way to the end. */
  part(event: FlowEvent): Advanced {
    if (event.type === 'conversation-opened') this.effect = parting(opened(event))
    if (event.step !== undefined && isMessage(event.type))
      this.unexpected(`${event.type} came while the flow was at work, and then it ended; it is ignored`)
    if (event.type === 'conversation-left' && event.reason !== undefined)
      this.warn({
        code: WARNING.conversationFailed,
        message: `the conversation could not be left: ${event.reason}`,
      })
    return this.rest()
  }

  /** What keeps the execution from going on at all; the walk is over then. */
  stopped(): Advanced | undefined {
    const stop = stopFor(this.execution)
    if (!stop) return undefined
    this.stop(stop)
    return this.rest()
  }

  /** Enters the first widget of the flow; nearly always the trigger. */
  begin(): Result | undefined {
    const { flowSid, revision } = topFrame(this.execution)
    const flow = this.flows.flow(flowSid, revision)
    this.execution = withSubflows(this.execution, flow, this.flows.subflow)
    const stop = stopBefore(flow, this.flows.subflow)
    return stop ? this.stop(stop) : this.#open()
  }

  /** What the widget on which the execution stands makes of an event; nothing when the walk rests where it is. */
  receive(event: FlowEvent): Result | undefined {
    if (event.type === 'call-ended') return hearOfEnd(this, event.params)
    const { waiting } = this.execution
    const expected = waiting?.for.includes(event.type)
    // Nothing was heard of the call any more, or nothing more came of it.
    if (event.type === 'time-ran-out' && (!expected || waiting?.parting)) return hangUp(this, waiting?.parting ?? {})
    const { visit, invalid } = this.arrive()
    if (expected && invalid) return this.#leftInvalid()
    const result = expected ? this.placed().widget.resume?.(visit, event) : undefined
    if (result) this.execution = withAddOns(this.execution, event)
    else this.unexpected(`${JSON.stringify(visit.name)} does not expect ${event.type}; it is ignored`)
    return result
  }

  /** Leaves an event alone that concerns another visit. A message is noted; a call that ended before this widget was entered has heard nothing of it. */
  late({ type, step }: FlowEvent): Advanced {
    if (step === undefined || !(isMessage(type) || type === 'call-ended')) return this.rest()
    this.unexpected(`${type} came before ${JSON.stringify(topFrame(this.execution).at)} was entered; it is ignored`)
    const isHeard = type === 'call-ended' && this.execution.waiting?.for.includes('continued')
    return isHeard ? this.end('HANGUP') : this.rest()
  }

  /** Does what a widget answered; gives the next answer, or nothing when the walk rests. */
  follow(result: Result, event: FlowEvent): Result | undefined {
    for (const warning of fewOf(result.warnings ?? [])) this.warn(warning)
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
        this.execution = { ...this.execution, document: result.document }
        return undefined
      default:
        return result satisfies never
    }
  }

  #wait(result: Extract<Result, { kind: 'wait' }>): undefined {
    const { call } = this.execution
    if (result.document && call && !call.live) return void this.end('HANGUP')
    this.effect = result.effect
    this.execution = resting(writing(this.execution, result.effect), result, this.moment.now)
  }

  #leave(result: Extract<Result, { kind: 'exit' }>, event: FlowEvent): Result | undefined {
    const { name, transitions } = this.placed()
    const index = result.branch?.index ?? transitions.findIndex(({ event }) => event === result.exit)
    const transition = transitions[index]
    if (!transition) {
      this.unexpected(`${JSON.stringify(name)} has no transition for ${JSON.stringify(result.exit)}`)
      if (LEAVES_WAITING.has(event.type) && this.execution.waiting) return undefined
    }
    if (!this.record.takes(result)) return this.stop(tooMuch(name))
    this.#commit(result, transition && { index, next: transition.next })
    if (transition?.next !== undefined) return this.#enter(transition.next)
    return !transition && result.exit === 'hangup' ? void this.end('HANGUP') : this.#endFrame()
  }

  /** Ends the visit: what it gave out is written, and the step that it becomes is kept. */
  #commit(leaving: Leaving, followed: Followed | undefined): void {
    const { execution, step } = commit(this.execution, { leaving, followed, type: this.placed().type }, this.moment)
    this.execution = execution
    this.record.steps.push(step)
  }

  #enter(name: string): Result | undefined {
    const frame = topFrame(this.execution)
    const repeats = frame.at === name ? frame.repeats + 1 : 1
    this.execution = withTopFrame(this.execution, {
      at: name,
      step: this.drawSid('FT'),
      repeats,
    })
    return this.#open()
  }

  #open(): Result | undefined {
    const { call } = this.execution
    const placed = this.placed()
    const stop = stopAt(this.execution, placed)
    if (stop) return this.stop(stop)
    if (placed.widget.needs === 'call' && !call?.live) return void this.end('HANGUP')
    const arrival = this.arrive()
    this.flows.onEnter?.(arrival)
    for (const warning of fewOf(arrival.warnings)) this.warn(warning)
    return arrival.invalid ? this.#leftInvalid() : placed.widget.enter(arrival.visit)
  }

  /** The filled properties cannot be used at all. */
  #leftInvalid(): Result {
    return { kind: 'exit', exit: this.placed().widget.onInvalid ?? 'failed' }
  }

  #call(result: Extract<Result, { kind: 'call' }>): Result | undefined {
    const isNested = this.execution.frames.length > 1
    const subflow = isNested ? undefined : this.flows.subflow(result.flowSid, result.revision)
    if (!subflow) {
      const why = isNested ? 'a subflow cannot enter another' : 'there is no such flow or revision'
      const message = `the subflow ${JSON.stringify(result.flowSid)} (${result.revision}) cannot be entered: ${why}`
      return { kind: 'exit', exit: 'failed', warnings: [{ code: WARNING.subflow, message }] }
    }
    this.execution = enterSubflow(this.execution, subflow, result.parameters, this.drawSid('FT'))
    return this.#open()
  }

  #endFrame(): Result | undefined {
    if (this.execution.frames.length === 1) return void this.end('FLOW_END')
    const { execution, output } = leaveSubflow(this.execution)
    this.execution = execution
    return { kind: 'exit', exit: 'completed', output }
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
