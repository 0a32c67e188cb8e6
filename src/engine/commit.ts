import { type Execution, type Step, topFrame, withTopFrame } from './execution.ts'
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

type Left = Leaving & {
  /** Type of the widget that is left. */
  readonly type: string
  readonly followed: Followed | undefined
}

/** Writes what a visit gave out into the context, and the step that it becomes (engine.md 1.1). A trigger has no outputs. */
export function commit(
  execution: Execution,
  left: Left,
  { now }: Moment,
): { readonly execution: Execution; readonly step: Step } {
  const frame = topFrame(execution)
  const { variables, output: ownOutput = {}, call = execution.call, conversation = execution.conversation } = left
  const output = merge(execution.waiting?.output ?? {}, ownOutput)
  const widgets = left.type === 'trigger' ? frame.widgets : outputKept(frame.widgets, frame.at, output)
  const change = variables ? { widgets, variables: merge(frame.variables ?? {}, variables) } : { widgets }
  const steps = execution.steps + 1
  return {
    execution: {
      ...withTopFrame(execution, change),
      call,
      conversation,
      steps,
      document: undefined,
      waiting: undefined,
    },
    step: stepOf(execution, { ...left, output }, now),
  }
}

/** What widgets have given out, with what one of them gives out more: it is merged into what there is (widgets.md 2.2). */
export function outputKept(widgets: Fields, name: string, output: Fields): Fields {
  const before = field(widgets, name)
  return { ...widgets, [name]: isFields(before) ? merge(before, output) : output }
}

function stepOf(execution: Execution, left: Left & { readonly output: Fields }, date: number): Step {
  const { step: sid, parentStep, flowSid, at: from, trigger } = topFrame(execution)
  const { exit: name, type, followed, output, variables, compared = [] } = left
  return {
    sid,
    parentStep,
    flowSid,
    name,
    type,
    from,
    to: followed?.next ?? 'Ended',
    ...(followed && { transition: followed.index }),
    date,
    output,
    variables,
    ...(compared.length > 0 && { compared }),
    ...(type === 'trigger' && isFields(trigger.parent) && { parent: trigger.parent }),
  }
}
