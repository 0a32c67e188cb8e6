import { expect, test } from 'vitest'
import { carrierWith } from '../support/carrier.ts'
import { NOON, OWN, PERSON } from '../support/net.ts'
import { site } from '../support/site.ts'

/** A conversation with a person on the phone and an agent, and a page that is told of its messages. */
async function talking(page: Parameters<typeof site>[0][string] = () => ({ status: 204 })) {
  const { hook, asked } = await site({ '/hook': page })
  const carrier = await carrierWith()
  const made = await carrier.client.conversations.v1.conversations.create({ friendlyName: 'Order 7' })
  const conversation = carrier.client.conversations.v1.conversations(made.sid)
  const phone = { 'messagingBinding.address': PERSON, 'messagingBinding.proxyAddress': OWN }
  const person = await conversation.participants.create(phone)
  const agent = await conversation.participants.create({ identity: 'agent' })
  const webhook = await conversation.webhooks.create({
    target: 'webhook',
    'configuration.url': hook('/hook').url,
    'configuration.filters': ['onMessageAdded'],
  })
  return { ...carrier, asked, made, conversation, person, agent, webhook }
}

test('a conversation is begun, shown, changed, listed and deleted', async () => {
  const { client } = await carrierWith()
  const { conversations } = client.conversations.v1
  const timers = { 'timers.inactive': 'PT1M', 'timers.closed': 'PT10M' }

  const made = await conversations.create({ uniqueName: 'order-7', attributes: '{"order":7}', ...timers })
  const changed = await conversations('order-7').update({ friendlyName: 'Order 7' })

  expect(made).toMatchObject({ friendlyName: null, state: 'active', dateCreated: new Date(NOON) })
  expect(made.timers).toEqual({ date_inactive: '2026-11-25T12:01:00Z', date_closed: '2026-11-25T12:10:00Z' })
  expect(changed).toMatchObject({ sid: made.sid, friendlyName: 'Order 7', attributes: '{"order":7}' })
  expect(await conversations.list()).toMatchObject([{ sid: made.sid }])
  expect(await conversations(made.sid).remove()).toBe(true)
  await expect(conversations(made.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
})

test('long lists come in pages', async () => {
  const { client } = await carrierWith()
  const { conversations } = client.conversations.v1
  for (const friendlyName of ['one', 'two', 'three']) await conversations.create({ friendlyName })

  const listed = await conversations.list({ pageSize: 2 })

  expect(listed.map(({ friendlyName }) => friendlyName)).toEqual(['three', 'two', 'one'])
})

test('people are let in once, by name or by phone, and shown out', async () => {
  const { conversation, made, client, person, agent } = await talking()
  const phone = { 'messagingBinding.address': PERSON, 'messagingBinding.proxyAddress': OWN }
  const other = await client.conversations.v1.conversations.create()

  expect(person).toMatchObject({ conversationSid: made.sid, identity: null })
  expect(person.messagingBinding).toEqual({ type: 'sms', address: PERSON, proxy_address: OWN })
  expect((await conversation.participants.list()).map(({ sid }) => sid)).toEqual([person.sid, agent.sid])
  await expect(conversation.participants.create({ identity: 'agent' })).rejects.toMatchObject({ code: 50433 })
  await expect(conversation.participants.create({})).rejects.toMatchObject({ code: 50407 })
  const { participants } = client.conversations.v1.conversations(other.sid)
  await expect(participants.create(phone)).rejects.toMatchObject({ status: 409, code: 50416 })
  await conversation.participants(person.sid).remove()
  expect(await participants.create(phone)).toMatchObject({ conversationSid: other.sid })
})

test('a message that is written by REST is told to the webhook and to everybody there', async () => {
  const { conversation, made, asked, happenings, time } = await talking()

  const written = await conversation.messages.create({ author: 'agent', body: 'Hello', attributes: '{"a":1}' })
  await time.settle()

  expect(written).toMatchObject({ author: 'agent', body: 'Hello', index: 0, conversationSid: made.sid })
  expect(asked.map(({ params }) => params)).toEqual([
    {
      EventType: 'onMessageAdded',
      AccountSid: made.accountSid,
      ChatServiceSid: made.chatServiceSid,
      ConversationSid: made.sid,
      MessageSid: written.sid,
      Index: '0',
      Author: 'agent',
      ParticipantSid: written.participantSid,
      Body: 'Hello',
      Attributes: '{"a":1}',
      DateCreated: '2026-11-25T12:00:00.000Z',
      Source: 'API',
      RetryCount: '0',
    },
  ])
  expect(happenings.filter(({ type }) => type === 'message')).toMatchObject([
    { direction: 'outbound', from: 'agent', to: PERSON, body: 'Hello' },
  ])
})

test('a phone that is bound to a conversation writes there, not to the number', async () => {
  const { conversation, asked, texter, person, happenings } = await talking()

  await texter().text('Where is it?')

  expect(asked.map(({ params }) => params)).toMatchObject([
    { Author: PERSON, ParticipantSid: person.sid, Body: 'Where is it?', Source: 'SMS' },
  ])
  expect(await conversation.messages.list()).toMatchObject([{ author: PERSON, body: 'Where is it?', index: 0 }])
  expect(happenings.filter(({ type }) => type === 'message')).toMatchObject([
    { direction: 'inbound', from: PERSON },
    { direction: 'outbound', from: PERSON, to: 'agent' },
  ])
})

test('somebody who chats writes under their name', async () => {
  const { network, asked } = await talking()

  for (const one of network.conversations.list()) await network.conversations.say(one, 'agent', 'One moment')

  expect(asked.map(({ params }) => params)).toMatchObject([
    { Author: 'agent', ClientIdentity: 'agent', Source: 'SDK', Body: 'One moment' },
  ])
})

test('messages are listed both ways, shown and deleted', async () => {
  const { conversation } = await talking()
  for (const body of ['one', 'two']) await conversation.messages.create({ body })
  const [last] = await conversation.messages.list({ order: 'desc' })

  expect(last).toMatchObject({ body: 'two', author: 'system', index: 1 })
  expect(await conversation.messages(last?.sid ?? '').fetch()).toMatchObject({ body: 'two' })
  await conversation.messages(last?.sid ?? '').remove()
  expect((await conversation.messages.list()).map(({ body }) => body)).toEqual(['one'])
})

test('what was written, who is there and who is told can be changed', async () => {
  const { conversation, person, webhook, asked, time } = await talking()
  const { sid } = await conversation.messages.create({ body: 'one', author: 'agent' })
  await time.settle()

  const message = await conversation.messages(sid).update({ body: 'two', attributes: '{"edited":true}' })
  const somebody = await conversation.participants(person.sid).update({ attributes: '{"vip":true}' })
  const quiet = await conversation.webhooks(webhook.sid).update({ 'configuration.filters': ['onMessageUpdated'] })
  await conversation.messages.create({ body: 'three' })
  await time.settle()

  expect(message).toMatchObject({ body: 'two', author: 'agent', attributes: '{"edited":true}', index: 0 })
  expect(somebody).toMatchObject({ sid: person.sid, attributes: '{"vip":true}' })
  expect(quiet.configuration).toMatchObject({ filters: ['onMessageUpdated'], method: 'POST' })
  expect(asked.map(({ params }) => params.Body)).toEqual(['one'])
})

test('a webhook that is taken off is told no more', async () => {
  const { conversation, webhook, asked, time } = await talking()

  await conversation.webhooks(webhook.sid).remove()
  await conversation.messages.create({ body: 'Anybody?' })
  await time.settle()

  expect(asked).toEqual([])
  expect(await conversation.webhooks.list()).toEqual([])
})

test('a sixth webhook is refused', async () => {
  const { conversation } = await talking()
  const one = { target: 'webhook', 'configuration.url': 'https://a.example/' } as const
  for (let nth = 2; nth <= 5; nth += 1) await conversation.webhooks.create(one)

  await expect(conversation.webhooks.create(one)).rejects.toMatchObject({ status: 400 })
})

test('a webhook that fails is warned of, and is not asked again', async () => {
  const { conversation, asked, codes, time } = await talking(() => ({ status: 500 }))

  await conversation.messages.create({ body: 'Hello' })
  await time.settle()

  expect(asked).toHaveLength(1)
  expect(codes()).toEqual([11200])
})

test('a conversation is closed by its timer or by hand, and takes no more', async () => {
  const { conversation, client, time } = await talking()
  const timed = await client.conversations.v1.conversations.create({ 'timers.closed': 'PT10M' })
  await time.pass(600)
  await conversation.update({ state: 'closed' })

  expect(await client.conversations.v1.conversations(timed.sid).fetch()).toMatchObject({ state: 'closed' })
  await expect(conversation.messages.create({ body: 'Hello' })).rejects.toMatchObject({ code: 50377 })
})

test.each([
  ['timers', { 'timers.closed': 'ten minutes' }],
  ['attributes', { attributes: 'no JSON' }],
])('a conversation with wrong %s is refused', async (_what, wrong) => {
  const { client } = await carrierWith()
  await expect(client.conversations.v1.conversations.create(wrong)).rejects.toMatchObject({ status: 400 })
})

test('a conversation of a service of its own is found there', async () => {
  const { client } = await carrierWith()
  const service = client.conversations.v1.services(`IS${'1'.repeat(32)}`)

  const made = await service.conversations.create({ friendlyName: 'Order 7' })

  expect(made.chatServiceSid).toBe(`IS${'1'.repeat(32)}`)
  expect(await service.conversations(made.sid).fetch()).toMatchObject({ friendlyName: 'Order 7' })
})
