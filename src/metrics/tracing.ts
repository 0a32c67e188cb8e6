import { type Attributes, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import type { Move } from '../runtime/moves.ts'
import { ANSWERS } from './answers.ts'

/** Spans of turns and effects, for whoever has registered an OpenTelemetry SDK. They are made after the fact, with the times at which it happened; without an SDK they are nothing. */
export class Tracing {
  readonly #tracer: Tracer

  constructor(tracer: Tracer) {
    this.#tracer = tracer
  }

  /** An execution was moved, and that was saved. */
  moved(move: Move): void {
    const { before, execution, event, steps, warnings, moment } = move
    const turn = this.#tracer.startSpan('turn', { startTime: moment.now, attributes: aboutMove(move) })
    if (!turn.isRecording()) return
    for (const { from, type, name, to, date } of steps)
      turn.addEvent('step', { widget: from, type, event: name, to }, date)
    for (const { code, widget, message, date } of warnings) turn.addEvent('warning', { code, widget, message }, date)
    if (execution.endedReason === 'ERROR') turn.setStatus({ code: SpanStatusCode.ERROR })
    turn.end()
    if (before && ANSWERS.has(event.type)) this.#effect(move, before.updatedAt)
  }

  #effect({ execution, event, moment }: Move, startTime: number): void {
    const attributes = { 'execution.sid': execution.sid, answer: event.type }
    this.#tracer.startSpan('effect', { kind: SpanKind.CLIENT, startTime, attributes }).end(moment.now)
  }
}

function aboutMove({ execution, event }: Move): Attributes {
  const { sid, flowSid, channel, status } = execution
  return { 'execution.sid': sid, 'flow.sid': flowSid, channel, event: event.type, status }
}
