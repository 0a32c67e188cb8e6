import type { Placed } from './compile.ts'
import { parting } from './conversation.ts'
import type { Effect } from './effect.ts'
import { type EndedReason, type Execution, type Step, topFrame } from './execution.ts'
import type { Flows } from './flows.ts'
import { type Moment, sidOf } from './moment.ts'
import { type LoggedWarning, WalkRecord } from './record.ts'
import type { Stop } from './stop.ts'
import { type Arrival, arrive } from './visit.ts'
import { WARNING, type Warning } from './warning.ts'

/** Where an event has led. */
export interface Advanced {
  readonly execution: Execution
  readonly steps: readonly Step[]
  readonly warnings: readonly LoggedWarning[]
  /** What is to be done before the walk can go on. */
  readonly effect?: Effect | undefined
}

/** Who takes a walk: the execution as it stands by now, and what is written down on the way. */
export class Walker {
  readonly flows: Flows
  readonly moment: Moment
  readonly record = new WalkRecord()
  execution: Execution
  effect: Effect | undefined
  #sidsDrawn = 0

  constructor(flows: Flows, execution: Execution, moment: Moment) {
    this.flows = flows
    this.execution = execution
    this.moment = moment
  }

  rest(): Advanced {
    const { steps, warnings } = this.record
    return { execution: this.execution, steps, warnings, effect: this.effect }
  }

  end(reason: EndedReason): Advanced {
    const { document, ...execution } = this.execution
    this.execution = { ...execution, status: 'ended', endedReason: reason, waiting: undefined }
    this.effect = parting(execution)
    return this.rest()
  }

  stop({ reason, ...warning }: Stop): undefined {
    this.warn(warning)
    this.end(reason)
  }

  unexpected(message: string): void {
    this.warn({ code: WARNING.unexpectedEvent, message })
  }

  warn(warning: Warning): void {
    const { step, at: widget } = topFrame(this.execution)
    this.record.warn({ ...warning, step, widget, date: this.moment.now })
  }

  /** Pays its visit to the widget on which it stands. */
  arrive(): Arrival {
    return arrive(this.placed(), this.execution, this.moment)
  }

  /** The widget on which it stands. */
  placed(): Placed {
    const { flowSid, revision, at } = topFrame(this.execution)
    const placed = this.flows.flow(flowSid, revision).widgets.get(at)
    if (!placed) throw new Error(`flow ${flowSid} revision ${revision} has no widget ${JSON.stringify(at)}`)
    return placed
  }

  drawSid(prefix: string): string {
    this.#sidsDrawn += 1
    return sidOf(prefix, this.moment, this.#sidsDrawn)
  }
}
