import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openCarrier } from '../../src/carrier.ts'
import type { Channel } from '../../src/channels/channel.ts'
import { realClock } from '../../src/clock/clock.ts'
import { readConfig } from '../../src/config.ts'
import type { Parts } from '../../src/parts.ts'
import { type Answer, carrierApi, carrierThatHangsUp } from '../support/carrier-api.ts'
import { channelThat } from '../support/channel.ts'
import { flow } from '../support/flow.ts'
import { run } from '../support/process.ts'
import { folderOf, form, serving } from '../support/server.ts'
import { AUTHORIZATION, ask } from './api/own-api.ts'

const ATTRIBUTES = '{"pre_engagement_data":{"friendlyName":"Ada"}}'
const FOUND = { status: 200, body: { sid: 'CH1', attributes: ATTRIBUTES } }
const GREETING = 'Hello {{trigger.conversation.ChannelAttributes.pre_engagement_data.friendlyName}}!'

test('the attributes of a conversation are asked for when an execution begins there, and not when it goes on', async () => {
  const { parts, posted, asked } = await talking(GREETING, FOUND)

  await bring(parts, added())
  await bring(parts, added({ MessageSid: 'IM2' }))
  await bring(parts, added({ MessageSid: 'IM3', ConversationSid: 'CH2', ChatServiceSid: 'IS1' }))

  expect(posted).toEqual(['Hello Ada!', 'Hello Ada!'])
  expect(asked.map(({ path }) => path)).toEqual(['/v1/Conversations/CH1', '/v1/Services/IS1/Conversations/CH2'])
})

test('the simulated carrier tells them of its conversations', async () => {
  const parts = await serving({ talk: talk(GREETING) })
  const headers = { authorization: AUTHORIZATION }
  const made = await parts.server.inject(form({ Attributes: ATTRIBUTES }, '/v1/Conversations', headers))
  const { sid, chat_service_sid } = made.json()

  await bring(parts, added({ ConversationSid: sid, ChatServiceSid: chat_service_sid }))

  const listed = await parts.server.inject({ url: `/v1/Conversations/${sid}/Messages`, headers })
  expect(listed.json().messages).toMatchObject([{ body: 'Hello Ada!' }])
})

test('attributes that a webhook brings itself are not asked for', async () => {
  const { parts, posted, asked } = await talking(GREETING, FOUND)

  await bring(parts, added({ ChannelAttributes: '{"pre_engagement_data":{"friendlyName":"Grace"}}' }))

  expect(posted).toEqual(['Hello Grace!'])
  expect(asked).toEqual([])
})

test.each([
  ['names none of them', 'You wrote {{ trigger.conversation.Body }}', 0],
  ['names the trigger as a whole', '{{trigger | to_json}}', 1],
  ['names all that came with the conversation', '{% assign all = trigger.conversation %}{{all.Body}}', 1],
  ['names them in another way', "{{trigger['conversation'].Body}}", 1],
])('of a flow that %s they are asked for as often as that makes a difference', async (_what, body, times) => {
  const { parts, posted, asked } = await talking(body, FOUND)

  await bring(parts, added())

  expect(posted).toHaveLength(1)
  expect(asked).toHaveLength(times)
})

test('a subflow sees the attributes of the conversation that began its parent', async () => {
  const parent = flow({
    Trigger: { type: 'trigger', exits: { incomingConversationMessage: 'run' } },
    run: { type: 'run-subflow', properties: { flow_sid: SUBFLOW, flow_revision: 'LatestPublished' }, exits: {} },
  })
  const files = { talk: parent, greet: { sid: SUBFLOW, definition: talk(GREETING, 'incomingParent') } }
  const { parts, posted } = await talking(GREETING, FOUND, files)

  await bring(parts, added())

  expect(posted).toEqual(['Hello Ada!'])
})

const SUBFLOW = `FW${'1'.repeat(32)}`

test.each<readonly [string, Answer]>([
  ['is not found', { status: 404, body: { code: 20404, message: 'not found', status: 404 } }],
  ['is refused', { status: 401, body: { code: 20003, message: 'Authenticate', status: 401 } }],
  ['has attributes that are no JSON', { status: 200, body: { attributes: '{"pre_engagement_data":' } }],
  ['has attributes that are no object', { status: 200, body: { attributes: '["Ada"]' } }],
  ['has none', { status: 200, body: { sid: 'CH1' } }],
  ['comes as a page', { status: 200, body: '<html>' }],
])('a flow whose conversation %s begins without attributes', async (_what, answer) => {
  const { parts, posted, asked } = await talking(GREETING, answer)

  await bring(parts, added())

  expect(posted).toEqual(['Hello !'])
  expect(asked).toHaveLength(1)
})

test('a carrier that does not answer holds no flow up', async () => {
  const { url, calls } = await carrierThatHangsUp()
  const { parts, posted } = await talkingTo(reading(url), talk(GREETING))

  await bring(parts, added())

  expect(posted).toEqual(['Hello !'])
  expect(calls()).toBe(1)
})

test('where too many begin at once, nothing is asked for the one that does not', async () => {
  const settings = { INBOUND_EXECUTIONS_PER_SECOND: '1' }
  const { parts, posted, asked } = await talking(GREETING, FOUND, {}, settings)

  await bring(parts, added())
  await bring(parts, added({ MessageSid: 'IM2', ConversationSid: 'CH2' }))

  expect(posted).toEqual(['Hello Ada!'])
  expect(asked).toHaveLength(1)
})

test('what is walked again sees the attributes of then and asks nobody', async () => {
  const { parts, asked } = await talking(GREETING, FOUND)
  await bring(parts, added())
  const [{ sid }] = (await ask(parts, 'executions')).body.executions

  const { body } = await ask(parts, `executions/${sid}/bundle`)

  expect(body.visits).toMatchObject([
    {
      widget: 'Trigger',
      input: [{ event: 'incoming-conversation-message', params: { ChannelAttributes: ATTRIBUTES } }],
    },
    { widget: 'greet', properties: { body: 'Hello Ada!' } },
  ])
  expect(asked).toHaveLength(1)
})

test('a server that is killed while it asks asks again when it is back, and keeps the order of what was written', async () => {
  const folder = folderOf({})
  const database = (name: string) => ({ DATABASE_URL: `sqlite:${join(folder, name)}` })
  let letGo = () => {}
  const stuck = new Promise<Answer>((resolve) => {
    letGo = () => resolve(FOUND)
  })
  const first = await talking(GREETING, stuck, {}, database('a.db'))
  await bring(first.parts, added(), 'unsettled')
  await expect.poll(() => first.asked).toHaveLength(1)
  await bring(first.parts, added({ MessageSid: 'IM2', Body: 'is anybody there?' }), 'unsettled')
  for (const end of ['', '-wal']) copyFileSync(join(folder, `a.db${end}`), join(folder, `b.db${end}`))

  const second = await talking(GREETING, FOUND, {}, database('b.db'))
  await second.parts.settled()

  const [{ sid }] = (await ask(second.parts, 'executions')).body.executions
  const { body } = await ask(second.parts, `executions/${sid}/bundle`)
  expect(body.visits[0].input).toMatchObject([{ params: { Body: 'hi' } }])
  expect([first.posted, second.posted]).toEqual([[], ['Hello Ada!']])
  letGo()
})

test('what is written while they are asked for is no reply to the question behind that', async () => {
  const { parts, posted } = await writtenMeanwhile({})

  const [{ sid, status }] = (await ask(parts, 'executions')).body.executions
  expect({ posted, status }).toEqual({ posted: ['Hello Ada!'], status: 'active' })
  expect((await parts.store.warnings(sid)).map(({ code }) => code)).toEqual([81002])
  expect((await ask(parts, `executions/${sid}/bundle`)).body.visits).toHaveLength(2)
})

test('what is written while they are asked for begins anew where the flow is over by then', async () => {
  const greet = { type: 'send-message', properties: { from: 'Bot', body: GREETING }, exits: { sent: null } }
  const once = flow({ Trigger: { type: 'trigger', exits: { incomingConversationMessage: 'greet' } }, greet })

  expect((await writtenMeanwhile({ talk: once })).posted).toEqual(['Hello Ada!', 'Hello Ada!'])
})

/** Somebody writes twice, the second time while the carrier is asked because of the first. */
async function writtenMeanwhile(files: Record<string, unknown>) {
  let letGo = () => {}
  const stuck = new Promise<Answer>((resolve) => {
    letGo = () => resolve(FOUND)
  })
  const talked = await talking(GREETING, stuck, files)
  await bring(talked.parts, added(), 'unsettled')
  await expect.poll(() => talked.asked).toHaveLength(1)
  await bring(talked.parts, added({ MessageSid: 'IM2', Body: 'is anybody there?' }), 'unsettled')
  letGo()
  await talked.parts.settled()
  return talked
}

test('a flow that begins without attributes is told of in the log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'))
  const settings = { FLOWS_DIR: folderOf({ talk: talk(GREETING) }), DATABASE_URL: `sqlite:${join(folder, 'x.db')}` }
  const { origin, output } = await run(folder, settings)

  await fetch(`${origin}/flows/talk`, { method: 'POST', body: new URLSearchParams(added()) })

  await expect
    .poll(() => output.filter((line) => line.startsWith('{"level":40')).map((line) => JSON.parse(line)))
    .toMatchObject([{ conversation: 'CH1', reason: expect.stringContaining('20404') }, {}])
})

/** A flow that greets and waits. */
function talk(body: string, event = 'incomingConversationMessage') {
  return flow({
    Trigger: { type: 'trigger', exits: { [event]: 'greet' } },
    greet: {
      type: 'send-and-wait-for-reply',
      properties: { from: 'Bot', body, timeout: '3600' },
      exits: { incomingMessage: null, timeout: null },
    },
  })
}

/** A server of the flow, whose carrier answers with this what is asked about conversations, and what is posted there. */
async function talking(
  body: string,
  answer: Answer | Promise<Answer>,
  files: Record<string, unknown> = {},
  settings: Record<string, string> = {},
) {
  const { url, asked } = await carrierApi(answer)
  return { asked, ...(await talkingTo(reading(url), talk(body), files, settings)) }
}

async function talkingTo(
  { readAttributes }: Channel,
  definition: unknown,
  files: Record<string, unknown> = {},
  settings: Record<string, string> = {},
) {
  const posted: string[] = []
  const postMessage: Channel['postMessage'] = async (message) => {
    posted.push(message.body ?? '')
    return { ok: true, message: { Sid: `IMown${posted.length}` } }
  }
  const channel = channelThat({ readAttributes, postMessage })
  const parts = await serving({ talk: definition, ...files }, settings, { channel })
  return { parts, posted }
}

/** The way to a real carrier at this address. */
function reading(url: string): Channel {
  const account = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'x', TWILIO_API_URL: url }
  const { channel, close } = openCarrier(readConfig(account, '.'), realClock)
  onTestFinished(close)
  return channel
}

async function bring({ server, settled }: Parts, params: Record<string, string>, wait?: 'unsettled') {
  const answer = await server.inject(form(params, '/flows/talk'))
  expect(answer.statusCode).toBe(204)
  if (!wait) await settled()
}

function added(params: Record<string, string> = {}): Record<string, string> {
  return {
    EventType: 'onMessageAdded',
    AccountSid: 'AC1',
    ConversationSid: 'CH1',
    MessageSid: 'IM1',
    Author: 'ada',
    Body: 'hi',
    Source: 'SDK',
    ...params,
  }
}
