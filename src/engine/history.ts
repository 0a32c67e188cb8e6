import { outputKept } from './commit.ts'
import { type Context, contextOf, type Execution, type Frame, type Step } from './execution.ts'
import { merge } from './fields.ts'

/** The context as it was right after the last of these steps of an execution, which are all of them from the first on (engine.md 2.4). Pure. */
export function contextAfter(execution: Execution, steps: readonly Step[]): Context {
  const [main] = execution.frames
  const last = steps.at(-1)
  if (!main || !last) return contextOf(execution)
  const own = steps.filter(({ parentStep }) => parentStep === last.parentStep)
  const parent = own.find((step) => step.parent)?.parent
  const entered: Frame = {
    ...main,
    flowSid: last.flowSid,
    trigger: parent ? { ...main.trigger, parent } : main.trigger,
    variables: undefined,
    widgets: {},
  }
  return contextOf({ ...execution, frames: [own.reduce(withStep, entered)] })
}

function withStep(frame: Frame, { type, from, output, variables }: Step): Frame {
  return {
    ...frame,
    ...(type !== 'trigger' && { widgets: outputKept(frame.widgets, from, output) }),
    ...(variables && { variables: merge(frame.variables ?? {}, variables) }),
  }
}
