import { spotsOf } from './linted-flow.ts'
import { type Rule, widgets } from './rule.ts'

const SPLIT =
  '{ "name": "which", "type": "split-based-on", "properties": { "input": "{{trigger.message.Body}}" },\n  "transitions": ['
const YES =
  '{ "event": "match", "conditions": [{ "friendly_name": "yes", "arguments": ["{{trigger.message.Body}}"], "type": "equal_to", "value": "yes" }] }'

export const splitWithoutNoMatch: Rule = {
  id: 'split-without-nomatch',
  summary: 'A split has no `noMatch` transition.',
  gravities: ['warning'],
  why: 'When nothing matches, the flow ends without a word. Studio always writes the transition, also where it leads nowhere: then at least it was meant.',
  bad: widgets(`${SPLIT}\n    ${YES}] }`),
  good: widgets(`${SPLIT}{ "event": "noMatch" },\n    ${YES}] }`),

  find: ({ definition }) =>
    spotsOf(definition, 'split-based-on').flatMap(({ widget, path }) => {
      if (widget.transitions.some(({ event }) => event === 'noMatch')) return []
      const message = `'${widget.name}' has no transition for 'noMatch': when nothing matches, the flow ends`
      const hint = 'add {"event": "noMatch"}, with a next where the flow is to go on'
      return [{ path: path('transitions'), widget: widget.name, message, hint }]
    }),
}
