import { expect, test } from 'vitest'
import type { Result } from '../../src/engine/widget.ts'
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

const TALKING = {
  ...TEXTING,
  channel: 'conversation',
  contact: 'ada',
  conversation: { sid: 'CH1', status: 'active', authors: ['Bot'] },
} as const

const CONTACT = { customerAddress: '+15550001', from: '+15550001', customerName: '+15550001' }

test('a message is handed over as a task, with what is known of the contact beside its attributes', () => {
  const properties = {
    workflow: 'WW1',
    channel: 'TC1',
    attributes: '{"name":"Ada","from":""}',
    priority: '5',
    timeout: '60',
  }
  const result = sendToFlex.enter(visit(sendToFlex, properties, { execution: TEXTING }))
  expect(result).toMatchObject({
    for: ['handed-over', 'hand-over-refused'],
    effect: { type: 'hand-over', workflowSid: 'WW1', taskChannel: 'TC1', priority: 5, timeout: 60, channelType: 'sms' },
  })
  expect(attributesOf(result)).toEqual({ channelType: 'sms', ...CONTACT, name: 'Ada' })
})

test.each([
  ['+15550001', 'sms'],
  ['whatsapp:+15550001', 'whatsapp'],
  ['messenger:1', 'messenger'],
  ['ada', 'web'],
])('%s writes by %s', (contact, channelType) => {
  const execution = { ...TALKING, contact }
  const result = sendToFlex.enter(visit(sendToFlex, { workflow: 'WW1' }, { execution }))
  expect(result).toMatchObject({ effect: { channelType, conversation: { sid: 'CH1' } } })
  expect(attributesOf(result)).toMatchObject({ channelType, customerAddress: contact, name: contact })
})

test('once agents have the conversation the flow goes on at once, and shows the task in both spellings', () => {
  const task = { sid: 'WT1', age: 0, attributes: '{}' }
  const resource = { sid: 'KD1', routing: { properties: task }, interaction_context_sid: null }
  const here = visit(sendToFlex, { workflow: 'WW1' }, { execution: TALKING })
  expect(sendToFlex.resume?.(here, { type: 'handed-over', resource })).toEqual({
    kind: 'exit',
    exit: 'callComplete',
    conversation: { ...TALKING.conversation, status: 'handed off' },
    output: { ...resource, TaskSid: 'WT1', Age: 0, Attributes: '{}', FlexContextSid: null },
  })
})

test('the task of a message is shown in both spellings', () => {
  const resource = { sid: 'WT1', age: 0, attributes: '{}', assignment_status: 'pending' }
  const here = visit(sendToFlex, { workflow: 'WW1' }, { execution: TEXTING })
  expect(sendToFlex.resume?.(here, { type: 'handed-over', resource })).toEqual({
    kind: 'exit',
    exit: 'callComplete',
    output: { ...resource, TaskSid: 'WT1', Age: 0, Attributes: '{}' },
  })
})

test('a hand-over that is refused leaves by the failure exit, the reason in the outputs', () => {
  const event = { type: 'hand-over-refused', reason: 'no such workflow' } as const
  expect(sendToFlex.resume?.(visit(sendToFlex, {}, { execution: TEXTING }), event)).toMatchObject({
    exit: 'failedToEnqueue',
    output: { ErrorMessage: 'no such workflow' },
    warnings: [{ code: 81015, message: expect.stringContaining('no such workflow') }],
  })
})

test.each([
  ['a call', {}, 81015],
  ['a message', { execution: TEXTING }, 81015],
  ['a conversation', { execution: TALKING }, 81015],
])('attributes that cannot be used hand %s to nobody', (_what, setting, code) => {
  for (const attributes of ['{ "name": "Ada "the Countess"" }', '[1]', JSON.stringify({ name: 'x'.repeat(1_024) })])
    expect(sendToFlex.enter(visit(sendToFlex, { workflow: 'WW1', attributes }, setting))).toMatchObject({
      exit: 'failedToEnqueue',
      output: { ErrorMessage: expect.stringContaining('attributes') },
      warnings: [{ code }],
    })
})

test('a request that has neither a call nor a conversation cannot be handed over', () => {
  const execution = { channel: 'request', call: undefined } as const
  expect(sendToFlex.enter(visit(sendToFlex, { workflow: 'WW1' }, { execution }))).toMatchObject({
    exit: 'failedToEnqueue',
    warnings: [{ code: 81020, message: expect.stringContaining('request') }],
  })
})

test('a conversation that agents have is not handed over again', () => {
  const execution = { ...TALKING, conversation: { ...TALKING.conversation, status: 'handed off' } } as const
  expect(sendToFlex.enter(visit(sendToFlex, { workflow: 'WW1' }, { execution }))).toMatchObject({
    exit: 'failedToEnqueue',
    warnings: [{ code: 81015 }],
  })
})

test('without a workflow nobody could take the contact', () => {
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

function attributesOf(result: Result): unknown {
  if (result.kind !== 'wait' || result.effect?.type !== 'hand-over') throw new Error('nobody is handed over')
  return JSON.parse(result.effect.attributes)
}
