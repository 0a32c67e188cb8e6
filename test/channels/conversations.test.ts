import { expect, test } from 'vitest'
import { answering } from '../support/answering.ts'

const POST = {
  type: 'post-message',
  conversation: { sid: 'CH1' },
  author: 'Bot',
  body: 'Hi',
  attributes: '{}',
} as const

test('a message into a conversation is posted there and comes back under the names that flows see', async () => {
  const resource = { sid: 'IM1', conversation_sid: 'CH1', index: 3, date_created: '2021-01-26T22:40:28Z', media: null }
  const { asked, channel } = answering(201, resource)

  const handed = await channel.postMessage(POST, 't')

  const message = { Sid: 'IM1', ConversationSid: 'CH1', Index: 3, DateCreated: '2021-01-26T22:40:28Z', Media: null }
  expect(handed).toEqual({ ok: true, message })
  const form = [
    ['Author', 'Bot'],
    ['Body', 'Hi'],
    ['Attributes', '{}'],
  ]
  const path = '/v1/Conversations/CH1/Messages'
  expect(asked).toEqual([{ method: 'POST', product: 'conversations', path, form, token: 't' }])
})

test('a conversation of a service of its own is written to there', async () => {
  const { asked, channel } = answering(201, { sid: 'IM1' })

  await channel.postMessage({ ...POST, conversation: { sid: 'CH1', serviceSid: 'IS1' } }, 't')

  expect(asked).toMatchObject([{ path: '/v1/Services/IS1/Conversations/CH1/Messages' }])
})

test('a message that a conversation does not take comes with the reason and its code', async () => {
  const { channel } = answering(404, { code: 20404, message: 'Conversation not found', status: 404 })

  expect(await channel.postMessage(POST, 't')).toMatchObject({
    ok: false,
    reason: 'Conversation not found (20404)',
    message: { Sid: null, ConversationSid: 'CH1', ErrorCode: 20404, ErrorMessage: 'Conversation not found' },
  })
})

test('the attributes of a conversation come as they are written there', async () => {
  const { asked, channel } = answering(200, { sid: 'CH1', attributes: '{"a": 1}' })

  expect(await channel.readAttributes({ sid: 'CH1', serviceSid: 'IS1' }, 't')).toEqual({ ok: true, json: '{"a": 1}' })
  const path = '/v1/Services/IS1/Conversations/CH1'
  expect(asked).toEqual([{ method: 'GET', product: 'conversations', path, token: 't' }])
})

test('attributes that are no object in JSON are told of without what they are', async () => {
  const { channel } = answering(200, { sid: 'CH1', attributes: 'secret' })

  expect(await channel.readAttributes({ sid: 'CH1' }, 't')).toEqual({ ok: false, reason: 'they are no JSON object' })
})

const START = {
  type: 'start-conversation',
  serviceSid: undefined,
  friendlyName: 'Order 7',
  attributes: '{"order":7}',
  messagingServiceSid: undefined,
  timers: { inactive: 'PT10M', closed: 'P1D' },
  participant: { address: '+15550001000', proxyAddress: '+15550002000' },
  webhookUrl: 'https://flows.example/hook',
} as const

test('a conversation is begun, its participant let in and the flow told of what is written there', async () => {
  const { asked, channel } = answering(201, { sid: 'CH1' })

  const opened = await channel.openConversation(START, 't')

  expect(opened).toMatchObject({ ok: true, conversation: { sid: 'CH1' }, webhookSid: 'CH1' })
  expect(asked.map(({ path, form = [] }) => [path, Object.fromEntries(form)])).toEqual([
    [
      '/v1/Conversations',
      { FriendlyName: 'Order 7', Attributes: '{"order":7}', 'Timers.Inactive': 'PT10M', 'Timers.Closed': 'P1D' },
    ],
    [
      '/v1/Conversations/CH1/Participants',
      { 'MessagingBinding.Address': '+15550001000', 'MessagingBinding.ProxyAddress': '+15550002000' },
    ],
    [
      '/v1/Conversations/CH1/Webhooks',
      {
        Target: 'webhook',
        'Configuration.Url': 'https://flows.example/hook',
        'Configuration.Method': 'POST',
        'Configuration.Filters': 'onMessageAdded',
      },
    ],
  ])
})

test('a conversation is left by its webhook, and closed where that is wished', async () => {
  const { asked, channel } = answering(200, { sid: 'CH1' })

  await channel.leaveConversation(
    { type: 'leave-conversation', conversation: { sid: 'CH1' }, webhookSid: 'WH1', closes: true },
    't',
  )

  expect(asked.map(({ method, path, form }) => [method, path, form])).toEqual([
    ['DELETE', '/v1/Conversations/CH1/Webhooks/WH1', undefined],
    ['POST', '/v1/Conversations/CH1', [['State', 'closed']]],
  ])
})
