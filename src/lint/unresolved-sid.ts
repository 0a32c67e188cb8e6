import { shown } from '../flow/shown.ts'
import { isTemplate } from '../liquid/template.ts'
import { type LintedFlow, type Spot, spotsOf } from './linted-flow.ts'
import { type Found, type Rule, widgets } from './rule.ts'
import { isSid } from './sids.ts'

export const unresolvedSid: Rule = {
  id: 'unresolved-sid',
  summary: 'A sid stands for nothing: it is a placeholder, or no flow or function here has it.',
  gravities: ['warning'],
  why: 'Sids differ between accounts, so files that are passed on have placeholders for them. In Studio a widget with such a sid is refused or goes to its failure exit, and a template is no way out: these properties are taken as they stand. A Run Subflow whose flow is not among the files fails here too, unless its sid is pinned in `sids.json`. Run Function goes by its URL here, and by its sid where `sids.json` says which function that is; one that has no URL needs that.',
  bad: widgets(
    '{ "name": "agent", "type": "send-to-flex", "properties": { "workflow": "YOUR_WORKFLOW_SID", "channel": "TC00000000000000000000000000000001" },\n  "transitions": [] }',
  ),
  good: widgets(
    '{ "name": "agent", "type": "send-to-flex", "properties": { "workflow": "WW00000000000000000000000000000001", "channel": "TC00000000000000000000000000000001" },\n  "transitions": [] }',
  ),

  find: (flow) =>
    spotsOf(flow.definition).flatMap((spot) => [
      ...placeholders(spot),
      ...unknownFlows(spot, flow),
      ...unknownFunctions(spot, flow),
    ]),
}

/** The properties that must be literal sids (widgets.md 1.1), and how these begin. */
const SIDS: ReadonlyMap<string, Readonly<Record<string, readonly [string, ...string[]]>>> = new Map([
  ['send-to-flex', { workflow: ['WW'], channel: ['TC'] }],
  ['run-function', { service_sid: ['ZS'], environment_sid: ['ZE'], function_sid: ['ZH', 'ZN'] }],
  ['run-subflow', { flow_sid: ['FW'] }],
])

function placeholders({ widget: { name, type, properties }, path }: Spot): Found[] {
  return Object.entries(SIDS.get(type) ?? {}).flatMap(([key, kinds]) => {
    const value = properties[key]
    if (typeof value !== 'string' || value === '' || value === 'default' || isSid(value, kinds)) return []
    if (type === 'run-subflow' && !isTemplate(value) && !/^FW\w+$/.test(value)) return [] // the schema refuses it
    const message = isTemplate(value)
      ? `${key} is a template, ${shown(value)}: Studio takes a literal sid only`
      : `${key} is ${shown(value)}: a sid expected, '${kinds[0]}' and 32 hexadecimal digits`
    return [{ path: path('properties', key), widget: name, message }]
  })
}

function unknownFlows({ widget, path }: Spot, { known }: LintedFlow): Found[] {
  const sid = widget.properties.flow_sid
  if (widget.type !== 'run-subflow' || !isSid(sid, ['FW'])) return []
  if (!known.isComplete || known.flows.has(sid)) return []
  const message = `flow_sid is ${shown(sid)}, which no flow here has`
  const hint = `pin it in sids.json: {"${sid}": "the-file.json"}`
  return [{ path: path('properties', 'flow_sid'), widget: widget.name, message, hint }]
}

/** A function that has a URL is called there. */
function unknownFunctions({ widget, path }: Spot, { known }: LintedFlow): Found[] {
  const { url, function_sid: sid } = widget.properties
  if (!widget.type.startsWith('run-function') || !isSid(sid, ['ZH', 'ZN'])) return []
  if ((url !== undefined && url !== null && url !== '') || known.functions.has(sid)) return []
  const message = `function_sid is ${shown(sid)}, which stands for no function here, and there is no URL`
  const hint = `add it to sids.json: {"${sid}": "/path-of-the-function"}`
  return [{ path: path('properties', 'function_sid'), widget: widget.name, message, hint }]
}
