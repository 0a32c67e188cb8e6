import type { Placed } from './compile.ts'
import { contextOf, type Execution, topFrame } from './execution.ts'
import { isFields } from './fields.ts'
import type { Moment } from './moment.ts'
import { WARNING, type Warning } from './warning.ts'
import type { Visit, Widget } from './widget.ts'

/** The visit that an execution pays to the widget it stands on, and what went wrong in filling its properties. */
export interface Arrival {
  readonly visit: Visit
  /** The properties as the flow has them, with every `{{…}}` filled. */
  readonly filled: unknown
  readonly warnings: readonly Warning[]
  /** The properties cannot be used at all. */
  readonly invalid: boolean
}

/** Name of the URL parameter that ties a carrier's request to one visit; never shown to the flow. */
export const STEP_PARAMETER = 'TrunklineStep'

/** Name of the URL parameter that ties the requests for a placed call to the execution, which may not know the call yet. */
export const EXECUTION_PARAMETER = 'TrunklineExecution'

/** Fills the properties of the widget an execution stands on. */
export function arrive(placed: Placed, execution: Execution, moment: Moment): Arrival {
  const context = contextOf(execution)
  const { step } = topFrame(execution)
  const { properties, branches, valueAt } = placed.filledIn(context, moment.now)
  const read = readProperties(placed.widget, properties.value)
  const visit: Visit = {
    name: placed.name,
    properties: read.properties,
    context,
    execution,
    step,
    branches,
    leadsOn: (exit) => placed.transitions.some(({ event, next }) => event === exit && next !== undefined),
    webhookUrl: moment.webhookUrl,
    // words of our own: there is nothing to escape
    callbackUrl: ({ FlowEvent } = {}) =>
      `${moment.webhookUrl}?${FlowEvent ? `FlowEvent=${FlowEvent}&` : ''}${STEP_PARAMETER}=${step}`,
    valueAt,
  }
  const unfilled = properties.problems.map(({ path, error }) =>
    template(`the property ${path.join('.')} could not be filled: ${error}`),
  )
  return { visit, filled: properties.value, warnings: [...unfilled, ...read.warnings], invalid: read.invalid }
}

interface ReadProperties {
  readonly properties: unknown
  readonly warnings: readonly Warning[]
  readonly invalid: boolean
}

/** A property that does not parse once it is filled counts as absent, with a warning (architecture, settled point 1). */
function readProperties({ properties: schema }: Widget, value: unknown): ReadProperties {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { properties: parsed.data, warnings: [], invalid: false }
  const { issues } = parsed.error
  const warnings = issues.map(({ path, message }) =>
    template(`the property ${path.join('.')} cannot be used: ${message}`),
  )
  const rest = schema.safeParse(without(value, new Set(issues.map(({ path }) => path[0]))))
  return { properties: rest.data, warnings, invalid: !rest.success }
}

function without(value: unknown, keys: ReadonlySet<PropertyKey | undefined>): unknown {
  return isFields(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key))) : {}
}

function template(message: string): Warning {
  return { code: WARNING.template, message }
}
