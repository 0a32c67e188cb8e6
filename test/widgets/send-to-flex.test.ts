import { expect, test } from 'vitest'
import { sendToFlex } from '../../src/widgets/send-to-flex.ts'
import { continued, TEXTING, twimlOf, visit } from '../support/visit.ts'

test('a call is enqueued before the workflow with its task', () => {
  const properties = {
    workflow: 'WW1',
    channel: 'TC1',
    attributes: '{ "name": 7 }',
    priority: '5',
    timeout: '60',
    waitUrl: 'https://a.example/hold',
    waitUrlMethod: 'GET',
  }
  expect(twimlOf(sendToFlex.enter(visit(sendToFlex, properties))).replaceAll('&quot;', '"')).toBe(
    '<Enqueue action="HOOK" method="POST" workflowSid="WW1" waitUrl="https://a.example/hold" waitUrlMethod="GET">' +
      '<Task priority="5" timeout="60">{ "name": 7 }</Task></Enqueue>',
  )
})

test('a wait URL that is none is left out with 81028, and the call is enqueued', () => {
  const result = sendToFlex.enter(visit(sendToFlex, { workflow: 'WW1', waitUrl: 'hold' }))
  expect(twimlOf(result)).toBe('<Enqueue action="HOOK" method="POST" workflowSid="WW1"><Task>{}</Task></Enqueue>')
  expect(result).toMatchObject({ warnings: [{ code: 81028 }] })
})

test('a message cannot be handed over, and the step says why', () => {
  expect(sendToFlex.enter(visit(sendToFlex, { workflow: 'WW1' }, { execution: TEXTING }))).toMatchObject({
    exit: 'failedToEnqueue',
    warnings: [{ code: 81020, message: expect.stringContaining('message') }],
  })
})

test('without a workflow nobody could take the call', () => {
  expect(sendToFlex.enter(visit(sendToFlex, {}))).toMatchObject({ exit: 'failedToEnqueue', warnings: [{}] })
})

test.each([
  ['bridged', 'callComplete'],
  ['queue-full', 'failedToEnqueue'],
  ['error', 'failedToEnqueue'],
  ['system-error', 'callFailure'],
] as const)('QueueResult %s leaves by %s', (QueueResult, exit) => {
  expect(sendToFlex.resume?.(visit(sendToFlex), continued({ QueueResult }))).toEqual({
    kind: 'exit',
    exit,
    output: { QueueResult },
  })
})

test('any other event does not concern it', () => {
  expect(sendToFlex.resume?.(visit(sendToFlex), { type: 'time-ran-out' })).toBeUndefined()
})
