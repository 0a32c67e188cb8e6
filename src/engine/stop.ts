import type { Flow, Placed } from './compile.ts'
import { type EndedReason, type Execution, topFrame } from './execution.ts'
import type { Flows } from './flows.ts'
import { LIMITS } from './limits.ts'
import { sizeOf } from './subflow.ts'
import { WARNING, type Warning } from './warning.ts'

/** Why a walk cannot go on. */
export interface Stop extends Warning {
  readonly reason: EndedReason
}

/** What keeps a flow from being walked at all (engine.md 1.6). */
export function stopBefore(flow: Flow, subflow: Flows['subflow']): Stop | undefined {
  const size = sizeOf(flow, subflow)
  if (size <= LIMITS.widgets) return undefined
  const message = `the flow and its subflows have ${size} widgets: at most ${LIMITS.widgets} expected`
  return { reason: 'ERROR', code: WARNING.tooManyWidgets, message }
}

/** What keeps an execution from entering the widget it stands on. */
export function stopAt(execution: Execution, { name, type, widget }: Placed): Stop | undefined {
  const { steps, frames, call } = execution
  const here = JSON.stringify(name)
  if (topFrame(execution).repeats > LIMITS.repeats) {
    const message = `${here} was entered more than ${LIMITS.repeats} times in a row`
    return { reason: 'MAX_WIDGET_REPEATS', code: WARNING.tooManyRepeats, message }
  }
  // the steps that are not over yet count as well: one in each frame
  if (steps + frames.length > LIMITS.steps)
    return { reason: 'MAX_STEPS', code: WARNING.tooManySteps, message: `${here} would be step ${LIMITS.steps + 1}` }
  if (widget.needs !== 'call' || call) return undefined
  return {
    reason: 'ERROR',
    code: WARNING.unsupported,
    message: `${here} is a ${type}, which needs a call: there is none`,
  }
}
