import { expect, test } from 'vitest'
import type { FlowEvent } from '../../src/engine/event.ts'
import type { Execution } from '../../src/engine/execution.ts'
import { ask, exit } from '../../src/engine/widget.ts'
import { recordCall } from '../../src/widgets/record-call.ts'
import { HUNG_UP, TEXTING, visit } from '../support/visit.ts'

const CHANGED = ['recording-changed', 'recording-refused'] as const

function enter(properties: Record<string, unknown>, execution: Partial<Execution> = {}) {
  return recordCall.enter(visit(recordCall, properties, { execution }))
}

function after(event: FlowEvent) {
  return recordCall.resume?.(visit(recordCall, { record_call: true }), event)
}

test('a recording is started, on both channels and whole unless the flow says otherwise', () => {
  const recording = { channels: 'dual', trim: 'do-not-trim', callback: undefined } as const
  const effect = { type: 'record-call', callSid: 'CA0', change: 'start', recording } as const
  expect(enter({ record_call: true, recording_status_callback: '' })).toEqual({
    ...ask(effect, ...CHANGED),
    warnings: [],
  })
})

test('whoever wants to be told of the recording is told of each event that is named', () => {
  const properties = {
    record_call: 'true',
    recording_status_callback: 'https://a.example/recorded',
    recording_status_callback_method: 'GET',
    recording_status_callback_events: 'in-progress completed absent',
    recording_channels: 'mono',
    trim: 'trim-silence',
  }
  const events = ['in-progress', 'completed', 'absent']
  const callback = { url: 'https://a.example/recorded', method: 'GET', events }
  expect(enter(properties)).toMatchObject({
    effect: { recording: { channels: 'mono', trim: 'trim-silence', callback } },
  })
})

test('the recording is stopped', () => {
  const effect = { type: 'record-call', callSid: 'CA0', change: 'stop' } as const
  expect(enter({ record_call: false })).toEqual(ask(effect, ...CHANGED))
})

test.each([
  ['the caller has hung up', HUNG_UP],
  ['somebody texts', TEXTING],
  ['the flow has placed the call', { channel: 'request' } as const],
])('nothing is recorded where %s', (_why, execution) => {
  const warnings = [{ code: 81020, message: expect.stringContaining('no incoming call') }]
  expect(enter({ record_call: true }, execution)).toEqual(exit('failed', { warnings }))
})

test('what the carrier keeps of the recording is given out', () => {
  const recording = { Sid: 'RE1', CallSid: 'CA0', Status: 'in-progress', Duration: '-1', Uri: '/x' }
  expect(after({ type: 'recording-changed', recording })).toEqual(exit('success', { output: recording }))
})

test('a call that the carrier does not record leaves by failed and nothing behind', () => {
  const warnings = [{ code: 81020, message: expect.stringContaining('it rings (21220)') }]
  expect(after({ type: 'recording-refused', reason: 'it rings (21220)' })).toEqual(exit('failed', { warnings }))
})
