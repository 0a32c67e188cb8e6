import { expect, test } from 'vitest'
import { channelThat } from '../../support/channel.ts'
import { flow } from '../../support/flow.ts'
import { call, form, message, serving, urlIn } from '../../support/server.ts'
import { ask } from './own-api.ts'

/** Asks a caller for a key and a service for an answer; texts what came of it. */
const ORDERS = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'menu', incomingMessage: 'look_up' } },
  menu: {
    type: 'gather-input-on-call',
    properties: { say: 'Hello {{contact.channel.address}}', timeout: 5 },
    exits: { keypress: 'look_up', timeout: null },
  },
  look_up: {
    type: 'make-http-request',
    properties: {
      method: 'POST',
      url: 'https://ada:secret-word@orders.example/{{widgets.menu.Digits}}?api_key=hidden-words&page=1',
      body: '{"key": "{{widgets.menu.Digits}}"}',
      content_type: 'application/json',
    },
    exits: { success: 'tell', failed: 'tell' },
  },
  tell: {
    type: 'send-message',
    properties: { from: '+15559990000', to: '+15550009', body: 'Status {{widgets.look_up.status_code}}' },
    exits: { sent: null, failed: null },
  },
})

test('a step tells what its widget was given, filled, and what came to it', async () => {
  const { parts, sid, steps } = await called()

  const { body } = await ask(parts, `executions/${sid}/steps/${steps.menu}`)

  expect(body).toMatchObject({
    step_sid: steps.menu,
    widget: 'menu',
    flow_revision: 1,
    date_entered: expect.stringMatching(/Z$/),
    properties: { say: 'Hello +15550001', timeout: 5 },
    input: [{ event: 'continued', params: { Digits: '7' } }],
    effects: [{ kind: 'twiml', target: 'Gather', status: 'in-progress' }],
  })
})

test('a step tells what it asked of the outside, when, how often and what came of it', async () => {
  const { parts, sid, steps } = await called()

  const { body } = await ask(parts, `executions/${sid}/steps/${steps.look_up}`)

  expect(body.effects).toEqual([
    {
      kind: 'http-request',
      target: 'POST https://left-out@orders.example/7?api_key=left-out&page=1',
      date_asked: expect.any(String),
      date_begun: expect.any(String),
      date_ended: expect.any(String),
      attempts: 1,
      status: 503,
      error: null,
    },
  ])
  const [{ date_asked, date_begun, date_ended }] = body.effects
  expect([date_asked, date_begun, date_ended].toSorted()).toEqual([date_asked, date_begun, date_ended])
  expect(Date.parse(date_ended) - Date.parse(date_begun)).toBeGreaterThanOrEqual(SLOW_MS - 5)
  expect(body.properties).toMatchObject({ body: '{"key": "7"}' })
  expect(JSON.stringify(body)).not.toMatch(/secret-word|hidden-words/)
})

test('a step tells why what it asked for was refused, and after how many attempts', async () => {
  const reason = 'too busy, HTTP 429 after 4 attempts'
  const sendMessage = async () => ({ ok: false, message: { Status: 'failed' }, reason, attempts: 4 }) as const
  const { parts, sid, steps } = await called(channelThat({ sendMessage }))

  const { body } = await ask(parts, `executions/${sid}/steps/${steps.tell}`)

  expect(body.properties).toMatchObject({ body: 'Status 503' })
  expect(body.effects).toMatchObject([
    { kind: 'send-message', target: '+15550009', attempts: 4, status: 'failed', error: reason },
  ])
})

test('the widget on which an execution stands is told of as a step is', async () => {
  const parts = await serving({ orders: ORDERS })
  await parts.server.inject(form(call({ CallSid: 'CA1', From: '+15550001' }), '/flows/orders'))
  const [{ sid }] = (await ask(parts, 'executions')).body.executions
  const { step_sid } = (await ask(parts, `executions/${sid}`)).body

  const { body } = await ask(parts, `executions/${sid}/steps/${step_sid}`)

  expect(body).toMatchObject({
    widget: 'menu',
    input: [],
    effects: [{ kind: 'twiml', date_ended: null, status: null }],
  })
})

test('where no events were kept, a step says that it cannot be rebuilt', async () => {
  const parts = await serving({ orders: ORDERS }, { EXECUTION_EVENTS: 'off' }, { httpRequest: unavailable })
  await parts.server.inject(form(message({ From: '+15550001' }), '/flows/orders'))
  await parts.settled()
  const [{ sid }] = (await ask(parts, 'executions')).body.executions
  const { steps } = (await ask(parts, `executions/${sid}`)).body

  const { status, body } = await ask(parts, `executions/${sid}/steps/${steps[0].sid}`)

  expect({ status, body }).toEqual({
    status: 200,
    body: { step_sid: steps[0].sid, missing: expect.stringContaining('was EXECUTION_EVENTS off?') },
  })
  expect(await ask(parts, `executions/${sid}/bundle`)).toMatchObject({
    body: { visits_missing: expect.stringContaining('was EXECUTION_EVENTS off?') },
  })
})

test('a step that there is not is not found', async () => {
  const { parts, sid } = await called()
  expect(await ask(parts, `executions/${sid}/steps/FT0`)).toMatchObject({ status: 404, body: { code: 20404 } })
})

test('a bundle tells the same of every step', async () => {
  const { parts, sid, steps } = await called()

  const { body } = await ask(parts, `executions/${sid}/bundle`)

  expect(body.visits.map(({ widget }: { widget: string }) => widget)).toEqual(['Trigger', 'menu', 'look_up', 'tell'])
  expect(body.visits[2]).toEqual((await ask(parts, `executions/${sid}/steps/${steps.look_up}`)).body)
  expect(body.visits[0].input).toMatchObject([{ event: 'incoming-call', params: { From: '+15550001' } }])
})

const SLOW_MS = 20

async function unavailable() {
  await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
  return { ok: true, status: 503, contentType: 'text/plain', headers: {}, body: 'later' } as const
}

/** Somebody has called and pressed 7; the sids of the steps by the names of their widgets. */
async function called(channel = channelThat()) {
  const parts = await serving({ orders: ORDERS }, {}, { httpRequest: unavailable, channel })
  const one = call({ CallSid: 'CA1', From: '+15550001' })
  const asked = await parts.server.inject(form(one, '/flows/orders'))
  await parts.server.inject(form({ ...one, Digits: '7', CallStatus: 'in-progress' }, urlIn(asked.body, 'action')))
  await parts.settled()
  const [{ sid }] = (await ask(parts, 'executions')).body.executions
  const { body } = await ask(parts, `executions/${sid}`)
  const steps: Readonly<Record<string, string>> = Object.fromEntries(
    body.steps.map((step: { sid: string; transitioned_from: string }) => [step.transitioned_from, step.sid]),
  )
  return { parts, sid, steps }
}
