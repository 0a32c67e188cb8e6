import { grouped } from '../flow/grouped.ts'
import { type Found, type Rule, widgets } from './rule.ts'
import { pathText } from './template-place.ts'
import { placesAfter, unprepared } from './unprepared.ts'

const ASK = '{ "name": "ask", "type": "gather-input-on-call", "properties": { "say": "Your number?" },'
const TELL = `{ "name": "tell", "type": "make-http-request",
  "properties": { "method": "POST", "url": "https://example.com/calls", "body": "{{widgets.ask.Digits}}" },`

export const widgetRunsLater: Rule = {
  id: 'widget-runs-later',
  summary: 'A template reads the outputs of a widget that cannot have run by then.',
  gravities: ['warning'],
  why: 'No way leads from that widget to this one, so there is nothing to read whichever way the contact came. A read that a template prepares for, by `{% if … %}` or `| default:`, is left alone.',
  bad: widgets(
    `${TELL}\n  "transitions": [{ "event": "success", "next": "ask" }] }`,
    `${ASK}\n  "transitions": [{ "event": "keypress" }] }`,
  ),
  good: widgets(
    `${ASK}\n  "transitions": [{ "event": "keypress", "next": "tell" }] }`,
    `${TELL}\n  "transitions": [{ "event": "success" }] }`,
  ),

  find: (flow) =>
    [
      ...grouped(
        unprepared(flow, ([root, name]) => (root === 'widgets' ? name : undefined)),
        ({ key }) => key,
      ),
    ].flatMap(([name, uses]) => {
      if (!flow.widgets.has(name)) return []
      const places = placesAfter(flow, [name])
      const early = uses.filter(({ place }) => !places.has(place.widget))
      const message = `${pathText(['widgets', name])} is read, but no way leads from '${name}' to here`
      return early.map(({ place }): Found => ({ ...place, message }))
    }),
}
