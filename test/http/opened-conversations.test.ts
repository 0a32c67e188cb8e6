import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import type { LeaveConversationEffect } from '../../src/engine/effect.ts'
import type { Fields } from '../../src/engine/fields.ts'
import { Texter } from '../../src/simulator/people/texter.ts'
import { openStage } from '../../src/stage.ts'
import { channelThat } from '../support/channel.ts'
import { folderOf, serving } from '../support/server.ts'
import { replayFaults } from '../walk/replays.ts'

const PERSON = '+15550001000'
const OWN = '+15550002000'

const trigger = (event: string, next: string) => ({
  name: 'Trigger',
  type: 'trigger',
  properties: {},
  transitions: [{ event, next }],
})

const START = {
  name: 'start',
  type: 'start-conversation',
  properties: { friendly_name: 'Order {{flow.data.order}}', timers_closed: 'PT10M' },
  transitions: [{ event: 'created', next: 'ask' }, { event: 'failed' }],
}

const RESUME = {
  name: 'start',
  type: 'resume-conversation',
  properties: { conversation_sid: '{{flow.data.conversation}}', attributes: '{"resumed":true}' },
  transitions: [{ event: 'resumed', next: 'ask' }, { event: 'failed' }],
}

const ASK = {
  name: 'ask',
  type: 'send-and-wait-for-reply',
  properties: { from: 'Bot', body: 'Is order {{flow.data.order}} fine?', timeout: '3600' },
  transitions: [{ event: 'incomingMessage', next: 'thank' }, { event: 'timeout' }],
}

const THANK = {
  name: 'thank',
  type: 'send-message',
  properties: { from: 'Bot', to: '+15559999', body: '{{widgets.ask.inbound.Body}} it is' },
  transitions: [{ event: 'sent' }],
}

const flowOf = (start: unknown, ask: unknown = ASK) => ({
  initial_state: 'Trigger',
  states: [trigger('incomingRequest', 'start'), start, ask, THANK],
})

test('a conversation that a flow has begun carries its messages and the replies, and is left at the end', async () => {
  const { begin, execution, network, texter, got, warnings } = await staged(flowOf(START))

  await begin({ order: 7 })
  const [conversation] = network.conversations.list()
  const webhooks = conversation?.webhooks.size
  await texter.text('Fine')

  expect(conversation?.details).toMatchObject({ friendlyName: 'Order 7', timers: { closed: 'PT10M' } })
  expect(webhooks).toBe(1)
  expect(got()).toEqual(['Is order 7 fine?', 'Fine it is'])
  expect(execution()).toMatchObject({
    status: 'ended',
    frames: [{ widgets: { start: { conversation: { sid: conversation?.sid, state: 'active' } } } }],
  })
  expect(conversation?.webhooks.size).toBe(0)
  expect(conversation?.stateAt(0)).toBe('active')
  expect(warnings()).toEqual([])
})

test('what a flow sees of its conversation', async () => {
  const look = {
    name: 'ask',
    type: 'set-variables',
    properties: {
      variables: [
        { key: 'channel', value: '{{flow.channel.sid}} {{flow.channel.type}} {{flow.channel.status}}' },
        { key: 'details', value: '{{flow.channel.details.friendly_name}} {{flow.channel.details.webhook_sid}}' },
        { key: 'who', value: '{{flow.channel.details.participants[0].messaging_binding.address}}' },
        { key: 'output', value: '{{widgets.start.webhook_sid}} {{widgets.start.close_channel_on_execution_end}}' },
        { key: 'proxy', value: '{{widgets.start.conversation.participants[0].messaging_binding.proxy_address}}' },
      ],
    },
    transitions: [{ event: 'next' }],
  }
  const { begin, execution, network } = await staged(flowOf(START, look))

  await begin({ order: 7 })
  const [conversation] = network.conversations.list()
  const webhook = execution()?.conversation?.webhookSid

  expect(execution()?.frames[0]?.variables).toEqual({
    channel: `${conversation?.sid} conversation active`,
    details: `Order 7 ${webhook}`,
    who: PERSON,
    output: `${webhook} false`,
    proxy: OWN,
  })
})

test('a conversation is closed at the end where the widget says so', async () => {
  const closing = { ...START, properties: { close_conversation_on_execution_end: true } }
  const { begin, network } = await staged(flowOf({ ...closing, transitions: [{ event: 'created' }] }))

  await begin({})

  expect(network.conversations.list()[0]?.details.state).toBe('closed')
})

test('a conversation that was handed to agents is left open, and the task names it', async () => {
  const closing = { ...START, properties: { close_conversation_on_execution_end: true } }
  const agent = {
    name: 'ask',
    type: 'send-to-flex',
    properties: { workflow: `WW${'1'.repeat(32)}`, channel: `TC${'1'.repeat(32)}`, attributes: '{"name":"Ada"}' },
    transitions: [{ event: 'callComplete' }, { event: 'failedToEnqueue' }],
  }
  const { begin, network, execution, warnings } = await staged(flowOf(closing, agent))

  await begin({})

  const [conversation] = network.conversations.list()
  expect(conversation?.details.state).toBe('active')
  expect(conversation?.webhooks.size).toBe(0)
  const attributes = JSON.parse(network.taskRouter.list()[0]?.attributes ?? '')
  expect(attributes).toMatchObject({ name: 'Ada', channelType: 'sms', conversationSid: conversation?.sid })
  expect(execution()?.frames[0]?.widgets.ask).toMatchObject({ TaskSid: network.taskRouter.list()[0]?.sid })
  expect(warnings()).toEqual([])
})

test('a conversation that is deleted meanwhile is left without complaint', async () => {
  const { begin, network, time, warnings, execution } = await staged(flowOf(START))
  await begin({})
  for (const one of network.conversations.list()) network.conversations.remove(one)

  await time.pass(3_600)

  expect(execution()?.status).toBe('ended')
  expect(warnings()).toEqual([])
})

test('a conversation that cannot be closed is told of', async () => {
  const closing = { ...START, properties: { close_conversation_on_execution_end: true } }
  const { begin, network, time, warnings } = await staged(flowOf(closing))
  await begin({})
  for (const one of network.conversations.list()) network.conversations.remove(one)

  await time.pass(3_600)

  expect(warnings()).toEqual([81006])
})

test('a participant who is refused leaves no conversation behind', async () => {
  const { begin, network, execution, warnings } = await staged(flowOf(START))
  const elsewhere = network.conversations.create()
  network.conversations.join(elsewhere, { binding: { address: PERSON, proxyAddress: OWN } })

  await begin({})

  expect(network.conversations.list()).toEqual([elsewhere])
  expect(execution()).toMatchObject({ status: 'ended', frames: [{ at: 'start' }] })
  expect(warnings()).toEqual([81006])
})

test('somebody who chats is let in under their name', async () => {
  const participants = [{ type: 'chat', identity: 'ada' }]
  const { begin, network } = await staged(flowOf({ ...START, properties: { participants } }))

  await begin({})

  const [conversation] = network.conversations.list()
  expect([...(conversation?.participants.values() ?? [])]).toMatchObject([{ identity: 'ada' }])
})

test('a conversation is taken up where it was left', async () => {
  const { begin, network, got, texter, execution } = await staged(flowOf(RESUME))
  const conversation = network.conversations.create({ friendlyName: 'Order 7' })
  for (let nth = 1; nth <= 120; nth += 1) network.conversations.join(conversation, { identity: `nobody ${nth}` })
  network.conversations.join(conversation, { binding: { address: PERSON, proxyAddress: OWN } })

  await begin({ conversation: conversation.sid })
  await texter.text('Sure')

  expect(conversation.details.attributes).toBe('{"resumed":true}')
  expect(execution()?.conversation?.details?.participants).toHaveLength(121)
  expect(got()).toEqual(['Is order  fine?', 'Sure it is'])
})

test('a conversation that there is not cannot be taken up', async () => {
  const { begin, warnings, execution } = await staged(flowOf(RESUME))

  await begin({ conversation: 'CH1' })

  expect(execution()).toMatchObject({ status: 'ended', frames: [{ at: 'start' }] })
  expect(warnings()).toEqual([81006])
})

test('a conversation that a subflow has begun is there for the flow above', async () => {
  const childSid = `FW${'c'.repeat(32)}`
  const run = {
    name: 'start',
    type: 'run-subflow',
    properties: { flow_sid: childSid, flow_revision: 'LatestPublished' },
    transitions: [{ event: 'completed', next: 'ask' }],
  }
  const states = [trigger('incomingParent', 'start'), { ...START, transitions: [{ event: 'created' }] }]
  const child = { sid: childSid, friendly_name: 'child', definition: { initial_state: 'Trigger', states } }
  const { begin, got, texter } = await staged(flowOf(run), { child })

  await begin({ order: 7 })
  await texter.text('Fine')

  expect(got()).toEqual(['Is order 7 fine?', 'Fine it is'])
})

test('a conversation is left by a process that took over after a kill', async () => {
  const folder = folderOf({})
  const database = (name: string) => ({ DATABASE_URL: `sqlite:${join(folder, name)}` })
  const left: LeaveConversationEffect[] = []
  let letGo = () => {}
  const stuck = new Promise<void>((resolve) => {
    letGo = resolve
  })
  const channel = channelThat({
    openConversation: async () => ({ ok: true, conversation: { sid: 'CH1' }, participants: [], webhookSid: 'WH1' }),
    leaveConversation: async () => {
      await stuck
      return { ok: true, resource: {} }
    },
  })
  const flow = { talk: flowOf({ ...START, transitions: [{ event: 'created' }] }) }
  const first = await serving(flow, database('a.db'), { channel })
  void first.runtime.start(first.flows.list()[0]?.sid ?? '', incomingRequest({}))
  await new Promise((resolve) => setTimeout(resolve, 100))
  for (const end of ['', '-wal']) copyFileSync(join(folder, `a.db${end}`), join(folder, `b.db${end}`))

  const second = channelThat({
    leaveConversation: async (leaving) => {
      left.push(leaving)
      return { ok: true, resource: {} }
    },
  })
  const { store } = await serving(flow, database('b.db'), { channel: second })
  while ((await store.pendingEffects()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10))

  expect(left).toMatchObject([{ conversation: { sid: 'CH1' }, webhookSid: 'WH1', closes: false }])
  letGo()
})

test('an execution that is ended while its conversation is opened leaves no webhook there', async () => {
  const left: unknown[] = []
  const held: (() => void)[] = []
  const channel = channelThat({
    async openConversation() {
      await new Promise<void>((resolve) => held.push(resolve))
      return { ok: true, conversation: { sid: 'CH1' }, participants: [], webhookSid: 'WH1' }
    },
    async leaveConversation(leaving) {
      left.push(leaving)
      return { ok: true, resource: {} }
    },
  })
  const flow = { talk: flowOf({ ...START, transitions: [{ event: 'created' }] }) }
  const parts = await serving(flow, {}, { channel })
  const { runtime, store, flows, settled } = parts
  const { sid = '' } = (await runtime.launch(flows.list()[0]?.sid ?? '', incomingRequest({}))) ?? {}
  await expect.poll(() => held.length).toBe(1)

  await runtime.stop(sid)
  held[0]?.()
  await settled()

  expect(left).toMatchObject([{ conversation: { sid: 'CH1' }, webhookSid: 'WH1' }])
  expect(await store.execution(sid)).toMatchObject({ status: 'ended', endedReason: 'STOPPED' })
  expect(await store.pendingEffects()).toEqual([])
  expect(await replayFaults(sid, parts)).toEqual([])
})

test('an execution that could not leave its conversation goes the same way when it is played again', async () => {
  const opened = { ok: true, conversation: { sid: 'CH1' }, participants: [], webhookSid: 'WH1' } as const
  const channel = channelThat({ openConversation: async () => opened })
  const flow = { talk: flowOf({ ...START, transitions: [{ event: 'created' }] }) }
  const parts = await serving(flow, {}, { channel })
  const { runtime, store, flows } = parts

  const { sid = '' } = (await runtime.start(flows.list()[0]?.sid ?? '', incomingRequest({}))) ?? {}

  expect(await store.warnings(sid)).toMatchObject([{ code: 81006 }])
  expect(await replayFaults(sid, parts)).toEqual([])
})

function incomingRequest(parameters: Fields) {
  return { type: 'incoming-request', to: PERSON, from: OWN, parameters } as const
}

/** A flow on a stage: executions are begun as REST begins them, and a person texts. */
async function staged(flow: Record<string, unknown>, others: Record<string, unknown> = {}) {
  const flowFile = join(folderOf({ talk: flow, ...others }), 'talk.json')
  const stage = await openStage({ flowFile, clock: new ManualClock(Date.UTC(2026, 10, 25, 12)) })
  onTestFinished(() => stage.close())
  const { parts, network, time } = stage
  const codes: number[] = []
  stage.onMove(({ warnings }) => codes.push(...warnings.map(({ code }) => code)))
  const messages: string[] = []
  network.watch((one) => {
    if (one.type === 'message' && one.to === PERSON) messages.push(one.body)
  })
  const sid = parts.flows.named('talk')?.sid ?? ''
  return {
    network,
    time,
    texter: new Texter(network, { from: PERSON, to: OWN }, time),
    execution: () => stage.executions()[0],
    warnings: () => codes,
    got: () => messages,
    async begin(parameters: Fields) {
      await parts.runtime.start(sid, incomingRequest(parameters))
      await time.settle()
    },
  }
}
