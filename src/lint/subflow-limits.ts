import { textFrom } from '../flow/readings.ts'
import { type LintedFlow, spotsOf } from './linted-flow.ts'
import { type Found, file, type Rule } from './rule.ts'

const TRIGGER =
  '{ "name": "Trigger", "type": "trigger", "properties": {},\n      "transitions": [{ "event": "incomingCall", "next": "sub0" }] }'

export const subflowLimits: Rule = {
  id: 'subflow-limits',
  summary: 'A flow and its subflows are more than Studio takes.',
  gravities: ['warning'],
  why: 'Studio takes 150 Run Subflow widgets in a flow, 50 different subflows and 2,000 widgets, those of a subflow counted for each Run Subflow anew (81025). Here, too, an execution of a flow with more than 2,000 widgets ends as soon as it has begun, with error 81026.',
  bad: file('{ "states": [', `    ${TRIGGER},`, '    "… 151 Run Subflow widgets"],', '  "initial_state": "Trigger" }'),
  good: file('{ "states": [', `    ${TRIGGER},`, '    "… 150 Run Subflow widgets"],', '  "initial_state": "Trigger" }'),

  find: (flow) => {
    const called = spotsOf(flow.definition, 'run-subflow').map(
      ({ widget }) => textFrom(widget.properties.flow_sid) ?? '',
    )
    return [
      ...over(called.length, 150, 'Run Subflow widgets'),
      ...over(new Set(called).size, 50, 'different subflows'),
      ...over(sizeOf(flow, called), 2_000, 'widgets, those of its subflows included'),
    ]
  },
}

/** As far as the subflows are known. */
function sizeOf({ definition, known }: LintedFlow, called: readonly string[]): number {
  return called.reduce((size, sid) => size + (known.flows.get(sid)?.states.length ?? 0), definition.states.length)
}

function over(count: number, most: number, what: string): Found[] {
  return count <= most ? [] : [{ path: '#/states', message: `the flow has ${count} ${what}: at most ${most} expected` }]
}
