import { flow, type Place, type Places } from '../support/flow.ts'
import type { FlowFiles } from '../support/server.ts'
import {
  asking,
  CONTACT,
  counting,
  FROM_US,
  handingOver,
  looking,
  sending,
  set,
  split,
  tag,
  trigger,
} from './places.ts'

/** The number that everybody calls and writes to. */
export const OWN = '+15550002000'

/** The flow that is begun over REST. */
export const OUTREACH = `FW${'2'.repeat(32)}`
/** Begun over REST, too: one opens a conversation, one takes up one that there is, and one is ended over REST. */
export const OPENING = `FW${'3'.repeat(32)}`
export const RESUMING = `FW${'4'.repeat(32)}`
export const PATIENT = `FW${'5'.repeat(32)}`
const INNER = `FW${'1'.repeat(32)}`

/** Flows of several kinds, by file name. Whatever they ask of the outside says which visit it is for. */
export function tortureFlows(service: string): FlowFiles {
  return {
    line: flow(line(service)),
    chat: flow(chat(service)),
    talk: flow(talk),
    outreach: { sid: OUTREACH, friendly_name: 'outreach', definition: flow(outreach(service)) },
    inner: { sid: INNER, friendly_name: 'inner', definition: flow(innerFlow(service)) },
    opening: { sid: OPENING, friendly_name: 'opening', definition: flow(inConversation(starting)) },
    resuming: { sid: RESUMING, friendly_name: 'resuming', definition: flow(inConversation(resuming)) },
    patient: { sid: PATIENT, friendly_name: 'patient', definition: flow(patient) },
  }
}

/** A call that is asked for a digit again and again; each digit leads another way. */
function line(service: string): Places {
  const digit = '{{widgets.ask.Digits}}'
  const ways = { '2': 'look', '3': 'mail', '4': 'dial', '5': 'sub', '6': 'rec', '7': 'text', '8': 'hello', '9': 'bye' }
  return {
    Trigger: trigger('incomingCall')('hello'),
    hello: { type: 'say-play', properties: { say: 'Hello' }, exits: { audioComplete: 'ask' } },
    ask: {
      type: 'gather-input-on-call',
      properties: { say: 'You entered <{{flow.variables.all}}>', number_of_digits: 1 },
      exits: { keypress: 'add', timeout: 'bye' },
    },
    add: counting('which', digit),
    which: split(digit, ways, 'ask'),
    look: looking(service, { widget: 'look', next: 'ask' }),
    mail: { type: 'record-voicemail', exits: { recordingComplete: 'ask', noAudio: 'ask', hangup: 'text' } },
    dial: { type: 'connect-call-to', properties: { to: '+15550003000' }, exits: { callCompleted: 'ask' } },
    sub: {
      type: 'run-subflow',
      properties: { flow_sid: INNER, parameters: [{ key: 'n', value: '{{flow.variables.n}}' }] },
      exits: { completed: 'ask', failed: 'ask' },
    },
    rec: {
      type: 'record-call',
      properties: { record_call: true, recording_status_callback: `${service}/ignored?tag=${tag('rec')}` },
      exits: { success: 'ask', failed: 'ask' },
    },
    text: sending('text', 'ask'),
    bye: { type: 'say-play', properties: { say: 'Goodbye' }, exits: { audioComplete: 'last' } },
    last: looking(service, { widget: 'last', next: null }),
  }
}

function innerFlow(service: string): Places {
  return {
    Trigger: trigger('incomingParent')('within'),
    within: looking(service, { widget: 'within', next: 'say', count: '{{trigger.parent.parameters.n}}' }),
    say: { type: 'say-play', properties: { say: 'Within' }, exits: { audioComplete: null } },
  }
}

/** Texts that are answered by question after question, until somebody says bye or nothing. */
function chat(service: string): Places {
  const body = '{{widgets.ask.inbound.Body}}'
  return {
    Trigger: trigger('incomingMessage')('first'),
    first: set('ask', { n: '1', all: '{{trigger.message.Body}};' }),
    ask: asking('add', 'late'),
    add: counting('which', `${body};`),
    which: split(body, { look: 'look', text: 'text', nap: 'nap', agent: 'agent', bye: 'bye' }, 'ask'),
    look: looking(service, { widget: 'look', next: 'ask' }),
    text: sending('text', 'ask'),
    nap: looking(`${service}/slowly`, { widget: 'nap', next: 'again' }),
    again: looking(`${service}/slowly`, { widget: 'again', next: 'ask' }),
    agent: handingOver('last'),
    bye: sending('bye', 'last'),
    last: looking(service, { widget: 'last', next: null }),
    late: sending('late', null),
  }
}

const starting: Place = { type: 'start-conversation', properties: { friendly_name: tag('open') } }
const resuming: Place = {
  type: 'resume-conversation',
  properties: {
    conversation_sid: '{{trigger.request.parameters.conversation}}',
    attributes: `{"tag":"${tag('open')}"}`,
  },
}

/** REST has a conversation opened, in which somebody is asked until they say bye, want an agent or say nothing; who writes later is asked, too. */
function inConversation(opening: Place): Places {
  const reply = '{{widgets.ask.inbound.Body}}'
  return {
    Trigger: { type: 'trigger', exits: { incomingRequest: 'first', incomingConversationMessage: 'later' } },
    first: set('open', { n: '1' }),
    open: { ...opening, exits: { created: 'ask', resumed: 'ask', failed: null } },
    later: set('ask', { n: '1' }),
    ask: asking('add', 'late', { from: 'Bot' }),
    add: counting('which', `${reply};`),
    which: split(reply, { bye: 'bye', agent: 'agent' }, 'ask'),
    agent: handingOver(null),
    bye: sending('bye', null, 'Bot'),
    late: sending('late', null, 'Bot'),
  }
}

/** Writes to somebody who says nothing, again and again. */
const patient: Places = {
  Trigger: trigger('incomingRequest')('first'),
  first: set('text', { n: '1' }),
  text: sending('text', 'ask'),
  ask: asking('add', 'add'),
  add: counting('which', 'x'),
  which: split('{{flow.variables.n}}', { '4': 'late' }, 'text'),
  late: sending('late', null),
}

/** The same in a conversation. */
const talk: Places = {
  Trigger: trigger('incomingConversationMessage')('first'),
  first: set('ask', { n: '1', all: '{{trigger.message.Body}};' }),
  ask: asking('add', 'late', { from: 'Bot' }),
  add: counting('which', '{{widgets.ask.inbound.Body}};'),
  which: split('{{widgets.ask.inbound.Body}}', { bye: 'bye' }, 'ask'),
  bye: sending('bye', null, 'Bot'),
  late: sending('late', null, 'Bot'),
}

/** Somebody is called, asked and sent a text. */
function outreach(service: string): Places {
  const failures = { busy: 'text', noAnswer: 'text', failed: 'text' }
  return {
    Trigger: trigger('incomingRequest')('first'),
    first: set('look', { n: '1' }),
    look: looking(service, { widget: 'look', next: 'ring' }),
    ring: {
      type: 'make-outgoing-call-v2',
      properties: { from: FROM_US, to: CONTACT, timeout: 5 },
      exits: { answered: 'ask', ...failures },
    },
    ask: {
      type: 'gather-input-on-call',
      properties: { say: 'You entered <{{flow.variables.all}}>', number_of_digits: 1 },
      exits: { keypress: 'add', timeout: 'text' },
    },
    add: counting('again', '{{widgets.ask.Digits}}'),
    again: split('{{widgets.ask.Digits}}', { '9': 'text' }, 'ask'),
    text: sending('text', 'wait'),
    wait: asking('late', 'late', { widget: 'wait' }),
    late: sending('late', null),
  }
}
