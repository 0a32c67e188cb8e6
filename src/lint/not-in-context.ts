import { hinted } from './hinted.ts'
import { type Rule, widgets } from './rule.ts'

export const notInContext: Rule = {
  id: 'not-in-context',
  summary: 'A template reads something that flows do not have.',
  gravities: ['warning'],
  why: 'It is always empty: templates see `trigger`, `flow`, `contact` and `widgets`, and what they set themselves. What a widget has got is read by the name of that widget.',
  bad: widgets(
    '{ "name": "ask", "type": "gather-input-on-call", "properties": { "say": "Press a key" },\n  "transitions": [{ "event": "keypress", "next": "repeat" }] }',
    '{ "name": "repeat", "type": "say-play", "properties": { "say": "{{widget.ask.Digits}}" }, "transitions": [] }',
  ),
  good: widgets(
    '{ "name": "ask", "type": "gather-input-on-call", "properties": { "say": "Press a key" },\n  "transitions": [{ "event": "keypress", "next": "repeat" }] }',
    '{ "name": "repeat", "type": "say-play", "properties": { "say": "{{widgets.ask.Digits}}" }, "transitions": [] }',
  ),

  find({ templates }) {
    const unknown = templates.flatMap(({ widget, path, references: { reads } }) =>
      reads.flatMap(({ path: [root], offset }) => {
        if (root === undefined || ROOTS.includes(root)) return []
        const message = `${root} is read, but flows have nothing of that name`
        return [{ found: { path, offset, widget: widget.name, message }, word: root }]
      }),
    )
    return hinted(unknown, ROOTS)
  },
}

const ROOTS: readonly string[] = ['trigger', 'flow', 'contact', 'widgets']
