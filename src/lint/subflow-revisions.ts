import { textFrom } from '../flow/readings.ts'
import { shown } from '../flow/shown.ts'
import { spotsOf } from './linted-flow.ts'
import { type Rule, widgets } from './rule.ts'

export const subflowRevisions: Rule = {
  id: 'subflow-revisions',
  summary: 'A flow runs two revisions of one subflow.',
  gravities: ['warning'],
  why: 'Studio wants every Run Subflow of one subflow to name the same revision. Here each runs the one it names.',
  bad: widgets(run('first', 'LatestPublished', 'second'), run('second', '1')),
  good: widgets(run('first', '1', 'second'), run('second', '1')),

  find: ({ definition }) => {
    const first = new Map<string, string>()
    return spotsOf(definition, 'run-subflow').flatMap(({ widget: { name, properties }, path }) => {
      const sid = textFrom(properties.flow_sid) ?? ''
      const revision = textFrom(properties.flow_revision) || 'LatestPublished'
      const earlier = first.get(sid) ?? revision
      first.set(sid, earlier)
      if (earlier === revision) return []
      const message = `flow_revision is ${shown(revision)}: ${shown(earlier)} expected, as in the Run Subflow before`
      return [{ path: path('properties', 'flow_revision'), widget: name, message }]
    })
  },
}

function run(name: string, revision: string, next?: string): string {
  const transition = next ? `{ "event": "completed", "next": "${next}" }` : '{ "event": "completed" }'
  return `{ "name": "${name}", "type": "run-subflow", "properties": { "flow_sid": "FW00000000000000000000000000000002", "flow_revision": "${revision}" },\n  "transitions": [${transition}] }`
}
