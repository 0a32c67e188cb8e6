import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Handed } from '../../src/channels/channel.ts'
import type { HandOverEffect, PostMessageEffect } from '../../src/engine/effect.ts'
import type { Parts } from '../../src/parts.ts'
import { channelThat } from '../support/channel.ts'
import { folderOf, form, serving } from '../support/server.ts'

const ASK = {
  name: 'ask',
  type: 'send-and-wait-for-reply',
  properties: { from: 'Bot', body: 'What is your name?', timeout: '3600' },
  transitions: [{ event: 'incomingMessage', next: 'greet' }, { event: 'timeout' }, { event: 'deliveryFailure' }],
}

const GREET = {
  name: 'greet',
  type: 'send-message',
  properties: { from: '{{flow.channel.address}}', body: 'Hello {{widgets.ask.inbound.Body}}' },
  transitions: [{ event: 'sent' }, { event: 'failed' }],
}

const TALK = {
  initial_state: 'Trigger',
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      properties: {},
      transitions: [{ event: 'incomingConversationMessage', next: 'ask' }],
    },
    ASK,
    GREET,
  ],
}

test('a message in a conversation is acknowledged without a word, and the flow writes into the conversation', async () => {
  const { parts, posted } = await talking()

  const answer = await bring(parts, added())
  await bring(parts, added({ MessageSid: 'IM2', Body: 'Ada' }))

  expect(answer).toMatchObject({ statusCode: 204, body: '' })
  expect(posted).toMatchObject([
    { conversation: { sid: 'CH1' }, author: 'Bot', body: 'What is your name?' },
    { conversation: { sid: 'CH1' }, author: 'CH1', body: 'Hello Ada' },
  ])
})

test('a message may be brought as JSON', async () => {
  const { parts, posted } = await talking()

  const answer = await parts.server.inject({ method: 'POST', url: '/flows/talk', payload: { ...added(), Index: 0 } })
  await parts.settled()

  expect(answer.statusCode).toBe(204)
  expect(posted).toHaveLength(1)
})

test('a message that is brought twice moves the flow once', async () => {
  const { parts, posted } = await talking()

  await Promise.all([added(), added(), added({ RetryCount: '1' })].map((params) => bring(parts, params)))

  expect(posted).toHaveLength(1)
})

test('whoever writes in the conversation moves it; another conversation has an execution of its own', async () => {
  const { parts, posted } = await talking()

  await bring(parts, added())
  await bring(parts, added({ ConversationSid: 'CH2', MessageSid: 'IM2' }))
  await bring(parts, added({ MessageSid: 'IM3', Author: 'grace', Body: 'Grace' }))

  expect(posted.map(({ conversation, body }) => `${conversation.sid} ${body}`)).toEqual([
    'CH1 What is your name?',
    'CH2 What is your name?',
    'CH1 Hello Grace',
  ])
})

test('the flow’s own messages neither answer it nor begin it anew, however early they come back', async () => {
  const { parts, posted } = await talking(async ({ author, body }, sid) => {
    await bring(parts, added({ MessageSid: sid, Author: author, Body: body ?? '' }), 'unsettled')
  })

  await bring(parts, added())
  await bring(parts, added({ MessageSid: 'IM2', Body: 'Ada' }))

  expect(posted.map(({ body }) => body)).toEqual(['What is your name?', 'Hello Ada'])
})

test('an own message that comes back after the end begins nothing', async () => {
  const { parts, posted } = await talking()
  await bring(parts, added())
  await bring(parts, added({ MessageSid: 'IM2', Body: 'Ada' }))

  await bring(parts, added({ MessageSid: 'IMown2', Author: 'somebody' }))
  await bring(parts, added({ MessageSid: 'IM8', Author: 'Bot' }))

  expect(posted).toHaveLength(2)
})

test('a customer who writes after the end begins anew', async () => {
  const { parts, posted } = await talking()
  for (const sid of ['IM1', 'IM2', 'IM3']) await bring(parts, added({ MessageSid: sid }))

  expect(posted.map(({ body }) => body)).toEqual(['What is your name?', 'Hello hi', 'What is your name?'])
})

test('a reply that a widget does not expect begins nothing beside it', async () => {
  const { parts, posted } = await talking(undefined, { ...ASK, transitions: [{ event: 'timeout' }] })
  await bring(parts, added())
  await bring(parts, added({ MessageSid: 'IM2' }))

  expect(posted).toHaveLength(1)
})

test('a message that comes while a service is asked is no reply to the question behind it', async () => {
  const execution = await writtenInto('ask', [ASK, GREET])

  expect(execution).toMatchObject({ status: 'active', frames: [{ at: 'ask' }], codes: [81016, 81002] })
})

test('a message that comes while a service is asked before the end is ignored, and noted with what has ended', async () => {
  const execution = await writtenInto(undefined, [])

  expect(execution).toMatchObject({ status: 'ended', endedReason: 'FLOW_END', codes: [81016, 81002] })
})

/** What becomes of an execution that asks a slow service before it goes on, where somebody writes meanwhile. */
async function writtenInto(next: string | undefined, states: readonly unknown[]) {
  let answerNow = () => {}
  const asked = new Promise<void>((resolve) => {
    answerNow = resolve
  })
  const look = {
    name: 'look',
    type: 'make-http-request',
    properties: { method: 'GET', url: 'https://slow.example/' },
    transitions: [{ event: 'failed', next }],
  }
  const first = { ...TALK.states[0], transitions: [{ event: 'incomingConversationMessage', next: 'look' }] }
  const channel = channelThat({ postMessage: async () => ({ ok: true, message: { Sid: 'IM9' } }) })
  const httpRequest = async () => {
    await asked
    return { ok: false, reason: 'network', message: 'gone' } as const
  }
  const parts = await serving({ talk: { ...TALK, states: [first, look, ...states] } }, {}, { channel, httpRequest })

  await bring(parts, added(), 'unsettled')
  const find = () => parts.store.executionOfConversation(parts.flows.list()[0]?.sid ?? '', 'CH1')
  while ((await find()) === undefined) await new Promise((resolve) => setImmediate(resolve))
  await bring(parts, added({ MessageSid: 'IM2', Body: 'Hello?' }), 'unsettled')
  answerNow()
  await parts.settled()

  const execution = await find()
  const codes = (await parts.store.warnings(execution?.sid ?? '')).map(({ code }) => code)
  return { ...execution, codes }
}

test.each(['onConversationUpdated', 'onParticipantAdded', 'onDeliveryUpdated'])(
  '%s is acknowledged and moves nothing',
  async (EventType) => {
    const { parts, posted } = await talking()

    const answer = await bring(parts, { EventType, ConversationSid: 'CH1', AccountSid: 'AC1' })

    expect(answer.statusCode).toBe(204)
    expect(posted).toEqual([])
  },
)

test('a message without a sid is refused', async () => {
  const { parts } = await talking()
  const { MessageSid, ...params } = added()

  expect((await bring(parts, params)).statusCode).toBe(400)
})

test('a message that is refused by the carrier leaves by the failure exit and shows why', async () => {
  const reason = 'Conversation is closed'
  const channel = channelThat({ postMessage: async () => ({ ok: false, message: { ErrorCode: 50371 }, reason }) })
  const { server, store, flows, settled } = await serving({ talk: TALK }, {}, { channel })

  await server.inject(form(added(), '/flows/talk'))
  await settled()

  const ended = await store.executionOfConversation(flows.list()[0]?.sid ?? '', 'CH1')
  expect(ended).toMatchObject({ status: 'ended', frames: [{ widgets: { ask: { outbound: { ErrorCode: 50371 } } } }] })
})

test('a message that was acknowledged is taken up by a process that took over after a kill', async () => {
  const folder = folderOf({})
  const database = (name: string) => ({ DATABASE_URL: `sqlite:${join(folder, name)}` })
  let letGo = () => {}
  const stuck = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const first = await talking(() => stuck, ASK, database('a.db'))
  await bring(first.parts, added(), 'unsettled')
  const answer = await bring(first.parts, added({ MessageSid: 'IM2', Body: 'Ada' }), 'unsettled')
  for (const end of ['', '-wal']) copyFileSync(join(folder, `a.db${end}`), join(folder, `b.db${end}`))

  const second = await talking(undefined, ASK, database('b.db'))
  await second.parts.settled()

  expect(answer.statusCode).toBe(204)
  expect(second.posted.map(({ body }) => body)).toEqual(['What is your name?', 'Hello Ada'])
  letGo()
})

test('what agents have starts nothing and is answered by nobody of ours until the conversation is another one', async () => {
  const handed: HandOverEffect[] = []
  const posted: PostMessageEffect[] = []
  const channel = channelThat({
    handOver: async (wish) => {
      handed.push(wish)
      return { ok: true, resource: { sid: 'KD1' } }
    },
    postMessage: async (message) => {
      posted.push(message)
      return { ok: true, message: { Sid: 'IM9' } }
    },
  })
  const flow = {
    initial_state: 'Trigger',
    states: [
      { ...TALK.states[0], transitions: [{ event: 'incomingConversationMessage', next: 'agent' }] },
      {
        name: 'agent',
        type: 'send-to-flex',
        properties: { workflow: 'WW1', channel: 'TC1' },
        transitions: [{ event: 'callComplete', next: 'ask' }, { event: 'failedToEnqueue' }],
      },
      { ...ASK, transitions: [{ event: 'deliveryFailure' }] },
    ],
  }
  const parts = await serving({ talk: flow }, {}, { channel })

  for (const MessageSid of ['IM1', 'IM2']) await bring(parts, added({ MessageSid }))
  await bring(parts, added({ MessageSid: 'IM3', ConversationSid: 'CH2' }))

  expect(handed.map(({ conversation }) => conversation?.sid)).toEqual(['CH1', 'CH2'])
  expect(posted).toEqual([])
  const ended = await parts.store.executionOfConversation(parts.flows.list()[0]?.sid ?? '', 'CH1')
  expect(ended).toMatchObject({ status: 'ended', conversation: { status: 'handed off' } })
})

/** A server of the flow; the carrier takes every message and gives it a sid of its own. */
async function talking(
  onPost: (message: PostMessageEffect, sid: string) => Promise<unknown> = async () => {},
  ask = ASK,
  settings: Record<string, string> = {},
) {
  const posted: PostMessageEffect[] = []
  const postMessage = async (message: PostMessageEffect): Promise<Handed> => {
    const sid = `IMown${posted.push(message)}`
    await onPost(message, sid)
    return { ok: true, message: { Sid: sid } }
  }
  const flow = { ...TALK, states: TALK.states.map((state) => (state.name === 'ask' ? ask : state)) }
  const parts = await serving({ talk: flow }, settings, { channel: channelThat({ postMessage }) })
  return { parts, posted }
}

/** Brings a webhook to the flow; waits for what comes of it, unless it is in the way of that itself. */
async function bring({ server, settled }: Parts, params: Record<string, string>, wait?: 'unsettled') {
  const answer = await server.inject(form(params, '/flows/talk'))
  if (!wait) await settled()
  return answer
}

function added(params: Record<string, string> = {}): Record<string, string> {
  return {
    EventType: 'onMessageAdded',
    AccountSid: 'AC1',
    ConversationSid: 'CH1',
    MessageSid: 'IM1',
    Index: '0',
    Author: '+15550001',
    ParticipantSid: 'MB1',
    Body: 'hi',
    Attributes: '{}',
    Source: 'SMS',
    ...params,
  }
}
