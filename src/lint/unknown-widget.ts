import { hinted } from './hinted.ts'
import { type Rule, widgets } from './rule.ts'
import { pathText } from './template-place.ts'

export const unknownWidget: Rule = {
  id: 'unknown-widget',
  summary: 'A template reads the outputs of a widget that does not exist.',
  gravities: ['warning'],
  why: 'It is always empty: most often the widget was renamed, and the templates were not. Names are case-sensitive.',
  bad: widgets(
    '{ "name": "ask", "type": "gather-input-on-call", "properties": { "say": "Press a key" },\n  "transitions": [{ "event": "keypress", "next": "repeat" }] }',
    '{ "name": "repeat", "type": "say-play", "properties": { "say": "{{widgets.Ask.Digits}}" }, "transitions": [] }',
  ),
  good: widgets(
    '{ "name": "ask", "type": "gather-input-on-call", "properties": { "say": "Press a key" },\n  "transitions": [{ "event": "keypress", "next": "repeat" }] }',
    '{ "name": "repeat", "type": "say-play", "properties": { "say": "{{widgets.ask.Digits}}" }, "transitions": [] }',
  ),

  find({ templates, widgets: known }) {
    const unknown = templates.flatMap(({ widget, path, references: { reads } }) =>
      reads.flatMap(({ path: [root, name], offset }) => {
        if (root !== 'widgets' || name === undefined || name === 'size' || known.has(name)) return []
        const message = `${pathText([root, name])} is read, but no widget has that name`
        return [{ found: { path, offset, widget: widget.name, message }, word: name }]
      }),
    )
    return hinted(unknown, known.keys())
  },
}
