import type { FlowDefinition } from '../flow/definition.ts'
import { reachable } from '../flow/graph.ts'
import { textFrom } from '../flow/readings.ts'
import { spotsOf } from './linted-flow.ts'
import { type Rule, widgets } from './rule.ts'
import { leadsOn } from './ways.ts'

const TRIGGER =
  '{ "name": "Trigger", "type": "trigger",\n  "transitions": [{ "event": "incomingMessage" }, { "event": "incomingParent", "next": "deeper" }] }'

export const subflowNesting: Rule = {
  id: 'subflow-nesting',
  summary: 'A flow that runs as a subflow runs a subflow itself.',
  gravities: ['warning'],
  why: 'Subflows go one level deep: the inner Run Subflow is left by `failed`, with error 81024.',
  bad: widgets(
    TRIGGER,
    '{ "name": "deeper", "type": "run-subflow", "properties": { "flow_sid": "FW00000000000000000000000000000001", "flow_revision": "LatestPublished" },\n  "transitions": [] }',
  ),
  good: widgets(
    TRIGGER,
    '{ "name": "deeper", "type": "set-variables", "properties": { "variables": [{ "key": "answer", "value": "yes" }] },\n  "transitions": [] }',
  ),

  find: ({ definition, known, reached }) =>
    spotsOf(definition, 'run-subflow').flatMap(({ widget: { name, properties }, path }) => {
      if (!reached.has(name)) return []
      const place = { path: path('properties', 'flow_sid'), widget: name }
      if (isSubflowOnly(definition))
        return [{ ...place, message: `this flow runs as a subflow only, and a subflow can run none: '${name}' fails` }]
      const called = known.flows.get(textFrom(properties.flow_sid) ?? '')
      const inner = called && innerSubflow(called)
      if (inner === undefined) return []
      return [{ ...place, message: `the flow it runs has a Run Subflow itself, '${inner}', which fails there` }]
    }),
}

/** Whether nothing but another flow can start it. */
function isSubflowOnly({ states }: FlowDefinition): boolean {
  const triggers = states.filter(({ type }) => type === 'trigger')
  const events = triggers.flatMap((trigger) => trigger.transitions.filter(({ event }) => leadsOn(trigger, event)))
  return events.length > 0 && events.every(({ event }) => event === 'incomingParent')
}

/** A Run Subflow of a flow that is reached when it runs as a subflow. */
function innerSubflow({ states, initial_state }: FlowDefinition): string | undefined {
  const entries = states.map((widget) => {
    if (widget.type !== 'trigger') return widget
    return { ...widget, transitions: widget.transitions.filter(({ event }) => event === 'incomingParent') }
  })
  const reached = reachable({ states: entries, initial_state })
  return states.find(({ name, type }) => type === 'run-subflow' && reached.has(name))?.name
}
