import { readFile } from 'node:fs/promises'
import { topFrame } from '../engine/execution.ts'
import type { FlowDefinition, Transition } from '../flow/definition.ts'
import { type Position, positionsIn } from '../flow/file.ts'
import { leadsTo } from '../flow/leads-to.ts'
import { canBeTaken } from './open-exits.ts'
import type { Played, PlayedFlow } from './play.ts'

/** What of a flow was walked in all scenarios together. */
export interface FlowCoverage {
  readonly file: string
  readonly transitions: Share
  readonly widgets: Share
  /** In the order of the flow. */
  readonly neverTaken: readonly Unwalked[]
  readonly neverReached: readonly Unwalked[]
}

export interface Share {
  readonly walked: number
  readonly all: number
}

/** Something of a flow that was not walked, with its place in the file. */
export interface Unwalked {
  readonly position: Position
  readonly text: string
}

/** Adds up where scenarios have been. */
export class Coverage {
  readonly #flows = new Map<string, Walked>()

  /** The flow that was played counts whether it was walked or not, the flows beside it only where they were. */
  add({ read, moves, flows }: Played): void {
    const bySid = new Map(flows.map((flow) => [flow.sid, flow]))
    for (const flow of flows) if (flow.file === read.flowFile) this.#walked(flow)
    for (const { steps, execution } of moves) {
      for (const { flowSid, from, transition } of steps)
        this.#reach(bySid.get(flowSid), from)?.taken.add(`${from}/${transition}`)
      const { flowSid, at } = topFrame(execution)
      this.#reach(bySid.get(flowSid), at)
    }
  }

  /** What was walked of each flow. */
  async flows(): Promise<readonly FlowCoverage[]> {
    const walked = [...this.#flows.values()].sort((one, other) => one.flow.file.localeCompare(other.flow.file))
    return Promise.all(walked.map(coverageOf))
  }

  #walked(flow: PlayedFlow): Walked {
    const walked = this.#flows.get(flow.file) ?? { flow, taken: new Set(), reached: new Set() }
    this.#flows.set(flow.file, walked)
    return walked
  }

  #reach(flow: PlayedFlow | undefined, widget: string): Walked | undefined {
    return flow && this.#add(this.#walked(flow), widget)
  }

  #add(walked: Walked, widget: string): Walked {
    walked.reached.add(widget)
    return walked
  }
}

interface Walked {
  readonly flow: PlayedFlow
  /** `WIDGET/INDEX` of the transitions that were followed. */
  readonly taken: Set<string>
  readonly reached: Set<string>
}

async function coverageOf({ flow: { file, definition }, taken, reached }: Walked): Promise<FlowCoverage> {
  const position = positionsIn(await readFile(file, 'utf8'))
  const transitions = exitsOf(definition)
  const neverTaken = transitions.filter(({ key }) => !taken.has(key))
  const neverReached = definition.states.flatMap(({ name }, index) =>
    reached.has(name) ? [] : [{ text: name, path: `#/states/${index}` }],
  )
  const placed = ({ text, path }: { readonly text: string; readonly path: string }) => ({
    text,
    position: position(path),
  })
  return {
    file,
    transitions: { walked: transitions.length - neverTaken.length, all: transitions.length },
    widgets: { walked: definition.states.length - neverReached.length, all: definition.states.length },
    neverTaken: neverTaken.map(placed),
    neverReached: neverReached.map(placed),
  }
}

interface Exit {
  readonly key: string
  readonly text: string
  readonly path: string
}

/** Every transition that can be taken, those that lead nowhere too. */
function exitsOf(flow: FlowDefinition): readonly Exit[] {
  return flow.states.flatMap((widget, place) =>
    widget.transitions.flatMap((transition, index) => {
      const key = `${widget.name}/${index}`
      const text = `${widget.name}: ${exitText(transition)}`
      const path = `#/states/${place}/transitions/${index}`
      return canBeTaken(flow, widget, transition) ? [{ key, text, path }] : []
    }),
  )
}

function exitText(transition: Transition): string {
  const conditions = (transition.conditions ?? []).map(({ type, value }) => `${type} ${value}`).join(' and ')
  return `${transition.event}${conditions && ` (${conditions})`} → ${leadsTo(transition) ?? 'the end'}`
}
