import { spotsOf } from './linted-flow.ts'
import { type Rule, widgets } from './rule.ts'
import { nextNames } from './ways.ts'

export const repeatsOnlyItself: Rule = {
  id: 'repeats-only-itself',
  summary: 'Every transition of a widget that leads on leads back to itself.',
  gravities: ['warning'],
  why: 'The same widget may run ten times in a row; then the execution is stopped (81001). Until then it can do nothing else, but end.',
  bad: widgets(
    '{ "name": "ask", "type": "gather-input-on-call", "properties": { "say": "Press a key" },\n  "transitions": [{ "event": "keypress", "next": "ask" }, { "event": "timeout", "next": "ask" }] }',
  ),
  good: widgets(
    '{ "name": "ask", "type": "gather-input-on-call", "properties": { "say": "Press a key" },\n  "transitions": [{ "event": "keypress", "next": "thank" }, { "event": "timeout", "next": "ask" }] }',
    '{ "name": "thank", "type": "say-play", "properties": { "say": "Thank you" }, "transitions": [] }',
  ),

  find: ({ definition, reached }) =>
    spotsOf(definition).flatMap(({ widget, path }) => {
      const { name } = widget
      const next = nextNames(widget)
      if (!reached.has(name) || next.length === 0 || next.some((one) => one !== name)) return []
      const message = `'${name}' leads to itself only: after ten times in a row the execution is stopped (81001)`
      return [{ path: path('transitions'), widget: name, message }]
    }),
}
