import { grouped } from '../flow/grouped.ts'
import { textFrom } from '../flow/readings.ts'
import type { Read } from '../liquid/references.ts'
import { hinted, type UnknownWord } from './hinted.ts'
import { type LintedFlow, spotsOf } from './linted-flow.ts'
import { type Rule, widgets } from './rule.ts'
import { variablesOf } from './set-variables.ts'
import { pathText } from './template-place.ts'
import { placesAfter, type Use, unprepared } from './unprepared.ts'

export const unsetVariable: Rule = {
  id: 'unset-variable',
  summary: 'A template reads a variable that no widget has set by then.',
  gravities: ['warning'],
  why: "It is empty at that place, whichever way the contact came. Variables that a subflow sets are not the flow's own: they are read as `widgets.SUBFLOW.NAME`. A read that a template prepares for, by `{% if … %}` or `| default:`, is left alone.",
  bad: widgets(
    '{ "name": "remember", "type": "set-variables", "properties": { "variables": [{ "key": "city", "value": "{{trigger.call.FromCity}}" }] },\n  "transitions": [{ "event": "next", "next": "greet" }] }',
    '{ "name": "greet", "type": "say-play", "properties": { "say": "How is {{flow.variables.town}}?" }, "transitions": [] }',
  ),
  good: widgets(
    '{ "name": "remember", "type": "set-variables", "properties": { "variables": [{ "key": "city", "value": "{{trigger.call.FromCity}}" }] },\n  "transitions": [{ "event": "next", "next": "greet" }] }',
    '{ "name": "greet", "type": "say-play", "properties": { "say": "How is {{flow.variables.city}}?" }, "transitions": [] }',
  ),

  find(flow) {
    const setters = settersOf(flow)
    if ([...setters.keys()].some(isComputed)) return []
    const ofSubflows = subflowVariables(flow)
    const reads = grouped(unprepared(flow, variableIn), ({ key }) => key)
    const unset = [...reads].flatMap(([key, uses]) => {
      const places = placesAfter(flow, setters.get(key) ?? [])
      const early = uses.filter(({ place }) => !places.has(place.widget))
      return early.map(({ place }) => explained({ key, place }, setters, ofSubflows))
    })
    return hinted(unset, setters.keys())
  },
}

/** A key that is filled in later may be any. */
function isComputed(key: string): boolean {
  return /\{\{|\$\{/.test(key)
}

/** The names of the widgets that set each variable. */
type Setters = ReadonlyMap<string, ReadonlySet<string>>

function settersOf({ definition }: LintedFlow): Setters {
  const setters = new Map<string, Set<string>>()
  for (const widget of definition.states) {
    for (const { key } of variablesOf(widget)) setters.set(key, (setters.get(key) ?? new Set()).add(widget.name))
  }
  return setters
}

/** The names of the Run Subflows of a flow by the variables that their flows set. */
function subflowVariables({ definition, known }: LintedFlow): ReadonlyMap<string, string> {
  const keys = spotsOf(definition, 'run-subflow').flatMap(({ widget: { name, properties } }) => {
    const called = known.flows.get(textFrom(properties.flow_sid) ?? '')
    return called?.states.flatMap((widget) => variablesOf(widget).map(({ key }) => [key, name] as const)) ?? []
  })
  return new Map(keys)
}

function variableIn([root, branch, key]: Read['path']): string | undefined {
  return root === 'flow' && branch === 'variables' && key !== 'size' ? key : undefined
}

function explained({ key, place }: Use, setters: Setters, ofSubflows: ReadonlyMap<string, string>): UnknownWord {
  const variable = pathText(['flow', 'variables', key])
  const [setter] = setters.get(key) ?? []
  if (setter !== undefined)
    return {
      found: { ...place, message: `${variable} is read, but no way leads to here from '${setter}', which sets it` },
    }
  const found = { ...place, message: `${variable} is read, but no widget sets it` }
  const subflow = ofSubflows.get(key)
  if (subflow === undefined) return { found, word: key }
  return { found: { ...found, hint: `a subflow sets it: write ${pathText(['widgets', subflow, key])}` } }
}
