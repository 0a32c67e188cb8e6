import type { PlacedWidget } from '../flow/definition.ts'
import { leadsTo } from '../flow/leads-to.ts'
import { type LintedFlow, spotsOf } from './linted-flow.ts'
import { type Rule, widgets } from './rule.ts'

export const endlessLoop: Rule = {
  id: 'endless-loop',
  summary: 'Widgets that wait for nothing lead round in a circle that cannot be left.',
  gravities: ['warning'],
  why: 'The circle is walked until the execution is stopped: after 1,000 steps, with warning 81000. A counted loop needs a way out; a loop that is left by an answer needs a widget that waits for one.',
  bad: widgets(
    '{ "name": "count", "type": "set-variables", "properties": { "variables": [{ "key": "n", "value": "1" }] },\n  "transitions": [{ "event": "next", "next": "again" }] }',
    '{ "name": "again", "type": "set-variables", "properties": { "variables": [] },\n  "transitions": [{ "event": "next", "next": "count" }] }',
  ),
  good: widgets(
    '{ "name": "count", "type": "set-variables", "properties": { "variables": [{ "key": "n", "value": "1" }] },\n  "transitions": [{ "event": "next", "next": "ask" }] }',
    '{ "name": "ask", "type": "send-and-wait-for-reply", "properties": { "from": "{{flow.channel.address}}", "body": "More?" },\n  "transitions": [{ "event": "incomingMessage", "next": "count" }] }',
  ),

  find(flow) {
    const trapped = trappedIn(flow)
    const told = new Set<string>()
    return spotsOf(flow.definition).flatMap(({ widget: { name }, path }) => {
      if (!trapped.has(name) || told.has(name)) return []
      const after = flow.ways.after([name])
      if (!after.has(name)) return []
      const leading = flow.waysBack.after([name])
      const circle = [name, ...after.names().filter((one) => one !== name && leading.has(one))]
      for (const one of circle) told.add(one)
      // One that leads to itself only is told of by `repeats-only-itself`.
      return circle.length === 1 ? [] : [{ path: path(), widget: name, message: messageOf(circle) }]
    })
  },
}

/** Types that are left at once, or as soon as a service has answered (widgets.md 6). */
const NEVER_WAIT = new Set([
  ...['trigger', 'split-based-on', 'set-variables', 'send-message'],
  ...['make-http-request', 'run-function', 'run-function-v2', 'record-call'],
])

/** The reachable widgets from which every way goes on for ever and none of them waits. */
function trappedIn({ widgets: byName, catalogue, reached, waysBack }: LintedFlow): ReadonlySet<string> {
  const exitsOf = ({ type }: PlacedWidget) => catalogue.get(type)?.exits
  const out = new Set([...byName].flatMap(([name, widget]) => (isWayOut(widget, exitsOf(widget)) ? [name] : [])))
  const leadingOut = waysBack.after(out)
  return new Set([...reached].filter((name) => byName.has(name) && !out.has(name) && !leadingOut.has(name)))
}

/** Whether the contact or the flow's end can come next: it waits, or an exit of it leads nowhere. */
function isWayOut({ type, transitions }: PlacedWidget, exits: readonly string[] | undefined): boolean {
  if (!exits || !NEVER_WAIT.has(type)) return true
  if (transitions.some((transition) => leadsTo(transition) === undefined)) return true
  return exits.some((exit) => exit !== 'match' && !transitions.some(({ event }) => event === exit))
}

function messageOf(circle: readonly string[]): string {
  const names = circle.slice(0, MOST_NAMES).map((name) => `'${name}'`)
  const more = circle.length > MOST_NAMES ? `, … (${circle.length} widgets)` : ''
  return `${names.join(', ')}${more} lead round for ever without a wait: stopped after 1,000 steps (81000)`
}

const MOST_NAMES = 5
