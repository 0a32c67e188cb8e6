import { expect, test } from 'vitest'
import type { FlowEvent } from '../../src/engine/event.ts'
import type { Execution } from '../../src/engine/execution.ts'
import { exit } from '../../src/engine/widget.ts'
import { makeOutgoingCallV2 } from '../../src/widgets/make-outgoing-call-v2.ts'
import { HOOK, visit } from '../support/visit.ts'

/** What exports hold, the detection off. */
const CALL = {
  from: '{{flow.channel.address}}',
  to: '{{contact.channel.address}}',
  record: false,
  recording_channels: 'mono',
  trim: 'do-not-trim',
  detect_answering_machine: false,
  machine_detection: 'Enable',
  machine_detection_timeout: '30',
  machine_detection_speech_threshold: '2400',
  machine_detection_speech_end_threshold: '1200',
  machine_detection_silence_timeout: '5000',
  timeout: 60,
}
const FILLED = { ...CALL, from: '+15550002', to: '+15550001' }
const REQUESTED = { channel: 'request', call: undefined } as const
const URL = `${HOOK}?TrunklineStep=FT0&TrunklineExecution=FN0`
const HEARD = ['call-answered', 'call-reported', 'time-ran-out']

function enter(properties: Record<string, unknown> = {}, execution: Partial<Execution> = {}) {
  const given = { execution: { ...REQUESTED, ...execution } }
  return makeOutgoingCallV2.enter(visit(makeOutgoingCallV2, { ...FILLED, ...properties }, given))
}

/** What becomes of an event after the carrier has placed the call CA9. */
function after(event: FlowEvent, output: Record<string, unknown> = { CallSid: 'CA9' }) {
  const execution = { ...REQUESTED, waiting: { for: [], dueAt: 0, output } }
  return makeOutgoingCallV2.resume?.(visit(makeOutgoingCallV2, FILLED, { execution }), event)
}

test('the contact is called, and everything about the call comes back to this visit of this execution', () => {
  expect(enter()).toEqual({
    kind: 'wait',
    for: ['call-placed', 'call-refused', ...HEARD],
    effect: {
      type: 'place-call',
      from: '+15550002',
      to: '+15550001',
      url: URL,
      statusCallback: URL,
      timeout: 60,
    },
    timeout: 3660,
    warnings: [],
  })
})

test('without numbers the contact is called from the address of the flow', () => {
  expect(enter({ from: '', to: ' ' })).toMatchObject({ effect: { from: '+15550002', to: '+15550001' } })
})

test('the thresholds of detection count only where machines are to be detected', () => {
  const wish = { machine_detection: 'DetectMessageEnd', machine_detection_timeout: '20' }
  const machineDetection = {
    mode: 'DetectMessageEnd',
    timeout: 20,
    speechThreshold: 2400,
    speechEndThreshold: 1200,
    silenceTimeout: 5000,
  }
  expect(enter(wish)).not.toHaveProperty('effect.machineDetection.mode')
  expect(enter({ ...wish, detect_answering_machine: true })).toMatchObject({
    effect: { machineDetection },
    timeout: 3680,
  })
})

test('digits, sign-in and recording are asked for as they are given', () => {
  const properties = {
    send_digits: 'ww1#',
    sip_auth_username: 'ada',
    sip_auth_password: 'secret',
    record: 'true',
    recording_channels: 'dual',
    trim: 'trim-silence',
    recording_status_callback: 'https://a.example/recorded',
  }
  expect(enter(properties)).toMatchObject({
    effect: {
      sendDigits: 'ww1#',
      sipUsername: 'ada',
      sipPassword: 'secret',
      recording: { channels: 'dual', trim: 'trim-silence', callback: { url: 'https://a.example/recorded' } },
    },
  })
})

test('a recording callback that is no URL is left out, with a warning', () => {
  const result = enter({ record: true, recording_status_callback: 'nowhere' })
  expect(result).toMatchObject({ warnings: [{ code: 81014, message: expect.stringContaining('"nowhere"') }] })
  expect(result).toHaveProperty('effect.recording.callback', undefined)
})

test.each([
  ['on a call already', { call: { sid: 'CA0', live: true } }, {}],
  ['no number to call from', { address: '' }, { from: '' }],
  ['no number to call:?', { contact: '' }, { to: '' }],
  ['"MG1"', {}, { from: 'MG1' }],
])('there is no call where it is said: %s', (reason, execution, properties) => {
  const warnings = [{ code: 81008, message: expect.stringMatching(reason) }]
  expect(enter(properties, execution)).toEqual(exit('failed', { warnings }))
})

test('after a call that is over, another one can be placed', () => {
  expect(enter({}, { call: { sid: 'CA0', live: false } })).toMatchObject({ effect: { type: 'place-call' } })
})

test('a message that came by a Messaging Service can lead to no call', () => {
  const trigger = { message: { MessagingServiceSid: 'MG1' } }
  const frames = [{ flowSid: 'FW0', revision: 1, at: 'here', step: 'FT0', repeats: 1, trigger, widgets: {} }]
  expect(enter({}, { frames })).toMatchObject({ exit: 'failed', warnings: [{ code: 81008 }] })
})

test('once the call is placed, its sid is kept', () => {
  const wait = { kind: 'wait', for: HEARD, output: { CallSid: 'CA9' } }
  expect(after({ type: 'call-placed', call: { Sid: 'CA9', Status: 'queued' } }, {})).toEqual(wait)
})

test('a call that the carrier refuses leaves by failed and nothing behind', () => {
  const warnings = [{ code: 81008, message: 'the call failed: no such number (21211)' }]
  expect(after({ type: 'call-refused', reason: 'no such number (21211)' }, {})).toEqual(exit('failed', { warnings }))
})

test('whoever answers is the call of the execution from then on, known before or not', () => {
  const params = { CallSid: 'CA9', CallStatus: 'in-progress', AnsweredBy: 'human', MachineDetectionDuration: '2000' }
  const answered = exit('answered', { output: params, call: { sid: 'CA9', live: true } })
  expect(after({ type: 'call-answered', params })).toEqual(answered)
  expect(after({ type: 'call-answered', params }, {})).toEqual(answered)
})

test.each([
  ['busy', 'busy'],
  ['no-answer', 'noAnswer'],
])('a call reported as %s leaves by %s', (CallStatus, name) => {
  const params = { CallSid: 'CA9', CallStatus, SipResponseCode: '486' }
  expect(after({ type: 'call-reported', params })).toEqual(exit(name, { output: params }))
})

test.each(['failed', 'canceled'])('a call reported as %s leaves by failed, with the report', (CallStatus) => {
  const params = { CallSid: 'CA9', CallStatus, ErrorCode: '13224' }
  const warnings = [{ code: 81008, message: expect.stringContaining(CallStatus) }]
  expect(after({ type: 'call-reported', params })).toEqual(exit('failed', { output: params, warnings }))
})

test.each(['call-answered', 'call-reported'] as const)('%s of another call concerns nobody', (type) => {
  expect(after({ type, params: { CallSid: 'CA8', CallStatus: 'busy' } })).toBeUndefined()
})

test('a call that is over before it was answered is waited for a little, and is no longer live then', () => {
  const params = { CallSid: 'CA9', CallStatus: 'completed' }
  expect(after({ type: 'call-reported', params })).toEqual({ kind: 'wait', for: HEARD, timeout: 15, output: params })
  const late = after({ type: 'call-answered', params: { CallSid: 'CA9', CallStatus: 'in-progress' } }, params)
  expect(late).toMatchObject({ exit: 'answered', call: { sid: 'CA9', live: false } })
})

test('progress of a call changes nothing', () => {
  const params = { CallSid: 'CA9', CallStatus: 'ringing' }
  expect(after({ type: 'call-reported', params })).toEqual({ kind: 'wait', for: HEARD })
})

test('a call that is never heard of leaves by failed', () => {
  const warnings = [{ code: 81008, message: expect.stringContaining('did not tell') }]
  expect(after({ type: 'time-ran-out' })).toEqual(exit('failed', { warnings }))
})
