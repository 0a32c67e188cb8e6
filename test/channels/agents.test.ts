import { expect, test } from 'vitest'
import { twilioChannel } from '../../src/channels/twilio.ts'
import { answering } from '../support/answering.ts'

const HAND_OVER = {
  type: 'hand-over',
  workflowSid: 'WW1',
  taskChannel: 'chat',
  attributes: '{"name":"Ada"}',
  priority: 5,
  timeout: 60,
  channelType: 'web',
} as const

test('a message is handed over as a task of the workspace that is set', async () => {
  const { asked, channel } = answering(201, { sid: 'WT1', task_queue_sid: 'WQ1' })

  expect(await channel.handOver(HAND_OVER, 't')).toEqual({
    ok: true,
    resource: { sid: 'WT1', task_queue_sid: 'WQ1' },
  })
  const form = [
    ['WorkflowSid', 'WW1'],
    ['TaskChannel', 'chat'],
    ['Attributes', '{"name":"Ada"}'],
    ['Priority', '5'],
    ['Timeout', '60'],
  ]
  const path = '/v1/Workspaces/WS1/Tasks'
  expect(asked).toEqual([{ method: 'POST', product: 'taskrouter', path, form, token: 't' }])
})

test.each([
  ['chat', { task_channel_unique_name: 'chat' }],
  ['TC1', { task_channel_sid: 'TC1' }],
])('a conversation is handed over as an interaction on the task channel %s', async (taskChannel, named) => {
  const { asked, channel } = answering(201, { sid: 'KD1' })

  await channel.handOver({ ...HAND_OVER, taskChannel, conversation: { sid: 'CH1' } }, 't')

  const properties = { workspace_sid: 'WS1', workflow_sid: 'WW1', ...named, attributes: { name: 'Ada' } }
  expect(asked).toMatchObject([{ product: 'flex-api', path: '/v1/Interactions' }])
  expect(asked[0]?.form?.map(([name, value]) => [name, JSON.parse(value)])).toEqual([
    ['Channel', { type: 'web', initiated_by: 'customer', properties: { media_channel_sid: 'CH1' } }],
    ['Routing', { properties: { ...properties, priority: 5, timeout: 60 } }],
  ])
})

test('without a workspace nobody is handed over', async () => {
  const { api } = answering(200, { workspaces: [] })
  const channel = twilioChannel({ api, accountSid: 'AC1', now: () => 0 })

  expect(await channel.handOver(HAND_OVER, 't')).toMatchObject({
    ok: false,
    reason: expect.stringContaining('FLEX_WORKSPACE_SID'),
  })
})

test('why no workspace could be looked for is told', async () => {
  const { api } = answering(401, { code: 20003, message: 'Authenticate' })
  const channel = twilioChannel({ api, accountSid: 'AC1', now: () => 0 })

  expect(await channel.handOver(HAND_OVER, 't')).toEqual({ ok: false, reason: 'Authenticate (20003)' })
})
