import { changedAtTop, type Execution, type Frame, type Step, topFrame } from './execution.ts'
import { type Fields, field, isFields, merge } from './fields.ts'
import type { Moment } from './moment.ts'
import type { Result } from './widget.ts'

/** What a widget answers that it is left with. */
export type Leaving = Extract<Result, { kind: 'exit' | 'give-up' }>

/** The transition that a widget is left by, in its place among the widget's. */
export interface Followed {
  readonly index: number
  readonly next?: string | undefined
}

/** How a widget is left. */
interface Left {
  readonly leaving: Leaving
  /** Type of the widget. */
  readonly type: string
  readonly followed: Followed | undefined
}

/** Writes what a visit gave out into the context, and the step that it becomes (engine.md 1.1). A trigger has no outputs. */
export function commit(
  execution: Execution,
  left: Left,
  { now }: Moment,
): { readonly execution: Execution; readonly step: Step } {
  const { leaving, type } = left
  const { variables, call = execution.call, conversation = execution.conversation } = leaving
  const frame = topFrame(execution)
  const output = merge(execution.waiting?.output ?? {}, leaving.output ?? {})
  const widgets = type === 'trigger' ? frame.widgets : outputKept(frame.widgets, frame.at, output)
  const change = variables ? { widgets, variables: merge(frame.variables ?? {}, variables) } : { widgets }
  return {
    // some of these keys may be new, for which V8 takes its time behind a spread
    execution: Object.assign({}, execution, {
      frames: changedAtTop(execution, change),
      call,
      conversation,
      steps: execution.steps + 1,
      document: undefined,
      waiting: undefined,
    }),
    step: stepOf(frame, left, { output, date: now }),
  }
}

/** What widgets have given out, with what one of them gives out more: it is merged into what there is (widgets.md 2.2). */
export function outputKept(widgets: Fields, name: string, output: Fields): Fields {
  const before = field(widgets, name)
  return { ...widgets, [name]: isFields(before) ? merge(before, output) : output }
}

function stepOf(
  frame: Frame,
  { leaving, type, followed }: Left,
  { output, date }: Pick<Step, 'output' | 'date'>,
): Step {
  const { exit, variables, compared } = leaving
  const { step: sid, parentStep, flowSid, at: from, trigger } = frame
  return {
    sid,
    parentStep,
    flowSid,
    name: exit,
    type,
    from,
    to: followed?.next ?? 'Ended',
    transition: followed?.index,
    date,
    output,
    variables,
    compared: compared?.length ? compared : undefined,
    parent: type === 'trigger' && isFields(trigger.parent) ? trigger.parent : undefined,
  }
}
