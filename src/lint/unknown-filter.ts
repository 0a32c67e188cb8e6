import { didYouMean } from '../flow/nearest.ts'
import { FILTER_NAMES } from '../liquid/references.ts'
import { type Rule, widgets } from './rule.ts'
import { templatePlace } from './template-place.ts'

export const unknownFilter: Rule = {
  id: 'unknown-filter',
  summary: 'A template calls a filter that Studio does not have.',
  gravities: ['warning'],
  why: 'The template fails as a whole: the property becomes empty when the widget is reached, with warning 81018. Filters of other Liquids, such as `json` or `where`, are not there.',
  bad: widgets(
    '{ "name": "greet", "type": "say-play", "properties": { "say": "{{trigger.call.FromCity | titlecase}}" }, "transitions": [] }',
  ),
  good: widgets(
    '{ "name": "greet", "type": "say-play", "properties": { "say": "{{trigger.call.FromCity | capitalize}}" }, "transitions": [] }',
  ),

  find: ({ templates }) =>
    templates.flatMap(({ widget, path, text, references }) =>
      references.unknownFilters.map(({ name, offset }) => {
        const message = `there is no filter '${name}' (${templatePlace(text, offset)} of the text)`
        return { path, offset, widget: widget.name, message, ...hintFor(name) }
      }),
    ),
}

/** Names that other Liquids have for what ours call otherwise. */
const INSTEAD: Readonly<Record<string, string>> = {
  json: 'to_json',
  jsonify: 'to_json',
  inspect: 'to_json',
  lower: 'downcase',
  upper: 'upcase',
  trim: 'strip',
  length: 'size',
  count: 'size',
  urlencode: 'url_encode',
  cgi_escape: 'url_encode',
  uri_escape: 'url_encode',
}

function hintFor(name: string): { hint?: string } {
  const instead = Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined
  return instead === undefined ? didYouMean(name, FILTER_NAMES) : { hint: `write '${instead}'` }
}
