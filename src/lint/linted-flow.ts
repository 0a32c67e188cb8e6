import type { FlowDefinition, PlacedWidget } from '../flow/definition.ts'
import { reachable } from '../flow/graph.ts'
import { pointer } from '../flow/issue.ts'
import type { Sliced } from '../flow/straight.ts'
import type { WidgetCatalogue } from '../flow/validate.ts'
import { type PlacedTemplate, templatesIn } from './templates.ts'
import { stepsOf, Ways } from './ways.ts'

/** A flow with everything that rules ask for. */
export interface LintedFlow {
  readonly definition: FlowDefinition
  readonly catalogue: WidgetCatalogue
  readonly known: KnownFlows
  /** By name; of two that share one, the first. */
  readonly widgets: ReadonlyMap<string, PlacedWidget>
  /** The names of the widgets that can be reached. */
  readonly reached: ReadonlySet<string>
  readonly ways: Ways
  /** The same the other way round: where one comes from. */
  readonly waysBack: Ways
  readonly templates: readonly PlacedTemplate[]
}

/** The flows and functions that a flow can call. */
export interface KnownFlows {
  /** By flow sid; without a definition when only the sid is known. */
  readonly flows: ReadonlyMap<string, FlowDefinition | undefined>
  /** Function sids that stand for a function here. */
  readonly functions: ReadonlySet<string>
  /** Whether a sid that is not among them is worth a word. */
  readonly isComplete: boolean
}

/** Gets a flow ready to be judged. */
export function* lintedFlow(
  definition: FlowDefinition,
  catalogue: WidgetCatalogue,
  known: KnownFlows,
): Sliced<LintedFlow> {
  const widgets = new Map([...definition.states].reverse().map((widget) => [widget.name, widget]))
  const steps = stepsOf(widgets)
  return {
    ...{ definition, catalogue, known, widgets },
    reached: reachable(definition),
    ways: new Ways(steps),
    waysBack: new Ways(steps.map(([from, to]) => [to, from])),
    templates: yield* templatesIn(definition),
  }
}

/** A widget and the JSON pointer of one of its values. */
export interface Spot {
  readonly widget: PlacedWidget
  readonly path: (...inside: readonly PropertyKey[]) => string
}

/** The widgets of these types, in order; all of them when none is named. */
export function spotsOf({ states }: FlowDefinition, ...types: readonly string[]): readonly Spot[] {
  const spots = states.map((widget, index) => ({
    widget,
    path: (...inside: readonly PropertyKey[]) => pointer(['states', index, ...inside]),
  }))
  return types.length === 0 ? spots : spots.filter(({ widget }) => types.includes(widget.type))
}
