import { expect, test } from 'vitest'
import { channelThat } from '../support/channel.ts'
import { flow } from '../support/flow.ts'
import { call, form, message, serving } from '../support/server.ts'

const TEXT_BACK = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'ask', incomingMessage: null } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { from: '{{flow.channel.address}}', body: 'What is it about?' },
    exits: { incomingMessage: 'thank', timeout: null, deliveryFailure: null },
  },
  thank: {
    type: 'send-message',
    properties: { from: '{{flow.channel.address}}', body: 'About {{widgets.ask.inbound.Body}}, then' },
    exits: { sent: 'say', failed: 'say' },
  },
  say: { type: 'say-play', properties: { say: 'Thank you' }, exits: { audioComplete: null } },
})

test('a caller who is asked by text hears nothing more, and answers by text when the call is over', async () => {
  const sendMessage = async () => ({ ok: true, message: { Sid: 'SM9' } }) as const
  const { server, store, flows } = await serving({ ask: TEXT_BACK }, {}, { channel: channelThat({ sendMessage }) })
  const answer = await server.inject(form(call(), '/flows/ask'))
  await server.inject(form(call({ CallStatus: 'completed' }), '/flows/ask'))

  const thanks = await server.inject(form(message({ Body: 'cats' }), '/flows/ask'))

  expect(answer.body).toContain('<Response/>')
  expect(thanks.body).toContain('<Body>About cats, then</Body>')
  const execution = await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')
  expect(execution).toMatchObject({ status: 'ended', endedReason: 'HANGUP', call: { live: false } })
  expect((await store.warnings(execution?.sid ?? '')).map(({ code }) => code)).toEqual([81002])
})
