import { isObject } from '../../flow/record.ts'
import { titleOf } from '../../picture/words.ts'
import type { Catalogue } from '../document/catalogue.ts'
import type { Placed } from '../document/placed.ts'

/** A variable that a template can read. */
export interface Completion {
  readonly path: string
  readonly says: string
}

/** What templates of a widget can read: the widgets that come before it, the flow's variables, how it all began. */
export function completionsFor(placed: Placed, all: readonly Placed[], catalogue: Catalogue): readonly Completion[] {
  const before = ancestors(placed, all)
  return [
    ...before.flatMap(({ name, type }) =>
      outputsOf(type).map((output) => ({ path: `widgets.${name}${output}`, says: titleOf(catalogue, type) })),
    ),
    ...variablesOf(all).map((name) => ({ path: `flow.variables.${name}`, says: 'Set Variables' })),
    ...ALWAYS,
  ]
}

/** The widgets from which a way leads to this one, itself where it is on a round. */
function ancestors(placed: Placed, all: readonly Placed[]): readonly Placed[] {
  const found = new Set<Placed>()
  const names = [placed.name]
  for (const name of names) {
    for (const one of all) {
      if (found.has(one) || !one.transitions.some(({ next }) => next === name)) continue
      found.add(one)
      names.push(one.name)
    }
  }
  return [...found].filter(({ type }) => type !== 'trigger')
}

function outputsOf(type: string): readonly string[] {
  return OUTPUTS[type] ?? ['']
}

/** What the widgets leave behind that flows read most. */
const OUTPUTS: Readonly<Record<string, readonly string[]>> = {
  'gather-input-on-call': ['.Digits', '.SpeechResult', '.Confidence'],
  'send-and-wait-for-reply': ['.inbound.Body', '.inbound.From', '.outbound.Sid'],
  'send-message': ['.outbound.Sid'],
  'make-http-request': ['.parsed', '.body', '.status_code'],
  'run-function': ['.parsed', '.body', '.status_code'],
  'run-function-v2': ['.parsed', '.body', '.status_code'],
  'record-voicemail': ['.RecordingUrl', '.RecordingSid', '.RecordingDuration', '.TranscriptionText'],
  'connect-call-to': ['.DialCallStatus', '.DialCallDuration'],
  'split-based-on': [],
  'set-variables': [],
}

function variablesOf(all: readonly Placed[]): readonly string[] {
  const keys = all
    .filter(({ type }) => type === 'set-variables')
    .flatMap(({ properties: { variables } }) => (Array.isArray(variables) ? variables.filter(isObject) : []))
    .map(({ key }) => key)
  return [...new Set(keys)].filter((key) => typeof key === 'string' && key !== '').map(String)
}

const ALWAYS: readonly Completion[] = [
  { path: 'contact.channel.address', says: 'who calls or writes' },
  { path: 'flow.channel.address', says: 'the number of the flow' },
  { path: 'flow.sid', says: 'the execution' },
  { path: 'flow.flow_sid', says: 'the flow' },
  { path: 'trigger.call.From', says: 'Incoming Call' },
  { path: 'trigger.call.To', says: 'Incoming Call' },
  { path: 'trigger.call.CallSid', says: 'Incoming Call' },
  { path: 'trigger.message.Body', says: 'Incoming Message' },
  { path: 'trigger.message.From', says: 'Incoming Message' },
  { path: 'trigger.message.To', says: 'Incoming Message' },
  { path: 'trigger.conversation.ConversationSid', says: 'Incoming Conversation' },
  { path: 'trigger.request.parameters', says: 'REST API' },
  { path: 'trigger.parent.parameters', says: 'Subflow' },
]
