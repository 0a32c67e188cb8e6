import { expect, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import { channelThat } from '../support/channel.ts'
import { call, form, message, serving } from '../support/server.ts'

const PARKED = {
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      properties: {},
      transitions: [
        { event: 'incomingCall', next: 'away' },
        { event: 'incomingMessage', next: 'away' },
      ],
    },
    {
      name: 'away',
      type: 'add-twiml-redirect',
      properties: { url: 'https://elsewhere.example/twiml', timeout: '600' },
      transitions: [{ event: 'return', next: 'which' }, { event: 'timeout' }, { event: 'fail' }],
    },
    {
      name: 'which',
      type: 'split-based-on',
      properties: { input: '{{widgets.away.token}}' },
      transitions: [
        { event: 'noMatch', next: 'text' },
        {
          event: 'match',
          next: 'say',
          conditions: [
            { friendly_name: 'voice', type: 'equal_to', arguments: ['{{widgets.away.token}}'], value: 'voice' },
          ],
        },
      ],
    },
    {
      name: 'say',
      type: 'say-play',
      properties: { say: 'Back with {{widgets.away.token}}' },
      transitions: [{ event: 'audioComplete' }],
    },
    {
      name: 'text',
      type: 'send-message',
      properties: {
        body: 'Back with {{widgets.away.token}}',
        from: '{{flow.channel.address}}',
        to: '{{contact.channel.address}}',
      },
      transitions: [{ event: 'sent' }, { event: 'failed' }],
    },
  ],
}

test('a call comes back to the plain webhook with FlowEvent=return and parameters of its own', async () => {
  const { server } = await serving({ parked: PARKED })
  const away = await server.inject(form(call(), '/flows/parked'))

  const back = await server.inject(
    form(call({ CallStatus: 'in-progress' }), '/flows/parked?FlowEvent=return&token=voice'),
  )

  expect(away.body).toContain('<Redirect method="POST">https://elsewhere.example/twiml</Redirect>')
  expect(back.body).toContain('<Say>Back with voice</Say>')
})

test('a parameter that comes back with a question mark in it is whole', async () => {
  const { server } = await serving({ parked: PARKED })
  await server.inject(form(message(), '/flows/parked'))

  const back = await server.inject(form(message(), '/flows/parked?FlowEvent=return&token=Really?%20Yes?'))

  expect(back.body).toContain('<Body>Back with Really? Yes?</Body>')
})

test.each(['0', '600'])(
  'the end of a call reaches the flow that it was led to, with a timeout of %s',
  async (timeout) => {
    const away = JSON.parse(JSON.stringify(PARKED).replace('"600"', JSON.stringify(timeout)))
    const here = {
      ...PARKED,
      states: [{ ...PARKED.states[0], transitions: [{ event: 'incomingCall', next: 'say' }] }, PARKED.states[3]],
    }
    const { server, store, flows } = await serving({ away, here })
    await server.inject(form(call(), '/flows/away'))
    await server.inject(form(call({ CallStatus: 'in-progress' }), '/flows/here'))

    await server.inject(form(call({ CallStatus: 'completed' }), '/flows/away'))

    const led = await store.executionOfCall(flows.named('here')?.sid ?? '', 'CA1')
    expect(led).toMatchObject({ status: 'ended', endedReason: 'HANGUP', steps: 1 })
    expect(await store.activeOfCall('CA1')).toEqual([])
  },
)

test('a message comes back by its sender and the flow’s address', async () => {
  const { server } = await serving({ parked: PARKED })
  const away = await server.inject(form(message(), '/flows/parked'))

  const back = await server.inject(form(message(), '/flows/parked?FlowEvent=return&token=abc'))

  expect(away.body).toContain('https://elsewhere.example/twiml')
  expect(back.body).toContain('<Body>Back with abc</Body>')
})

test('a message to a parked execution is ignored, and begins no second one', async () => {
  const { server, store, flows } = await serving({ parked: PARKED })
  await server.inject(form(message(), '/flows/parked'))
  const sid = flows.list()[0]?.sid ?? ''
  const parked = await store.activeWith(sid, '+15550001', ['+15550002'])

  const ignored = await server.inject(form(message({ MessageSid: 'SM2', Body: 'anybody there?' }), '/flows/parked'))
  const again = await server.inject(form(message(), '/flows/parked'))

  expect(ignored.body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
  expect(again.body).toContain('https://elsewhere.example/twiml')
  expect(await store.activeWith(sid, '+15550001', ['+15550002'])).toMatchObject({ sid: parked?.sid, steps: 1 })
  expect(await store.warnings(parked?.sid ?? '')).toMatchObject([{ code: 81002, widget: 'away' }])
})

test('what is not awaited comes back as a new contact', async () => {
  const { server } = await serving({ parked: PARKED })

  const fresh = await server.inject(form(call({ CallStatus: 'in-progress' }), '/flows/parked?FlowEvent=return'))

  expect(fresh.body).toContain('https://elsewhere.example/twiml')
})

test('a wait whose time is up goes on by timeout', async () => {
  const quick = JSON.parse(JSON.stringify(PARKED).replace('"600"', '"1"'))
  const { server, store, flows } = await serving({ quick })
  await server.inject(form(message(), '/flows/quick'))
  const sid = flows.list()[0]?.sid ?? ''
  const waiting = await store.activeWith(sid, '+15550001', ['+15550002'])

  await expect.poll(async () => (await store.execution(waiting?.sid ?? ''))?.status, { timeout: 5000 }).toBe('ended')

  expect((await store.steps(waiting?.sid ?? '')).at(-1)).toMatchObject({ name: 'timeout', from: 'away', to: 'Ended' })
})

const LATE = {
  ...PARKED,
  states: [
    ...PARKED.states.filter(({ name }) => name !== 'away'),
    {
      name: 'away',
      type: 'add-twiml-redirect',
      properties: { url: 'https://elsewhere.example/twiml', timeout: '1' },
      transitions: [{ event: 'return' }, { event: 'timeout', next: 'ask' }, { event: 'fail' }],
    },
    {
      name: 'ask',
      type: 'send-and-wait-for-reply',
      properties: { body: 'Where are you?', from: '{{flow.channel.address}}', timeout: '600' },
      transitions: [{ event: 'incomingMessage' }, { event: 'timeout' }, { event: 'deliveryFailure' }],
    },
  ],
}

test.each([
  {
    next: 'say',
    how: 'that says something',
    state: { status: 'ended', endedReason: 'HANGUP' },
    answer: 'https://elsewhere.example/twiml', // as a new caller
    warnings: [],
  },
  {
    next: 'ask',
    how: 'that waits for a message',
    state: { status: 'active' },
    answer: '<Response/>',
    warnings: [81002],
  },
])('a call that comes back too late leads on no widget $how', async ({ next, state, answer, warnings }) => {
  const clock = new ManualClock(Date.parse('2026-03-05T17:00:00Z'))
  const channel = channelThat({ sendMessage: async () => ({ ok: true, message: { Sid: 'SM7' } }) })
  const late = JSON.parse(JSON.stringify(LATE).replace('"timeout","next":"ask"', `"timeout","next":"${next}"`))
  const { server, store, flows, settled } = await serving({ late }, {}, { clock, channel })
  const sid = flows.list()[0]?.sid ?? ''
  await server.inject(form(call(), '/flows/late'))
  const parked = await store.executionOfCall(sid, 'CA1')

  clock.step()
  await settled()
  const back = await server.inject(form(call({ CallStatus: 'in-progress' }), '/flows/late?FlowEvent=return'))

  expect(back.body).toContain(answer)
  expect(await store.execution(parked?.sid ?? '')).toMatchObject(state)
  expect((await store.warnings(parked?.sid ?? '')).map(({ code }) => code)).toEqual(warnings)
})

test.each([
  ['call', call({ CallStatus: 'in-progress' })],
  ['message', message()],
])('with a timeout of 0 a %s goes away for good, and comes back as a new one', async (_kind, params) => {
  const gone = JSON.parse(JSON.stringify(PARKED).replace('"600"', '"0"'))
  const { server, store, flows } = await serving({ gone })
  const sid = flows.list()[0]?.sid ?? ''

  const away = await server.inject(form(params, '/flows/gone'))
  const back = await server.inject(form(params, '/flows/gone?FlowEvent=return&token=abc'))

  expect(away.body).toContain('https://elsewhere.example/twiml')
  expect(back.body).toBe(away.body)
  expect(await store.activeWith(sid, '+15550001', ['+15550002'])).toBeUndefined()
  expect(await store.activeCalls(sid, '+15550001')).toEqual([])
})
