import type { Condition, PlacedWidget } from '../flow/definition.ts'
import { textFrom } from '../flow/readings.ts'
import { referencesOf } from '../liquid/references.ts'
import { STUDIO_LIQUID } from '../liquid/template.ts'
import { type LintedFlow, type Spot, spotsOf } from './linted-flow.ts'
import { type Example, type Found, type Rule, widgets } from './rule.ts'
import { pathText } from './template-place.ts'
import { leadsOn } from './ways.ts'

export const speechComparedExactly: Rule = {
  id: 'speech-compared-exactly',
  summary: 'What a caller said is compared word for word.',
  gravities: ['warning'],
  why: 'Speech recognition writes sentences: who says "sales" is heard as `Sales.`, with a full stop. Capitals and blanks around it do not count in a comparison, punctuation does.',
  bad: example('equal_to'),
  good: example('contains'),

  find: (flow) => spotsOf(flow.definition, 'split-based-on').flatMap((spot) => exactly(spot, flow)),
}

function example(type: string): Example {
  const speech = '{{widgets.ask.SpeechResult}}'
  return widgets(
    '{ "name": "ask", "type": "gather-input-on-call", "properties": { "say": "Sales or support?" },\n  "transitions": [{ "event": "speech", "next": "which" }] }',
    `{ "name": "which", "type": "split-based-on", "properties": { "input": "${speech}" },\n  "transitions": [{ "event": "noMatch" },\n    { "event": "match", "conditions": [{ "friendly_name": "sales", "arguments": ["${speech}"], "type": "${type}", "value": "sales" }] }] }`,
  )
}

/** One finding a split: where one word is compared so, all are. */
function exactly({ widget, path }: Spot, flow: LintedFlow): Found[] {
  const placed = widget.transitions.flatMap(({ event, conditions = [] }, exit) =>
    event === 'match'
      ? conditions.map((condition, index) => ({ condition, inside: ['transitions', exit, 'conditions', index] }))
      : [],
  )
  if (placed.some(({ condition }) => forgives(condition))) return []
  const first = placed.find(({ condition }) => isExact(condition) && speechIn(condition, widget, flow) !== undefined)
  if (!first) return []
  const { condition, inside } = first
  const [word = ''] = condition.value.split(',')
  const message = `${speechIn(condition, widget, flow)} is compared word for word with '${condition.value}', but speech comes with punctuation: '${word.trim()}.'`
  const hint = "compare by 'contains' or 'regex', or take the points away: {{… | remove: '.'}}"
  return [{ path: path(...inside, 'value'), widget: widget.name, message, hint }]
}

/** Whether the author knows of punctuation: a value ends in some, or a part of the text is enough. */
function forgives({ type, value }: Condition): boolean {
  if (['contains', 'starts_with', 'regex'].includes(type)) return true
  return ['equal_to', 'matches_any_of'].includes(type) && /[.!?]\s*(?:,|$)/.test(value)
}

function isExact({ type, value }: Condition): boolean {
  return ['equal_to', 'matches_any_of'].includes(type) && /\p{L}/u.test(value) && !value.includes('{{')
}

/** The variable with the speech, when it is compared as it was heard. */
function speechIn(
  { arguments: compared }: Condition,
  { properties }: PlacedWidget,
  flow: LintedFlow,
): string | undefined {
  const text = compared[0] || (textFrom(properties.input) ?? '')
  const [read, ...others] = referencesOf(text, STUDIO_LIQUID).reads
  const [root, name, key] = read?.path ?? []
  if (!read || others.length > 0 || read.filters.length > 0 || root !== 'widgets' || key !== 'SpeechResult')
    return undefined
  const gather = flow.widgets.get(name ?? '')
  return gather?.type === 'gather-input-on-call' && leadsOn(gather, 'speech') ? pathText(read.path) : undefined
}
