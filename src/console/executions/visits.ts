import type { JsonObject } from '../../flow/record.ts'
import type { Execution, Step } from '../ask/executions.ts'
import { edgeId, type Path } from '../canvas/path.ts'
import { type Placed, placedIn } from '../document/placed.ts'

/** A stay of an execution at a widget. */
export interface Visit {
  /** From 1, as the cards on the canvas bear it. */
  readonly number: number
  readonly sid: string
  readonly widget: string
  /** Of the widget; nothing where it has not been left, and is in another flow. */
  readonly type: string
  readonly flowSid: string
  /** How it was left; nothing where the execution stands, or has ended without leaving. */
  readonly step: Step | undefined
  /** Milliseconds from the end of the visit before to the end of this one. */
  readonly took: number | undefined
}

/** What an execution has come by, one after the other; where it stands, or ended without leaving, comes last. */
export function visitsOf(execution: Execution): readonly Visit[] {
  const { steps, widget, widget_flow_sid: flowSid, step_sid: sid } = execution
  const left = steps.map((step, place): Visit => {
    const { sid, transitioned_from: widget, type, flow_sid: flowSid } = step
    const begun = Date.parse(steps[place - 1]?.date_created ?? execution.date_created)
    const took = Date.parse(step.date_created) - begun
    return { number: place + 1, sid, widget, type, flowSid, step, took }
  })
  if (widget === null || steps.some((step) => step.sid === sid)) return left
  return [...left, { number: left.length + 1, sid, widget, type: '', flowSid, step: undefined, took: undefined }]
}

/** The visits of a flow as a way over its canvas, up to one of them. */
export function pathOf(visits: readonly Visit[], definition: JsonObject, flowSid: string): Path {
  const widgets = new Map(placedIn(definition).map((placed) => [placed.name, placed]))
  const steps = new Map<string, number[]>()
  const edges = new Set<string>()
  for (const { number, widget, step, flowSid: where } of visits) {
    const placed = where === flowSid ? widgets.get(widget) : undefined
    if (!placed) continue // in a subflow, or of a widget that this revision has not
    steps.set(placed.id, [...(steps.get(placed.id) ?? []), number])
    const key = step && keyOf(step, placed)
    if (key !== undefined) edges.add(edgeId(placed.id, key))
  }
  return { steps, edges }
}

function keyOf({ transition, name }: Step, { transitions }: Placed): string | undefined {
  if (transition !== null) return String(transition)
  const place = transitions.findIndex(({ event }) => event === name)
  return place < 0 ? undefined : String(place)
}
