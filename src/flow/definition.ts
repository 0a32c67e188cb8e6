import { z } from 'zod'
import { flag, text } from './properties.ts'
import { isObject, type JsonObject } from './record.ts'

/** A flow as Studio writes it; keys that are not named here are kept. */
export interface FlowDefinition {
  readonly description?: string | undefined
  readonly states: readonly PlacedWidget[]
  readonly initial_state: string
  readonly flags?: { readonly allow_concurrent_calls?: boolean | undefined } | undefined
}

/** A widget in its place in a flow. */
export interface PlacedWidget {
  /** Unique in the flow; `{{widgets.NAME}}` and transitions refer to it. */
  readonly name: string
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly transitions: readonly Transition[]
}

/** Where a widget's event leads. */
export interface Transition {
  readonly event: string
  /** A widget's name; empty, null and absent all mean that the flow ends here. */
  readonly next?: string | null | undefined
  readonly conditions?: readonly Condition[] | undefined
}

/** A comparison that decides whether a split's `match` transition is taken. */
export interface Condition {
  readonly friendly_name?: string | undefined
  readonly arguments: readonly string[]
  readonly type: ConditionType
  readonly value: string
}

/** Studio's words for all 17 comparisons of a split. */
export const CONDITION_TYPES = [
  'equal_to',
  'not_equal_to',
  'matches_any_of',
  'does_not_match_any_of',
  'contains',
  'does_not_contain',
  'starts_with',
  'does_not_start_with',
  'is_blank',
  'is_not_blank',
  'regex',
  'less_than',
  'greater_than',
  'is_before_time',
  'is_after_time',
  'is_before_date',
  'is_after_date',
] as const

export type ConditionType = (typeof CONDITION_TYPES)[number]

/** Studio takes 2,000 widgets in a flow (81025). */
const MOST_WIDGETS = 2000

const StudioCondition = z.looseObject({
  friendly_name: z.string(),
  arguments: z.array(z.string()),
  type: z.enum(CONDITION_TYPES),
  value: z.string(),
})

const StudioTransition = z.preprocess(
  withoutIdleConditions,
  z.looseObject({
    event: z.string().min(1),
    next: z.string().nullish(),
    conditions: z.array(StudioCondition).optional(),
  }),
)

const StudioWidget = z.preprocess(
  withTriggerProperties,
  z.looseObject({
    name: z.string().min(1),
    type: z.string().min(1),
    properties: z.looseObject({}),
    transitions: z.array(StudioTransition),
  }),
)

/** The structure that Studio's validator demands of a definition. */
export const StudioDefinition = z.preprocess(
  withNamedTrigger,
  z.looseObject({
    description: z.string().optional(),
    states: z.array(StudioWidget).min(1).max(MOST_WIDGETS),
    initial_state: z.string().min(1),
    flags: z.looseObject({ allow_concurrent_calls: z.boolean() }).optional(),
  }),
)

const RunnableCondition = z.looseObject({
  friendly_name: text().optional(),
  arguments: absentAs([], z.array(absentAs('', text()))),
  type: z.enum(CONDITION_TYPES),
  value: absentAs('', text()),
})

const RunnableTransition = z.preprocess(
  withoutIdleConditions,
  z.looseObject({
    event: absentAs('', z.string()),
    next: z.string().nullish(),
    conditions: nullish(z.array(RunnableCondition)),
  }),
)

const RunnableWidget = z.looseObject({
  name: z.string().min(1),
  type: z.string().min(1),
  properties: absentAs({}, z.looseObject({})),
  transitions: absentAs([], z.array(RunnableTransition)),
})

/** The structure a definition must have to run; what Studio would demand besides is filled in or coerced. */
export const RunnableDefinition: z.ZodType<FlowDefinition> = z.preprocess(
  withNamedTrigger,
  z.looseObject({
    description: text().optional(),
    states: z.array(RunnableWidget).min(1).max(MOST_WIDGETS),
    initial_state: z.string().min(1),
    flags: nullish(z.looseObject({ allow_concurrent_calls: flag() })),
  }),
)

function absentAs<Schema extends z.ZodType>(filling: z.util.NoUndefined<z.output<Schema>>, schema: Schema) {
  return nullish(schema).default(filling)
}

/** Null counts as absent. */
function nullish<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((value) => value ?? undefined, schema.optional())
}

/** Conditions count on `match` transitions only; those elsewhere are told of by `conditionsOutsideSplits`. */
function withoutIdleConditions(transition: unknown): unknown {
  if (!isObject(transition) || transition.event === 'match') return transition
  const { conditions, ...rest } = transition
  return rest
}

/** A trigger alone may do without a name: it is the one that the flow begins with (widgets.md 1.1). */
function withNamedTrigger(definition: unknown): unknown {
  if (!isObject(definition) || !Array.isArray(definition.states)) return definition
  const { states, initial_state: name } = definition
  if (!states.some(isNamelessTrigger)) return definition
  return { ...definition, states: states.map((state) => (isNamelessTrigger(state) ? { ...state, name } : state)) }
}

function isNamelessTrigger(state: unknown): state is JsonObject {
  return isObject(state) && state.type === 'trigger' && (state.name ?? undefined) === undefined
}

/** And without properties. */
function withTriggerProperties(widget: unknown): unknown {
  return isObject(widget) && widget.type === 'trigger' ? { properties: {}, ...widget } : widget
}
