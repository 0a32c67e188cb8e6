import type { Condition, FlowDefinition, PlacedWidget } from '../flow/definition.ts'
import { leadsTo } from '../flow/leads-to.ts'
import { isPairKey } from '../flow/properties.ts'
import { asksForJson, textFrom } from '../flow/readings.ts'
import { Allowance } from '../liquid/allowance.ts'
import { compileFillable, type Filled } from '../liquid/fill.ts'
import { type LiquidSettings, parseTemplate, type Scene, type Template } from '../liquid/template.ts'
import { type Branch, type Comparison, holds, type Verdict, type WholeMatch } from './conditions.ts'
import { seesAttributes } from './conversation.ts'
import type { Context } from './execution.ts'
import { type Fields, field, isFields } from './fields.ts'
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
  /** Whether it makes a difference to it what attributes the conversation has that begins it. */
  readonly seesAttributes: boolean
  readonly widgets: ReadonlyMap<string, Placed>
  readonly subflows: readonly SubflowName[]
}

/** A widget placed in a flow. */
export interface Placed {
  readonly name: string
  readonly type: string
  readonly widget: Widget
  /** Characters that it has in the definition. */
  readonly length: number
  readonly transitions: readonly Exit[]
  /** What its templates come to in this context, where `now` is epoch milliseconds; one allowance of work is all that they have. */
  filledIn(context: Context, now: number): FilledWidget
}

/** The templates of a placed widget, filled for one visit. */
export interface FilledWidget {
  readonly properties: Filled
  /** The `match` transitions. */
  readonly branches: readonly Branch[]
  /** The value of the property at this path before it became text. */
  valueAt(...path: readonly (string | number)[]): unknown
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
    seesAttributes: seesAttributes(definition),
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
  const isValue = (path: readonly (string | number)[]) => READS_JSON.has(state.type) && namesJson(properties, path)
  const fillable = compileFillable(properties, { ...toolbox.liquid, isLiteral: isPairKey, isValue })
  const valueAt = valuesOf(properties, toolbox)
  const conditions = state.transitions.flatMap(({ event, conditions }, index) =>
    event === 'match'
      ? [{ index, all: (conditions ?? []).map((condition) => compileCondition(condition, properties.input, toolbox)) }]
      : [],
  )
  return {
    name: state.name,
    type: state.type,
    length: JSON.stringify(state).length,
    widget: toolbox.widgets.get(state.type) ?? unsupported(state.type, state.transitions),
    transitions: state.transitions.map((transition) => ({ event: transition.event, next: leadsTo(transition) })),
    filledIn: (context, now) => {
      const scene = { roots: { ...context }, now, allowance: new Allowance(toolbox.liquid.work) }
      return {
        properties: fillable.fill(scene.roots, now, scene.allowance),
        branches: conditions.map(({ index, all }) => ({
          index,
          holds: (input) => allHold(all.map((one) => () => one(input, scene))),
        })),
        valueAt: (...path) => valueAt(path, scene),
      }
    },
  }
}

/** The types whose pairs can be JSON (widgets.md 3.3 and 3.21). */
const READS_JSON: ReadonlySet<string> = new Set(['set-variables', 'run-subflow'])

/** Whether the value of a pair that is JSON is what one template names, which needs no text. */
function namesJson(properties: Fields, path: readonly (string | number)[]): boolean {
  const pair = path.slice(0, -1).reduce<unknown>(at, properties)
  return path.at(-1) === 'value' && isFields(pair) && asksForJson(pair) && ONE_OUTPUT.test(String(pair.value))
}

const ONE_OUTPUT = /^\s*\{\{(?:(?!\}\}).)*\}\}\s*$/s

/** What the properties are before they become text; parsed when a widget first asks. */
function valuesOf(properties: Fields, { liquid }: Toolbox) {
  const templates = new Map<string, Template>()
  return (path: readonly (string | number)[], { roots, now, allowance }: Scene): unknown => {
    const raw = path.reduce<unknown>(at, properties)
    if (typeof raw !== 'string') return compileFillable(raw, liquid).fill(roots, now, allowance).value
    const template = templates.get(raw) ?? parseTemplate(raw.trim(), liquid) // among blanks it would be text
    templates.set(raw, template)
    const evaluated = template.evaluate(roots, now, allowance)
    return evaluated.ok ? evaluated.value : ''
  }
}

/** Old exports list every property there is, the unused ones as null. */
function withoutNulls(properties: Fields): Fields {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null))
}

function at(value: unknown, key: string | number): unknown {
  return Array.isArray(value) ? value[Number(key)] : field(value, String(key))
}

type CompiledCondition = (input: string, scene: Scene) => Verdict

/** In exports nearly every condition repeats the input of its split, which is filled by then. */
function compileCondition(condition: Condition, filled: unknown, { liquid, wholeMatch }: Toolbox): CompiledCondition {
  const [argument] = condition.arguments ?? []
  const operand = argument && argument !== filled ? parseTemplate(argument, liquid) : undefined
  const value = parseTemplate(condition.value ?? '', liquid)
  return (input, { roots, now, allowance }) => {
    const left = operand?.render(roots, now, allowance) ?? ({ ok: true, text: input } as const)
    const right = value.render(roots, now, allowance)
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
