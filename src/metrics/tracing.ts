import { type Attributes, context, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { Move } from '../runtime/move.ts'
import { ANSWERS } from './answers.ts'

/** Spans of turns, of the widgets that were left in them, and of effects, for whoever has registered an OpenTelemetry SDK. They are made afterwards, with the times at which it happened; without an SDK they do nothing. */
export class Tracing {
  readonly #tracer: Tracer

  constructor(tracer: Tracer) {
    this.#tracer = tracer
  }

  /** An execution was moved, and that was saved. */
  moved(move: Move): void {
    const { before, execution, event, warnings, moment } = move
    const turn = this.#tracer.startSpan('turn', { startTime: moment.now, attributes: aboutMove(move) })
    if (!turn.isRecording()) return
    this.#widgets(turn, move)
    for (const { code, widget, message, date } of warnings) turn.addEvent('warning', { code, widget, message }, date)
    if (execution.endedReason === 'ERROR') turn.setStatus({ code: SpanStatusCode.ERROR })
    turn.end()
    if (before && ANSWERS.has(event.type)) this.#effect(move, before.updatedAt)
  }

  /** A visit begins where the one before it has ended; one that had to wait, when the execution came to rest there. */
  #widgets(turn: Span, { before, steps, moment }: Move): void {
    const within = trace.setSpan(context.active(), turn)
    let startTime = before?.updatedAt ?? moment.now
    for (const { from, type, name, to, date } of steps) {
      const attributes = { widget: from, type, event: name, to }
      this.#tracer.startSpan('widget', { startTime, attributes }, within).end(date)
      startTime = date
    }
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
