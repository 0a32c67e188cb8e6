import type { z } from 'zod'
import type { FlowDefinition, PlacedWidget } from './definition.ts'
import { reachable } from './graph.ts'
import { type Finding, type Issue, type Judging, judged, pointer } from './issue.ts'
import { leadsTo } from './leads-to.ts'
import { didYouMean } from './nearest.ts'
import { propertyFindings } from './property-findings.ts'
import { shown } from './shown.ts'
import { STRANGERS } from './strangers.ts'

/** What the document needs to know of a type of widget to judge its use. */
export interface WidgetKind {
  readonly type: string
  /** `request`: it works only where REST has begun the execution. */
  readonly needs: string
  /** The events it can leave by. */
  readonly exits: readonly string[]
  /** A zod object of the filled properties, built from the kinds in `properties.ts`. */
  readonly properties: z.ZodType
}

/** The types of widget that can be run, by Studio's name. */
export type WidgetCatalogue = ReadonlyMap<string, WidgetKind>

/** Judges a definition whose structure was read: names, transitions, events and each widget's own properties. */
export function validate(definition: FlowDefinition, catalogue: WidgetCatalogue, judging: Judging = {}): Issue[] {
  return judged(check(definition, catalogue), judging)
}

/** What `validate` finds, before it is known how strictly it counts. */
export function check(definition: FlowDefinition, catalogue: WidgetCatalogue): Finding[] {
  const names = new Set(definition.states.map(({ name }) => name))
  // Where the flow has no beginning, that is the problem, not every widget.
  const reached = names.has(definition.initial_state) ? reachable(definition) : names
  return [
    ...startFindings(definition, names),
    ...duplicateNames(definition),
    ...dangling(definition, names),
    ...withoutRequest(definition, catalogue),
    ...definition.states.flatMap((widget, index) => {
      const place = { widget, path: ['states', index] }
      return [...unreached(place, reached), ...widgetFindings(place, catalogue)]
    }),
  ]
}

/** Widgets that only REST can lead to, in a flow that REST does not begin. */
function withoutRequest({ states, initial_state }: FlowDefinition, catalogue: WidgetCatalogue): Finding[] {
  const trigger = states.find(({ name }) => name === initial_state)
  const begins = trigger?.transitions.some((one) => one.event === 'incomingRequest' && leadsTo(one) !== undefined)
  if (begins) return []
  return states.flatMap(({ name, type }, index): Finding[] => {
    if (catalogue.get(type)?.needs !== 'request') return []
    const message = `${shown(type)} can only be used in flows triggered by the REST API`
    const hint = "connect the trigger's incomingRequest"
    return [
      {
        gravity: 'studio',
        rule: 'request-only',
        path: pointer(['states', index, 'type']),
        widget: name,
        message,
        hint,
      },
    ]
  })
}

interface Place {
  readonly widget: PlacedWidget
  readonly path: readonly PropertyKey[]
}

function startFindings({ states, initial_state }: FlowDefinition, names: ReadonlySet<string>): Finding[] {
  const initial = states.find(({ name }) => name === initial_state)
  const path = '#/initial_state'
  if (!states.some(({ type }) => type === 'trigger')) {
    const message = `no trigger among the ${states.length} widgets: a flow starts at a widget of type 'trigger'`
    return [{ gravity: 'error', rule: 'missing-trigger', path: '#/states', message }]
  }
  if (!initial) {
    const message = `initial_state names ${shown(initial_state)}, which is no widget of the flow`
    return [{ gravity: 'error', rule: 'unknown-initial-state', path, message, ...didYouMean(initial_state, names) }]
  }
  if (initial.type === 'trigger') return []
  const message = `initial_state names ${shown(initial_state)}, a '${initial.type}': a trigger expected`
  return [{ gravity: 'studio', rule: 'initial-state-no-trigger', path, message }]
}

function duplicateNames({ states }: FlowDefinition): Finding[] {
  const first = new Map<string, number>()
  return states.flatMap(({ name }, index) => {
    const earlier = first.get(name)
    if (earlier === undefined) first.set(name, index)
    if (earlier === undefined) return []
    const message = `${shown(name)} is the name of two widgets, #/states/${earlier} and this one: names must be unique`
    return [
      { gravity: 'error', rule: 'duplicate-name', path: pointer(['states', index, 'name']), widget: name, message },
    ]
  })
}

function dangling({ states }: FlowDefinition, names: ReadonlySet<string>): Finding[] {
  const lost = states.flatMap(({ name, transitions }, state) =>
    transitions.flatMap((transition, index) => {
      const next = leadsTo(transition)
      return next === undefined || names.has(next) ? [] : [{ name, state, index, event: transition.event, next }]
    }),
  )
  return lost.map(({ name, state, index, event, next }, nth) => ({
    gravity: 'error',
    rule: 'dangling-transition',
    path: pointer(['states', state, 'transitions', index, 'next']),
    widget: name,
    message: `${shown(event)} leads to ${shown(next)}, which is no widget of the flow`,
    ...(nth < MOST_HINTS ? didYouMean(next, names) : {}),
  }))
}

/** Comparing every lost name with every widget of a huge broken file would take seconds. */
const MOST_HINTS = 50

function unreached({ widget: { name }, path }: Place, reached: ReadonlySet<string>): Finding[] {
  if (reached.has(name)) return []
  const message = `${shown(name)} is never reached: no way from the initial state leads here`
  return [{ gravity: 'warning', rule: 'unreachable-widget', path: pointer(path), widget: name, message }]
}

function widgetFindings(place: Place, catalogue: WidgetCatalogue): Finding[] {
  const { widget, path } = place
  const kind = catalogue.get(widget.type)
  if (!kind) return [unknownType(place, catalogue)]
  return [...eventFindings(place, kind), ...propertyFindings(widget, kind.properties, path)]
}

function unknownType({ widget: { name, type }, path }: Place, catalogue: WidgetCatalogue): Finding {
  const instead = STRANGERS.get(type)
  const message = instead
    ? `${shown(type)} is no type of widget in Studio`
    : `${shown(type)} is no type of widget that is run here; it is kept, and left by its failure transition`
  const hint = instead ? { hint: instead } : didYouMean(type, catalogue.keys())
  return {
    gravity: 'studio',
    rule: 'unknown-widget-type',
    path: pointer([...path, 'type']),
    widget: name,
    message,
    ...hint,
  }
}

function eventFindings({ widget, path }: Place, { exits }: WidgetKind): Finding[] {
  const seen = new Set<string>()
  return widget.transitions.flatMap(({ event, conditions }, index) => {
    const at = (rule: string, key: string, message: string): Finding => {
      return {
        gravity: 'studio',
        rule,
        path: pointer([...path, 'transitions', index, key]),
        widget: widget.name,
        message,
      }
    }
    const repeated = event !== 'match' && seen.has(event)
    seen.add(event)
    if (!exits.includes(event)) {
      const message = `${shown(event)} found, must be a constant value ${exits.join(', ')}`
      return event === '' ? [] : [{ ...at('unknown-event', 'event', message), ...didYouMean(event, exits) }]
    }
    if (repeated) return [at('duplicate-event', 'event', `${shown(event)} has two transitions: the first one counts`)]
    if (event !== 'match' || conditions?.length) return []
    return [
      at('match-without-conditions', 'conditions', 'a match without conditions never holds: at least one expected'),
    ]
  })
}
