import { expect, test } from 'vitest'
import type { StartEvent } from '../../src/engine/event.ts'
import { trigger } from '../../src/widgets/trigger.ts'
import { contextAfter, incomingCall, incomingMessage, story, walked } from '../support/flow.ts'

const EVENTS = ['incomingMessage', 'incomingCall', 'incomingConversationMessage', 'incomingRequest', 'incomingParent']

function started(event: StartEvent) {
  const exits = Object.fromEntries(EVENTS.map((name) => [name, null]))
  return story([trigger], { Trigger: { type: 'trigger', exits } }).started(event, 5)
}

test('a call brings its parameters, caller and number called', () => {
  const begun = started(incomingCall({ FromCity: 'PARIS', SipHeader_X: '1' }))
  const call = {
    CallSid: 'CA0',
    From: '+15550001',
    To: '+15550002',
    CallStatus: 'ringing',
    FromCity: 'PARIS',
    SipHeader_X: '1',
  }
  expect(contextAfter(begun)).toEqual({
    trigger: { call },
    contact: { channel: { address: '+15550001' } },
    flow: { sid: begun.execution.sid, flow_sid: 'FW0', channel: { address: '+15550002' } },
    widgets: {},
  })
  expect(begun.execution).toMatchObject({
    channel: 'call',
    initiatedBy: 'CA0',
    call: { sid: 'CA0', live: true },
    createdAt: 5,
  })
})

test('a message brings its parameters', () => {
  const begun = started(incomingMessage('hello', { NumMedia: '0' }))
  expect(contextAfter(begun).trigger).toMatchObject({ message: { Body: 'hello', NumMedia: '0', From: '+15550001' } })
  expect(begun.execution).toMatchObject({ channel: 'message', initiatedBy: 'SM0' })
  expect(begun.execution.call).toBeUndefined()
  expect(walked(begun)).toEqual(['Trigger incomingMessage Ended'])
})

test('parameters that hold JSON are read; what is not JSON stays text', () => {
  const begun = started(
    incomingMessage('hi', { AddOns: '{"status":"ok"}', ChannelAttributes: 'no JSON', Attributes: '{"a":1}' }),
  )
  expect(contextAfter(begun).trigger).toMatchObject({
    message: { AddOns: { status: 'ok' }, ChannelAttributes: 'no JSON', Attributes: '{"a":1}' },
  })
})

test('a trigger shows no FlowEvent', () => {
  expect(contextAfter(started(incomingCall({ FlowEvent: 'return' }))).trigger).not.toHaveProperty('call.FlowEvent')
})

test('a message over RCS brings the bare number of its author and the Messaging Service', () => {
  const params = { From: 'rcs:+15550001', To: 'rcs:shop_agent', MessagingServiceSid: 'MG1' }
  const begun = started(incomingMessage('hi', params))
  expect(contextAfter(begun)).toMatchObject({
    trigger: { message: params },
    contact: { channel: { address: '+15550001' } },
    flow: { channel: { address: 'MG1' } },
  })
})

test('a request brings parameters of any type, in two places', () => {
  const parameters = { name: 'Zeke', age: 5, tags: ['a'] }
  const begun = started({ type: 'incoming-request', to: '+15550001', from: 'MG1', parameters })
  expect(contextAfter(begun)).toMatchObject({
    trigger: { request: { to: '+15550001', from: 'MG1', parameters } },
    contact: { channel: { address: '+15550001' } },
    flow: { data: parameters, channel: { address: 'MG1' } },
  })
  expect(walked(begun)).toEqual(['Trigger incomingRequest Ended'])
})

test('a message in a conversation brings the address of its author', () => {
  const params = { ConversationSid: 'CH1', MessageSid: 'IM1', Author: '+15550001', Body: 'hi' }
  const begun = started({ type: 'incoming-conversation-message', params })
  expect(contextAfter(begun)).toMatchObject({
    trigger: { conversation: { ...params, From: '+15550001', ChannelSid: 'CH1' } },
    contact: { channel: { address: '+15550001' } },
  })
  expect(walked(begun)).toEqual(['Trigger incomingConversationMessage Ended'])
})

test('a message in a conversation brings its service under the name that flows know', () => {
  const params = { ConversationSid: 'CH1', MessageSid: 'IM1', Author: 'ada', ChatServiceSid: 'IS1' }
  const instanceOf = (given: Record<string, string>) => {
    const begun = started({ type: 'incoming-conversation-message', params: { ...params, ...given } })
    return contextAfter(begun).trigger.conversation
  }
  expect(instanceOf({})).toMatchObject({ InstanceSid: 'IS1' })
  expect(instanceOf({ InstanceSid: 'IS2' })).toMatchObject({ InstanceSid: 'IS2' })
})

test('sids have their prefix and 32 digits', () => {
  const { execution, steps } = started(incomingCall())
  expect(execution.sid).toMatch(/^FN[0-9a-f]{32}$/)
  expect(steps[0]?.sid).toMatch(/^FT[0-9a-f]{32}$/)
})
