import type { Condition, FlowDefinition, PlacedWidget } from '../flow/definition.ts'
import { leadsTo } from '../flow/leads-to.ts'
import { isPairKey } from '../flow/properties.ts'
import { textFrom } from '../flow/readings.ts'
import { compileFillable, type Fillable } from '../liquid/fill.ts'
import { type LiquidSettings, parseTemplate, type Template } from '../liquid/template.ts'
import { type Branch, type Comparison, holds, type Verdict, type WholeMatch } from './conditions.ts'
import type { Context } from './execution.ts'
import { field } from './fields.ts'
import type { SubflowName } from './subflow-name.ts'
import { unsupported } from './unsupported.ts'
import { WARNING, type Warning } from './warning.ts'
import type { Widget } from './widget.ts'

/** A revision of a flow made ready to walk: types looked up, templates parsed, transitions indexed. Made once per revision. */
export interface Flow {
  readonly sid: string
  readonly revision: number
  readonly initial: string
  readonly allowConcurrentCalls: boolean
  readonly widgets: ReadonlyMap<string, Placed>
  readonly subflows: readonly SubflowName[]
}

/** A widget placed in a flow. */
export interface Placed {
  readonly name: string
  readonly type: string
  readonly widget: Widget
  readonly properties: Fillable
  readonly transitions: readonly Exit[]
  /** The `match` transitions, their conditions read in this context. */
  branches(context: Context, now: number): readonly Branch[]
  valueAt(path: readonly (string | number)[], context: Context, now: number): unknown
}

interface Exit {
  readonly event: string
  readonly next?: string | undefined
}

/** What compiling needs from outside the engine. */
export interface Toolbox {
  readonly widgets: ReadonlyMap<string, Widget>
  readonly liquid: LiquidSettings
  readonly wholeMatch: WholeMatch
}

export interface FlowSource {
  readonly sid: string
  readonly revision: number
  readonly definition: FlowDefinition
}

/** Makes a revision ready to walk. */
export function compile({ sid, revision, definition }: FlowSource, toolbox: Toolbox): Flow {
  return {
    sid,
    revision,
    initial: definition.initial_state,
    allowConcurrentCalls: definition.flags?.allow_concurrent_calls ?? false,
    widgets: new Map(definition.states.map((state) => [state.name, place(state, toolbox)])),
    subflows: definition.states.filter(({ type }) => type === 'run-subflow').map(subflowOf),
  }
}

function subflowOf({ properties }: PlacedWidget): SubflowName {
  return {
    flowSid: textFrom(properties?.flow_sid) ?? '',
    revision: textFrom(properties?.flow_revision) || 'LatestPublished',
  }
}

function place(state: PlacedWidget, toolbox: Toolbox): Placed {
  const properties = withoutNulls(state.properties ?? {})
  const templates = new Map<string, Template>()
  const conditions = state.transitions.flatMap(({ event, conditions }, index) =>
    event === 'match'
      ? [{ index, all: (conditions ?? []).map((condition) => compileCondition(condition, toolbox)) }]
      : [],
  )
  return {
    name: state.name,
    type: state.type,
    widget: toolbox.widgets.get(state.type) ?? unsupported(state.type, state.transitions),
    properties: compileFillable(properties, { ...toolbox.liquid, isLiteral: isPairKey }),
    transitions: state.transitions.map((transition) => ({ event: transition.event, next: leadsTo(transition) })),
    branches: (context, now) =>
      conditions.map(({ index, all }) => ({
        index,
        holds: (input) => allHold(all.map((one) => () => one(input, context, now))),
      })),
    valueAt: (path, context, now) => {
      const raw = path.reduce<unknown>(at, properties)
      if (typeof raw !== 'string') return raw
      const template = templates.get(raw) ?? parseTemplate(raw, toolbox.liquid)
      templates.set(raw, template)
      const evaluated = template.evaluate({ ...context }, now)
      return evaluated.ok ? evaluated.value : ''
    },
  }
}

/** Old exports list every property there is, the unused ones as null. */
function withoutNulls(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null))
}

function at(value: unknown, key: string | number): unknown {
  return Array.isArray(value) ? value[Number(key)] : field(value, String(key))
}

type CompiledCondition = (input: string, context: Context, now: number) => Verdict

function compileCondition(condition: Condition, { liquid, wholeMatch }: Toolbox): CompiledCondition {
  const [argument] = condition.arguments ?? []
  const operand = argument ? parseTemplate(argument, liquid) : undefined
  const value = parseTemplate(condition.value ?? '', liquid)
  return (input, context, now) => {
    const left = operand?.render({ ...context }, now) ?? ({ ok: true, text: input } as const)
    const right = value.render({ ...context }, now)
    const verdict = holds(condition.type, left.ok ? left.text : '', right.ok ? right.text : '', wholeMatch)
    return { ...verdict, warnings: [...templateWarnings(left), ...templateWarnings(right), ...verdict.warnings] }
  }
}

function templateWarnings(rendered: { readonly ok: true } | { readonly ok: false; readonly error: string }): Warning[] {
  return rendered.ok ? [] : [{ code: WARNING.template, message: `a condition could not be filled: ${rendered.error}` }]
}

/** A transition without conditions never holds; several are all required. */
function allHold(conditions: readonly (() => Verdict)[]): Verdict {
  const warnings: Warning[] = []
  const comparisons: Comparison[] = []
  for (const condition of conditions) {
    const verdict = condition()
    warnings.push(...verdict.warnings)
    comparisons.push(...verdict.comparisons)
    if (!verdict.holds) return { holds: false, warnings, comparisons }
  }
  return { holds: conditions.length > 0, warnings, comparisons }
}
