import { type Rule, widgets } from './rule.ts'
import { templatePlace } from './template-place.ts'

export const liquidSyntax: Rule = {
  id: 'liquid-syntax',
  summary: 'A template does not parse.',
  gravities: ['warning'],
  why: 'The whole property becomes empty when the widget is reached, with warning 81018: nothing is said, nobody is dialled, the split goes to `noMatch`. Braces that are not closed, a `+` and letters beyond ASCII inside the braces are the usual causes.',
  bad: widgets(
    '{ "name": "greet", "type": "say-play", "properties": { "say": "You called {{trigger.call.To" }, "transitions": [] }',
  ),
  good: widgets(
    '{ "name": "greet", "type": "say-play", "properties": { "say": "You called {{trigger.call.To}}" }, "transitions": [] }',
  ),

  find: ({ templates }) =>
    templates.flatMap(({ widget, path, text, references: { fault } }) => {
      if (!fault) return []
      const message = `the template does not parse: ${fault.message} (${templatePlace(text, fault.offset)} of the text)`
      return [{ path, offset: fault.offset, widget: widget.name, message }]
    }),
}
