import type { Execution, Step } from '../engine/execution.ts'
import type { PlacedWidget } from '../flow/definition.ts'
import type { Exit } from './exits.ts'

/** An execution's way through a flow. */
export interface Walk {
  /** Steps in that flow, from the first on. */
  readonly steps: readonly Step[]
  /** The widget on which the execution still stands. */
  readonly stands?: string | undefined
}

/** The way of an execution through one of its flows. */
export function walkThrough(flowSid: string, execution: Execution, steps: readonly Step[]): Walk {
  const frame = execution.frames.findLast((one) => one.flowSid === flowSid)
  return {
    steps: steps.filter((step) => step.flowSid === flowSid),
    stands: execution.status === 'active' ? frame?.at : undefined,
  }
}

/** The numbers, counted from 1, of the steps that left a widget by an exit. */
export function numbersOf(walk: Walk | undefined, { name }: PlacedWidget, exit: Exit): readonly number[] {
  const steps = walk?.steps ?? []
  return steps.flatMap((step, index) => (step.from === name && leftBy(step, exit) ? [index + 1] : []))
}

/** A step without a transition was the event itself, which may lead nowhere. */
function leftBy(step: Step, { event, transition }: Exit): boolean {
  return step.transition === undefined ? step.name === event : step.transition === transition
}
