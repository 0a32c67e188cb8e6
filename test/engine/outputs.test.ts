import { expect, test } from 'vitest'
import type { FlowEvent } from '../../src/engine/event.ts'
import { gatherInputOnCall } from '../../src/widgets/gather-input-on-call.ts'
import { runFunction } from '../../src/widgets/run-function.ts'
import { sendAndWaitForReply } from '../../src/widgets/send-and-wait-for-reply.ts'
import { setVariables } from '../../src/widgets/set-variables.ts'
import { splitBasedOn } from '../../src/widgets/split-based-on.ts'
import { trigger } from '../../src/widgets/trigger.ts'
import { contextAfter, continued, incomingCall, incomingMessage, type Places, story, walked } from '../support/flow.ts'

const TYPES = [trigger, gatherInputOnCall, runFunction, sendAndWaitForReply, setVariables, splitBasedOn]

function told(places: Places, first: string) {
  return story(TYPES, {
    Trigger: { type: 'trigger', exits: { incomingCall: first, incomingMessage: first } },
    ...places,
  })
}

const PROMPT: Places = {
  sms_prompt: {
    type: 'send-and-wait-for-reply',
    properties: { from: '{{flow.channel.address}}', body: 'Coming?', timeout: '3600' },
    exits: { incomingMessage: null, timeout: null, deliveryFailure: null },
  },
}

const OUTBOUND = {
  Status: 'accepted',
  Direction: 'outbound-api',
  From: null,
  Sid: 'SM1',
  MessagingServiceSid: 'MG1',
  Body: 'Coming?',
  NumMedia: '0',
  ErrorCode: null,
  ErrorMessage: null,
  SubresourceUris: { media: '/2010-04-01/Accounts/AC0/Messages/SM1/Media.json' },
}

test('a gather that times out after it once heard an answer keeps that answer, as recorded', () => {
  const { started, resumed } = told(
    {
      ask: {
        type: 'gather-input-on-call',
        properties: { say: 'Coming?', speech_timeout: 'auto' },
        exits: { speech: 'note', timeout: null },
      },
      note: { type: 'set-variables', exits: { next: 'ask' } },
    },
    'ask',
  )
  const speech = { SpeechResult: 'oui', Confidence: '0.91833675', Language: 'fr-CA', AnsweredBy: 'human' }
  const asked = resumed(started(incomingCall()), continued(speech))
  const over = resumed(asked, continued({ FlowEvent: 'timeout', AnsweredBy: 'human' }))
  expect(walked(over)).toEqual(['ask timeout Ended'])
  const form = { CallSid: 'CA0', CallStatus: 'in-progress' }
  expect(contextAfter(over).widgets.ask).toEqual({ FlowEvent: 'timeout', ...speech, ...form })
})

test('a message that was answered keeps both messages, as recorded', () => {
  const { started, resumed } = told(PROMPT, 'sms_prompt')
  const sent = resumed(started(incomingMessage()), { type: 'message-sent', message: OUTBOUND })
  const reply = {
    Body: 'Non',
    MessageSid: 'SM2',
    SmsStatus: 'received',
    From: '+15550001',
    To: '+15550002',
    NumMedia: '0',
  }
  const over = resumed(sent, { type: 'incoming-message', params: reply })
  expect(contextAfter(over).widgets).toEqual({ sms_prompt: { outbound: OUTBOUND, inbound: reply } })
})

test('a message that could not be delivered leaves the report at the root, as recorded', () => {
  const { started, resumed } = told(PROMPT, 'sms_prompt')
  const sent = resumed(started(incomingMessage()), { type: 'message-sent', message: OUTBOUND })
  const report = {
    MessageSid: 'SM1',
    SmsStatus: 'failed',
    MessageStatus: 'failed',
    ErrorCode: '21610',
    executionSid: 'FN0',
  }
  const over = resumed(resumed(sent, { type: 'message-status', params: { MessageStatus: 'sent' } }), {
    type: 'message-status',
    params: report,
  })
  expect(walked(over)).toEqual(['sms_prompt deliveryFailure Ended'])
  const outbound = { ...OUTBOUND, Status: 'failed', ErrorCode: '21610' }
  expect(contextAfter(over).widgets).toEqual({ sms_prompt: { ...report, outbound } })
})

const REPORT = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30003' }

test.each<[string, FlowEvent, string, object]>([
  ['reply', incomingMessage('Non'), 'incomingMessage', { inbound: incomingMessage('Non').params }],
  [
    'failed delivery',
    { type: 'message-status', params: REPORT },
    'deliveryFailure',
    { ...REPORT, outbound: { Sid: 'SM1', Status: 'undelivered', ErrorCode: '30003' } },
  ],
])("a %s that overtakes the carrier's answer counts", (_what, event, exit, output) => {
  const { started, resumed } = told(PROMPT, 'sms_prompt')
  const begun = started(incomingMessage())
  const under = resumed(begun, { type: 'message-status', params: { MessageSid: 'SM1', MessageStatus: 'sent' } })
  expect(under.execution.waiting?.for).toContain('message-sent')
  const over = resumed(begun, event)
  expect(walked(over)).toEqual([`sms_prompt ${exit} Ended`])
  expect(contextAfter(over).widgets).toEqual({ sms_prompt: output })
})

test('variables are kept in two places, as text, as recorded', () => {
  const counter = '{% if flow.variables.retry_count %}{{flow.variables.retry_count | plus: 1}}{% else %}0{% endif %}'
  const variables = [{ key: 'retry_count', value: counter }]
  const { started, resumed } = told(
    {
      count: { type: 'set-variables', properties: { variables }, exits: { next: 'ask' } },
      ask: { type: 'gather-input-on-call', properties: { say: '?' }, exits: { keypress: 'count' } },
    },
    'count',
  )
  const begun = started(incomingCall())
  expect(contextAfter(begun)).toMatchObject({
    widgets: { count: { retry_count: '0' } },
    flow: { variables: { retry_count: '0' } },
  })
  const again = resumed(begun, continued({ Digits: '1' }))
  expect(contextAfter(again)).toMatchObject({
    widgets: { count: { retry_count: '1' } },
    flow: { variables: { retry_count: '1' } },
  })
})

test('a split leaves an empty object, as recorded', () => {
  const begun = told(
    { sms_or_voice: { type: 'split-based-on', properties: { input: 'x' }, exits: { noMatch: null } } },
    'sms_or_voice',
  )
  expect(contextAfter(begun.started(incomingCall())).widgets).toEqual({ sms_or_voice: {} })
})

test('a variable of a step is not seen before the step is over', () => {
  const variables = [
    { key: 'first', value: '1' },
    { key: 'second', value: '[{{flow.variables.first}}]' },
  ]
  const begun = told({ set: { type: 'set-variables', properties: { variables }, exits: { next: null } } }, 'set')
  expect(contextAfter(begun.started(incomingCall())).widgets).toEqual({ set: { first: '1', second: '[]' } })
})

test('an answer of a function is merged into the one before: new parts come, old ones stay', () => {
  const { started, resumed } = told(
    { fn: { type: 'run-function', properties: { url: 'https://f.example/' }, exits: { success: 'fn', fail: 'fn' } } },
    'fn',
  )
  const answered = (status: number, contentType: string, body: string) =>
    ({ type: 'http-responded', outcome: { ok: true, status, contentType, headers: {}, body } }) as const
  const first = resumed(started(incomingCall()), answered(200, 'application/json', '{"a":1,"b":{"c":1},"d":[1,2]}'))
  const second = resumed(first, answered(410, 'application/json', '{"b":{"e":2},"d":[3]}'))
  expect(contextAfter(second).widgets.fn).toMatchObject({
    status_code: 410,
    parsed: { a: 1, b: { c: 1, e: 2 }, d: [3] },
  })
  const third = resumed(second, answered(200, 'text/plain', 'ok'))
  expect(contextAfter(third).widgets.fn).toEqual({
    body: 'ok',
    status_code: 200,
    content_type: 'text/plain',
    parsed: { a: 1, b: { c: 1, e: 2 }, d: [3] },
  })
  const fourth = resumed(third, {
    type: 'http-responded',
    outcome: { ok: false, reason: 'timeout', message: 'late' },
  })
  expect(contextAfter(fourth).widgets.fn).toEqual(contextAfter(third).widgets.fn)
})
