import type { PlacedWidget } from '../flow/definition.ts'
import type { LintedFlow } from './linted-flow.ts'
import { type Example, type Found, type Rule, widgets } from './rule.ts'
import { pathText } from './template-place.ts'
import { leadsOn } from './ways.ts'

export const gatherSpeechUnconnected: Rule = {
  id: 'gather-speech-unconnected',
  summary: 'What a caller said is read, but the gather does not listen for speech.',
  gravities: ['warning'],
  why: 'Whether a gather recognises speech is decided by its `speech` transition alone: when it leads nowhere, only keys are taken, and `SpeechResult` and `Confidence` stay empty.',
  bad: gather('keypress', 'SpeechResult'),
  good: gather('speech', 'SpeechResult'),

  find: (flow) => deafReads(flow, { event: 'speech', keys: ['SpeechResult', 'Confidence'] }),
}

export const gatherKeypressUnconnected: Rule = {
  id: 'gather-keypress-unconnected',
  summary: 'The keys that a caller pressed are read, but the gather listens for speech only.',
  gravities: ['warning'],
  why: 'A gather of which only `speech` leads on takes no keys, so `Digits` stays empty.',
  bad: gather('speech', 'Digits'),
  good: gather('keypress', 'Digits'),

  find: (flow) => deafReads(flow, { event: 'keypress', keys: ['Digits'] }),
}

function gather(event: string, key: string): Example {
  return widgets(
    `{ "name": "ask", "type": "gather-input-on-call", "properties": { "say": "How many?" },\n  "transitions": [{ "event": "${event}", "next": "repeat" }] }`,
    `{ "name": "repeat", "type": "say-play", "properties": { "say": "{{widgets.ask.${key}}}" }, "transitions": [] }`,
  )
}

interface Input {
  readonly event: 'speech' | 'keypress'
  readonly keys: readonly string[]
}

function deafReads({ templates, widgets: known }: LintedFlow, { event, keys }: Input): Found[] {
  return templates.flatMap(({ widget, path, references: { reads } }) =>
    reads.flatMap(({ path: [root, name, key], offset }) => {
      const gathering = root === 'widgets' ? known.get(name ?? '') : undefined
      if (!gathering || !keys.includes(key ?? '') || !isDeaf(gathering, event)) return []
      const message = `${pathText([root, name, key])} is read, but '${event}' of '${name}' leads nowhere, so it is never filled`
      return [{ path, offset, widget: widget.name, message, hint: `give '${event}' of '${name}' a next` }]
    }),
  )
}

/** Without any transition a gather takes keys. */
function isDeaf(widget: PlacedWidget, event: Input['event']): boolean {
  if (widget.type !== 'gather-input-on-call' || leadsOn(widget, event)) return false
  return event === 'speech' || leadsOn(widget, 'speech')
}
