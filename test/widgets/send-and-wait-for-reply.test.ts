import { expect, test } from 'vitest'
import type { FlowEvent } from '../../src/engine/event.ts'
import { ask, exit } from '../../src/engine/widget.ts'
import { sendAndWaitForReply } from '../../src/widgets/send-and-wait-for-reply.ts'
import { HOOK, visit } from '../support/visit.ts'

const QUESTION = { from: '{{flow.channel.address}}', body: 'Coming?', timeout: '600' }
const OUTBOUND = { Sid: 'SM1', Status: 'accepted', ErrorCode: null }
const HEARD = ['incoming-message', 'incoming-conversation-message', 'message-status'] as const
const PATIENCE = [...HEARD, 'time-ran-out']

function enter(properties: Record<string, unknown>) {
  return sendAndWaitForReply.enter(visit(sendAndWaitForReply, { ...QUESTION, ...properties }))
}

function after(event: FlowEvent, properties: Record<string, unknown> = {}) {
  return sendAndWaitForReply.resume?.(visit(sendAndWaitForReply, { ...QUESTION, ...properties }), event)
}

test('the question goes to the contact, and its delivery is reported to this visit', () => {
  const statusCallback = `${HOOK}?TrunklineStep=FT0&executionSid=FN0`
  const effect = { type: 'send-message', from: '+15550002', to: '+15550001', body: 'Coming?', statusCallback } as const
  expect(enter({ from: '', to: '+15559999' })).toEqual({
    ...ask(effect, 'message-sent', 'message-refused', ...HEARD),
    warnings: [],
  })
})

test('a question without text leaves by deliveryFailure and nothing behind', () => {
  const warnings = [{ code: 81011, message: expect.stringContaining('no body') }]
  expect(enter({ body: '' })).toEqual(exit('deliveryFailure', { warnings }))
})

test('once the question is sent, the time for the answer runs', () => {
  const wait = after({ type: 'message-sent', message: OUTBOUND })
  expect(wait).toEqual({ kind: 'wait', for: PATIENCE, timeout: 600, output: { outbound: OUTBOUND } })
})

test.each([
  [600, 600],
  ['10', 10],
  ['', 3600],
  [undefined, 3600],
])('the timeout %j is %i seconds', (timeout, seconds) => {
  expect(after({ type: 'message-sent', message: OUTBOUND }, { timeout })).toMatchObject({ timeout: seconds })
})

test('a reply leaves by incomingMessage, kept as it came', () => {
  const params = { Body: 'Non', From: '+15550001', To: '+15550002', NumMedia: '0' }
  expect(after({ type: 'incoming-message', params })).toEqual(exit('incomingMessage', { output: { inbound: params } }))
})

test('a reply in a conversation is a reply like any other', () => {
  const params = { Body: 'Non', Author: '+15550001' }
  expect(after({ type: 'incoming-conversation-message', params })).toEqual(
    exit('incomingMessage', { output: { inbound: params } }),
  )
})

test('no reply in time leaves by timeout', () => {
  expect(after({ type: 'time-ran-out' })).toEqual(exit('timeout'))
})

test.each([['failed'], ['undelivered']])(
  'a delivery reported as %s leaves by deliveryFailure with the report at the root',
  (MessageStatus) => {
    const params = { MessageSid: 'SM1', MessageStatus, ErrorCode: '21610', executionSid: 'FN0' }
    const output = { ...params, outbound: { Sid: 'SM1', Status: MessageStatus, ErrorCode: '21610' } }
    expect(after({ type: 'message-status', params })).toEqual(exit('deliveryFailure', { output }))
  },
)

test.each([['sent'], ['delivered'], ['read']])(
  'a delivery reported as %s changes nothing but the sid, the time runs on',
  (MessageStatus) => {
    const params = { MessageSid: 'SM1', MessageStatus }
    const output = { outbound: { Sid: 'SM1' } }
    expect(after({ type: 'message-status', params })).toEqual({ kind: 'wait', for: PATIENCE, output })
  },
)

test('a refused question leaves by deliveryFailure and shows why', () => {
  const refused = { Sid: null, ErrorCode: 21610, ErrorMessage: 'unsubscribed' }
  const warnings = [{ code: 81011, message: expect.stringContaining('unsubscribed') }]
  const left = after({ type: 'message-refused', message: refused, reason: 'unsubscribed' })
  expect(left).toEqual(exit('deliveryFailure', { output: { outbound: refused }, warnings }))
})

test('the end of a call does not concern it', () => {
  expect(after({ type: 'call-ended', params: {} })).toBeUndefined()
})
