import { setImmediate as tick } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import { flow } from '../support/flow.ts'
import { form, message, serving } from '../support/server.ts'

const ASKING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'ask', incomingConversationMessage: 'ask' } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { from: '{{flow.channel.address}}', body: 'Well?', timeout: '60' },
    exits: { incomingMessage: null, timeout: null },
  },
})

const written = (MessageSid: string) => ({
  EventType: 'onMessageAdded',
  ConversationSid: 'CH1',
  MessageSid,
  Author: '+15550001',
  Body: 'hello',
})

test.each([
  ['a text', (MessageSid: string) => message({ MessageSid })],
  ['a message of a conversation', written],
])('%s that comes when its wait runs out is not forgotten', async (_what, params) => {
  const clock = new ManualClock(Date.parse('2026-03-05T12:00:00Z'))
  const taken: string[] = []
  const { server, settled } = await serving(
    { asking: ASKING },
    {},
    {
      clock,
      onMove: ({ event }) => void ('params' in event && taken.push(event.params.MessageSid ?? '')),
    },
  )
  const sids = Array.from({ length: 40 }, (_, index) => `IM${index}`)

  for (const [index, sid] of sids.entries()) {
    const answer = server.inject(form(params(sid), '/flows/asking'))
    for (let ticks = 0; ticks < index % 10; ticks += 1) await tick()
    clock.step()
    await answer
    await settled()
  }

  expect(taken).toEqual(sids)
})
