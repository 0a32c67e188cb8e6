import { type Execution, topFrame } from '../engine/execution.ts'
import { type Asked, askedIn } from './asked.ts'
import type { Entered, Replayed } from './replay.ts'

/** A stay of an execution at a widget, as a walk that was repeated tells it. Times are epoch milliseconds. */
export interface Visited extends Entered {
  readonly enteredAt: number
  /** What has come to it, in order; what led to it came to the visit before. */
  readonly heard: readonly Heard[]
  readonly asked: readonly Asked[]
}

/** What has come to a visit from outside. */
export interface Heard {
  readonly event: Replayed['event']
  readonly at: number
}

/** The visits that are paid in some moves of an execution, which are all that concern them. */
export function visitedIn(moves: readonly Replayed[]): readonly Visited[] {
  return moves.flatMap(({ entered, moment }, index) =>
    entered.map((one) => {
      const own = stayOf(one.step, moves, index).filter((move) => concernsVisit(move, one.step))
      return { ...one, enteredAt: moment.now, heard: heardIn(own, one.step), asked: askedIn(own, one.step) }
    }),
  )
}

/** The moves of a visit, from the one that enters it on. */
function stayOf(step: string, moves: readonly Replayed[], entered: number): readonly Replayed[] {
  const last = moves.findIndex((move, index) => index >= entered && isOver(move, step))
  return moves.slice(entered, last < 0 ? moves.length : last + 1)
}

/** Whether nothing more can come of a visit. The last one of an execution can still ask for something: the end puts in order what the flow has set up. */
export function isOver({ steps, execution }: Replayed, step: string): boolean {
  return execution.status === 'active' && steps.some(({ sid }) => sid === step)
}

/** Whether a visit is entered in a move, moved by it, or rested at after it. */
export function concernsVisit({ before, entered, execution }: Replayed, step: string): boolean {
  return stepOf(before) === step || stepOf(execution) === step || entered.some((one) => one.step === step)
}

function heardIn(moves: readonly Replayed[], step: string): readonly Heard[] {
  return moves
    .filter(({ event, before, entered }) => (event.step ?? stepOf(before) ?? entered[0]?.step) === step)
    .map(({ event, moment }) => ({ event, at: moment.now }))
}

function stepOf(execution: Execution | undefined): string | undefined {
  return execution && topFrame(execution).step
}
