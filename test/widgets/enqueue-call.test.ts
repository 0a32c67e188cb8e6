import { expect, test } from 'vitest'
import { enqueueCall } from '../../src/widgets/enqueue-call.ts'
import { continued, twimlOf, visit } from '../support/visit.ts'

const enter = (properties: Record<string, unknown>) => enqueueCall.enter(visit(enqueueCall, properties))

test.each([
  [{ queue_name: ' support ' }, '<Enqueue action="HOOK" method="POST">support</Enqueue>'],
  [
    { queue_name: 'support', wait_url: 'https://a.example/music', wait_url_method: 'get' },
    '<Enqueue action="HOOK" method="POST" waitUrl="https://a.example/music" waitUrlMethod="GET">support</Enqueue>',
  ],
  [
    { queue_name: 'support', wait_url: 'https://a.example/music' },
    '<Enqueue action="HOOK" method="POST" waitUrl="https://a.example/music" waitUrlMethod="GET">support</Enqueue>',
  ],
  [
    { workflow_sid: 'WW1', task_attributes: '{"a":1}', priority: '5', timeout: 60 },
    '<Enqueue action="HOOK" method="POST" workflowSid="WW1"><Task priority="5" timeout="60">{&quot;a&quot;:1}</Task></Enqueue>',
  ],
  [
    { workflow_sid: 'WW1', queue_name: 'support' },
    '<Enqueue action="HOOK" method="POST" workflowSid="WW1"><Task>{}</Task></Enqueue>',
  ],
])('%j is queued as %s', (properties, twiml) => {
  expect(twimlOf(enter(properties)).replaceAll('"a"', '&quot;a&quot;')).toBe(twiml)
})

test('attributes that are no JSON object are left out with a warning, for Twilio would refuse the document', () => {
  const result = enter({ workflow_sid: 'WW1', task_attributes: '{"name": "' })
  expect(twimlOf(result)).toContain('<Task>{}</Task>')
  expect(result).toMatchObject({ warnings: [{ code: 81027 }] })
})

test('a wait URL that is none is left out with 81028', () => {
  const result = enter({ queue_name: 'support', wait_url: 'music.mp3' })
  expect(twimlOf(result)).not.toContain('waitUrl')
  expect(result).toMatchObject({ warnings: [{ code: 81028 }] })
})

test.each([{}, { queue_name: '  ' }, { queue_name: 'x'.repeat(65) }])(
  'without a queue it leaves by failedToEnqueue: %j',
  (properties) => {
    expect(enter(properties)).toMatchObject({ exit: 'failedToEnqueue', warnings: [{}] })
  },
)

test.each([
  ['bridged', 'callComplete'],
  ['hangup', 'callComplete'],
  ['queue-full', 'failedToEnqueue'],
  ['error', 'failedToEnqueue'],
  ['system-error', 'callFailure'],
] as const)('QueueResult %s leaves by %s', (QueueResult, exit) => {
  expect(enqueueCall.resume?.(visit(enqueueCall), continued({ QueueResult }))).toEqual({
    kind: 'exit',
    exit,
    output: { QueueResult },
  })
})

test.each([
  ['leave', '60', [{ code: 81009 }]],
  ['error', '61', [{ code: 81009 }]],
  ['leave', '59', undefined],
  ['bridged', '60', undefined],
])(
  'a call that leaves a queue by %s after %s of 60 seconds has the warnings %j',
  (QueueResult, QueueTime, warnings) => {
    const left = enqueueCall.resume?.(visit(enqueueCall, { timeout: 60 }), continued({ QueueResult, QueueTime }))
    expect(left).toMatchObject({ output: { QueueResult }, ...(warnings && { warnings }) })
    expect(left && 'warnings' in left).toBe(warnings !== undefined)
  },
)

test('any other event does not concern it', () => {
  expect(enqueueCall.resume?.(visit(enqueueCall), { type: 'time-ran-out' })).toBeUndefined()
})
