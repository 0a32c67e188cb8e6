import type { Flow, Placed } from './compile.ts'
import { type EndedReason, type Execution, topFrame } from './execution.ts'
import type { Flows } from './flows.ts'
import { LIMITS } from './limits.ts'
import { sizeOf } from './subflow.ts'
import { WARNING, type Warning } from './warning.ts'
import { weightOf } from './weight.ts'

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

/** What keeps an execution from going on, wherever it stands: what it knows is read and written at each of its steps. */
export function stopFor({ frames }: Execution): Stop | undefined {
  if (weightOf(frames, LIMITS.context) <= LIMITS.context) return undefined
  const message = `the context has more than ${LIMITS.context} characters`
  return { reason: 'ERROR', code: WARNING.tooManySteps, message }
}

/** The stop of a walk that gives out more than can be saved in one go. */
export function tooMuch(name: string): Stop {
  const message = `with ${JSON.stringify(name)} the flow gives out more than ${LIMITS.written} characters in one go`
  return { reason: 'ERROR', code: WARNING.tooManySteps, message }
}

/** What keeps an execution from entering the widget it stands on. */
export function stopAt(execution: Execution, { name, type, widget, length }: Placed): Stop | undefined {
  const { steps, frames, call } = execution
  const here = () => JSON.stringify(name)
  if (topFrame(execution).repeats > LIMITS.repeats) {
    const message = `${here()} was entered more than ${LIMITS.repeats} times in a row`
    return { reason: 'MAX_WIDGET_REPEATS', code: WARNING.tooManyRepeats, message }
  }
  // the steps that are not over yet count as well: one in each frame
  if (steps + frames.length > LIMITS.steps)
    return { reason: 'MAX_STEPS', code: WARNING.tooManySteps, message: `${here()} would be step ${LIMITS.steps + 1}` }
  if (length > LIMITS.widgetLength) {
    const message = `${here()} has ${length} characters in the definition: at most ${LIMITS.widgetLength} expected`
    return { reason: 'ERROR', code: WARNING.tooManyWidgets, message }
  }
  if (widget.needs !== 'call' || call) return undefined
  return {
    reason: 'ERROR',
    code: WARNING.unsupported,
    message: `${here()} is a ${type}, which needs a call: there is none`,
  }
}
