import { expect, test } from 'vitest'
import type { FlowEvent } from '../../src/engine/event.ts'
import { makeOutgoingCallV1 } from '../../src/widgets/make-outgoing-call-v1.ts'
import { visit } from '../support/visit.ts'

const CALL = { from: '+15550002', to: '+15550001' }
const REQUESTED = { channel: 'request', call: undefined } as const

function after(event: FlowEvent, wired: readonly string[] = [], output: Record<string, unknown> = { CallSid: 'CA9' }) {
  const execution = { ...REQUESTED, waiting: { for: [], dueAt: 0, output } }
  return makeOutgoingCallV1.resume?.(visit(makeOutgoingCallV1, CALL, { execution, wired }), event)
}

test.each([
  [{ timeout: 20 }, { timeout: 20, recording: undefined }],
  [{ record: true }, { timeout: 60, recording: {} }],
])('%j is asked for', (properties, asked) => {
  const call = visit(makeOutgoingCallV1, { ...CALL, ...properties }, { execution: REQUESTED })
  expect(makeOutgoingCallV1.enter(call)).toHaveProperty('effect', expect.objectContaining({ ...CALL, ...asked }))
})

test('machines are detected where the exit for them leads on, and nowhere else', () => {
  const asked = (wired: readonly string[]) =>
    makeOutgoingCallV1.enter(visit(makeOutgoingCallV1, CALL, { execution: REQUESTED, wired }))
  expect(asked(['answeredByMachine'])).toHaveProperty('effect.machineDetection', { mode: 'Enable', timeout: 30 })
  expect(asked(['answered'])).toHaveProperty('effect.machineDetection', undefined)
})

test('an answer leaves by answered, a machine by its own exit where that leads on', () => {
  const event = (AnsweredBy: string): FlowEvent => {
    return { type: 'call-answered', params: { CallSid: 'CA9', CallStatus: 'in-progress', AnsweredBy } }
  }
  expect(after(event('human'), ['answeredByMachine'])).toMatchObject({ exit: 'answered' })
  expect(after(event('machine_start'))).toMatchObject({ exit: 'answered' })
  expect(after(event('machine_start'), ['answeredByMachine'])).toMatchObject({
    exit: 'answeredByMachine',
    call: { sid: 'CA9', live: true },
  })
})

test('whoever hangs up before hearing anything leaves by hangup where that leads on, else by failed', () => {
  const over = { CallSid: 'CA9', CallStatus: 'completed' }
  expect(after({ type: 'time-ran-out' }, ['hangup'], over)).toMatchObject({ exit: 'hangup', warnings: [] })
  expect(after({ type: 'time-ran-out' }, [], over)).toMatchObject({ exit: 'failed' })
  expect(after({ type: 'time-ran-out' }, ['hangup'])).toMatchObject({ exit: 'failed' })
})

test.each([
  ['busy', 'busy'],
  ['no-answer', 'noAnswer'],
  ['failed', 'failed'],
])('a call reported as %s leaves by %s', (CallStatus, exit) => {
  expect(after({ type: 'call-reported', params: { CallSid: 'CA9', CallStatus } })).toMatchObject({ exit })
})
