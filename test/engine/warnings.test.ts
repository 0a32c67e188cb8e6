import { expect, test } from 'vitest'
import type { FlowEvent, StartEvent } from '../../src/engine/event.ts'
import type { Fields } from '../../src/engine/fields.ts'
import { widgets } from '../../src/widgets/index.ts'
import {
  codes,
  continued,
  hungUp,
  incomingCall,
  incomingMessage,
  type Place,
  type Places,
  story,
} from '../support/flow.ts'

/** What can go wrong, and the code that Studio's error dictionary has for it (engine.md 1.7). */
interface Situation {
  readonly code: number
  readonly situation: string
  readonly here: Place
  readonly start?: StartEvent
  readonly events?: readonly FlowEvent[]
  readonly subflow?: Places
}

const SITUATIONS: readonly Situation[] = [
  { code: 81000, situation: 'more than 1,000 steps', here: placed('set-variables', {}, { next: 'there' }) },
  { code: 81001, situation: 'a widget that leads to itself', here: placed('set-variables', {}, { next: 'here' }) },
  {
    code: 81002,
    situation: 'a message while a service is asked',
    here: placed('make-http-request', { url: 'https://shop.example/' }),
    start: incomingMessage(),
    events: [incomingMessage('hello?')],
  },
  {
    code: 81002,
    situation: 'a second call',
    here: placed('say-play', { say: 'Hello' }),
    events: [{ ...incomingCall({ CallSid: 'CA2' }), step: undefined }],
  },
  {
    code: 81002,
    situation: 'a hang-up for which there is no transition',
    here: placed('say-play', { say: 'Hello' }),
    events: [hungUp()],
  },
  { code: 81002, situation: 'an exit for which there is no transition', here: placed('set-variables', {}) },
  {
    code: 81005,
    situation: 'a split in which nothing matched',
    here: { type: 'split-based-on', properties: { input: 'x' }, exits: { noMatch: null } },
  },
  {
    code: 81007,
    situation: 'a number that nobody answered',
    here: placed('connect-call-to', { to: '+15550003' }, { callCompleted: null }),
    events: [continued({ DialCallStatus: 'no-answer' })],
  },
  {
    code: 81008,
    situation: 'a call that the carrier refused',
    here: placed('make-outgoing-call-v2', { from: '+15550002', to: '+15550001' }, { failed: null }),
    start: incomingMessage(),
    events: [{ type: 'call-refused', reason: 'no such number' }],
  },
  {
    code: 81009,
    situation: 'a queue in which nobody took the call in time',
    here: placed('enqueue-call', { workflow_sid: 'WW1', timeout: 60 }, { callComplete: null }),
    events: [continued({ QueueResult: 'leave', QueueTime: '60' })],
  },
  {
    code: 81010,
    situation: 'a function that answered with an error',
    here: placed('run-function', { url: 'https://f.example/' }, { fail: null }),
    events: [{ type: 'http-responded', outcome: { ...answer(500), ok: true } }],
  },
  {
    code: 81011,
    situation: 'a message without a body',
    here: placed('send-message', { from: '+15550002' }, { failed: null }),
  },
  {
    code: 81011,
    situation: 'a message that the carrier refused',
    here: placed('send-message', { from: '+15550002', body: 'Hi' }, { failed: null }),
    events: [{ type: 'message-refused', message: { ErrorCode: 21610 }, reason: 'unsubscribed' }],
  },
  {
    code: 81014,
    situation: 'a request to what is no URL',
    here: placed('make-http-request', { url: '{{flow.variables.url}}' }, { failed: null }),
  },
  {
    code: 81016,
    situation: 'a service that answered with an error',
    here: placed('make-http-request', { url: 'https://shop.example/' }, { failed: null }),
    events: [{ type: 'http-responded', outcome: { ...answer(404), ok: true } }],
  },
  {
    code: 81016,
    situation: 'a service that did not answer',
    here: placed('make-http-request', { url: 'https://shop.example/' }, { failed: null }),
    events: [{ type: 'http-responded', outcome: { ok: false, reason: 'timeout', message: 'late' } }],
  },
  {
    code: 81017,
    situation: 'a function that did not answer in time',
    here: placed('run-function', { url: 'https://f.example/' }, { fail: null }),
    events: [{ type: 'http-responded', outcome: { ok: false, reason: 'timeout', message: 'late' } }],
  },
  {
    code: 81018,
    situation: 'a template that cannot be filled',
    here: placed('set-variables', { variables: [{ key: 'x', value: '{{ 1 | nosuch }}' }] }, { next: null }),
  },
  {
    code: 81020,
    situation: 'a widget for calls in a flow that a message began',
    here: placed('say-play', { say: 'Hello' }),
    start: incomingMessage(),
  },
  {
    code: 81021,
    situation: 'a revision that is none',
    here: placed('run-subflow', { flow_sid: 'FW1', flow_revision: 'latest' }, { failed: null }),
  },
  {
    code: 81024,
    situation: 'a subflow that is not there',
    here: placed('run-subflow', { flow_sid: 'FW1' }, { failed: null }),
  },
  {
    code: 81024,
    situation: 'a subflow in a subflow',
    here: placed('run-subflow', { flow_sid: 'FW1' }, { completed: null }),
    subflow: {
      Trigger: { type: 'trigger', exits: { incomingParent: 'deeper' } },
      deeper: placed('run-subflow', { flow_sid: 'FW1' }, { failed: null }),
    },
  },
  {
    code: 81026,
    situation: 'more than 2,000 widgets',
    here: placed('run-subflow', { flow_sid: 'FW1' }, { completed: null }),
    subflow: Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`w${index}`, placed('set-variables', {})])),
  },
  {
    code: 81027,
    situation: 'a variable that is no JSON although it should be',
    here: placed('set-variables', { variables: [{ key: 'x', value: 'foo', parse_as_json: true }] }, { next: null }),
  },
  {
    code: 81028,
    situation: 'a wait URL that is not absolute',
    here: placed('enqueue-call', { queue_name: 'sales', wait_url: '/music' }),
  },
]

test.each(SITUATIONS)('$situation leaves $code', ({ code, here, start = incomingCall(), events = [], subflow }) => {
  const begin = { type: 'trigger', exits: { incomingCall: 'here', incomingMessage: 'here' } }
  const there = placed('set-variables', {}, { next: 'here' })
  const { started, resumed } = story(widgets, { Trigger: begin, here, there }, subflow && { FW1: subflow })
  const begun = started(start)
  const moved = events.reduce(resumed, begun)
  expect([...codes(begun), ...(events.length > 0 ? codes(moved) : [])]).toEqual([code])
})

function placed(type: string, properties: Fields, exits: Place['exits'] = {}): Place {
  return { type, properties, exits }
}

function answer(status: number) {
  return { status, contentType: 'text/plain', headers: {}, body: '' } as const
}
