import { expect, test } from 'vitest'
import { call, form, serving, urlIn } from '../support/server.ts'

const MENU = {
  description: 'A menu',
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      properties: {},
      transitions: [{ event: 'incomingCall', next: 'ask' }, { event: 'incomingMessage' }],
    },
    {
      name: 'ask',
      type: 'gather-input-on-call',
      properties: { say: 'Press 1 & wait', number_of_digits: 1 },
      transitions: [{ event: 'keypress', next: 'say' }, { event: 'speech' }, { event: 'timeout' }],
    },
    {
      name: 'say',
      type: 'say-play',
      properties: { say: 'You pressed {{widgets.ask.Digits}}' },
      transitions: [{ event: 'audioComplete' }],
    },
  ],
}

test('a caller walks a menu to its end by the URLs of the answers', async () => {
  const { server, store, flows } = await serving({ menu: MENU })

  const menu = await server.inject(form(call(), '/flows/menu'))
  const pressed = await server.inject(
    form(call({ CallStatus: 'in-progress', Digits: '1' }), urlIn(menu.body, 'action')),
  )
  const end = await server.inject(form(call({ CallStatus: 'in-progress' }), urlIn(pressed.body, 'Redirect')))

  expect(menu.headers['content-type']).toBe('text/xml; charset=utf-8')
  expect(menu.body).toContain('<Say>Press 1 &amp; wait</Say>')
  expect(pressed.body).toContain('<Say>You pressed 1</Say>')
  expect(end.body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
  const execution = await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')
  expect(execution).toMatchObject({ status: 'ended', endedReason: 'FLOW_END', steps: 3 })
  expect(execution?.frames[0]?.widgets.say).toMatchObject({ FlowEvent: 'audioComplete', CallStatus: 'in-progress' })
  expect(JSON.stringify(execution?.frames[0]?.widgets)).not.toContain('TrunklineStep')
})

test('a parameter named as JavaScript names things is one like any other', async () => {
  const { server, store, flows } = await serving({ menu: MENU })
  const odd = Object.fromEntries([
    ['__proto__', 'kept'],
    ['constructor', 'kept, too'],
  ])

  const menu = await server.inject(form({ ...call(), ...odd }, '/flows/menu'))
  await server.inject(form({ ...call({ CallStatus: 'in-progress', Digits: '1' }), ...odd }, urlIn(menu.body, 'action')))

  const execution = await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')
  const { trigger, widgets } = execution?.frames[0] ?? {}
  for (const seen of [trigger?.call, widgets?.ask])
    expect(Object.entries(seen ?? {}).filter(([, value]) => String(value).startsWith('kept'))).toEqual(
      Object.entries(odd),
    )
})

test('GET works as POST does', async () => {
  const { server } = await serving({ menu: MENU })

  const menu = await server.inject({ url: `/flows/menu?${new URLSearchParams(call())}` })

  expect(menu.body).toContain('<Gather')
})

test('where signatures are not checked, no page of another site moves a flow all the same', async () => {
  const { server, store } = await serving({ menu: MENU })
  const foreign = { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }

  expect((await server.inject(form(call(), '/flows/menu', foreign))).statusCode).toBe(403)
  expect((await store.executionPage({ size: 1 })).executions).toEqual([])
})

test('the webhook path is that of Studio too', async () => {
  const { server, flows } = await serving({ menu: MENU })

  const menu = await server.inject(form(call(), `/v1/Accounts/AC${'0'.repeat(32)}/Flows/${flows.list()[0]?.sid}`))

  expect(menu.body).toContain('<Gather')
})

test('an old callback moves nothing and is told what the call is to hear now', async () => {
  const { server, store, flows } = await serving({ menu: MENU })
  const menu = await server.inject(form(call(), '/flows/menu'))
  const pressed = await server.inject(
    form(call({ CallStatus: 'in-progress', Digits: '1' }), urlIn(menu.body, 'action')),
  )

  const stale = await server.inject(form(call({ CallStatus: 'in-progress', Digits: '2' }), urlIn(menu.body, 'action')))

  expect(stale.body).toBe(pressed.body)
  expect(await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')).toMatchObject({ steps: 2 })
})

test('the first request repeated without a token is told the same and begins nothing', async () => {
  const { server } = await serving({ menu: MENU })

  const first = await server.inject(form(call(), '/flows/menu'))
  const again = await server.inject(form(call(), '/flows/menu'))

  expect(again.body).toBe(first.body)
})

test('a delivery repeated with its token gets the same bytes and makes no second step, also at the same time', async () => {
  const { server, store, flows } = await serving({ menu: MENU })
  const menu = await server.inject(form(call(), '/flows/menu'))
  const press = () =>
    server.inject(
      form(call({ CallStatus: 'in-progress', Digits: '1' }), urlIn(menu.body, 'action'), {
        'I-Twilio-Idempotency-Token': 't1',
      }),
    )

  const answers = await Promise.all([press(), press(), press()])
  const later = await press()

  expect(new Set([...answers, later].map(({ body }) => body)).size).toBe(1)
  expect(later.body).toContain('You pressed 1')
  expect(await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')).toMatchObject({ steps: 2 })
})

test('a hang-up reported by status callback ends the execution', async () => {
  const { server, store, flows } = await serving({ menu: MENU })
  await server.inject(form(call(), '/flows/menu'))

  const status = await server.inject(form(call({ CallStatus: 'completed', CallDuration: '3' }), '/flows/menu'))

  expect(status.statusCode).toBe(204)
  expect(await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')).toMatchObject({
    status: 'ended',
    endedReason: 'HANGUP',
  })
})

test.each(['ringing', 'in-progress'])('a status callback that says %s ends nothing', async (CallStatus) => {
  const { server, store, flows } = await serving({ menu: MENU })
  await server.inject(form(call(), '/flows/menu'))

  const progress = call({ CallStatus, CallbackSource: 'call-progress-events', SequenceNumber: '1' })
  const status = await server.inject(form(progress, '/flows/menu'))

  expect(status.statusCode).toBe(204)
  expect(await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')).toMatchObject({ status: 'active' })
})

test('a call goes on to its end when the file of its flow goes, and no other begins', async () => {
  const { server, store, flows } = await serving({ menu: MENU })
  const sid = flows.list()[0]?.sid ?? ''
  const menu = await server.inject(form(call(), '/flows/menu'))
  await server.inject(form(call({ CallSid: 'CA2' }), '/flows/menu'))

  flows.withdraw('menu')
  const pressed = await server.inject(
    form(call({ CallStatus: 'in-progress', Digits: '1' }), urlIn(menu.body, 'action')),
  )
  const path = `/v1/Accounts/AC1/Flows/${sid}`
  const status = await server.inject(form(call({ CallSid: 'CA2', CallStatus: 'completed' }), path))
  const other = await server.inject(form(call({ CallSid: 'CA3' }), path))

  expect(pressed.body).toContain('<Say>You pressed 1</Say>')
  expect(status.statusCode).toBe(204)
  expect(await store.executionOfCall(sid, 'CA2')).toMatchObject({ endedReason: 'HANGUP' })
  expect(other.body).toContain('an application error has occurred')
})

test('a second call of a caller is turned away where the flow does not allow it', async () => {
  const { server, store, flows } = await serving({ menu: { ...MENU, flags: { allow_concurrent_calls: false } } })
  await server.inject(form(call(), '/flows/menu'))

  const second = await server.inject(form(call({ CallSid: 'CA2' }), '/flows/menu'))
  const other = await server.inject(form(call({ CallSid: 'CA3', From: '+15550009' }), '/flows/menu'))

  expect(second.body).toContain('<Hangup/>')
  expect(other.body).toContain('<Gather')
  const first = await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')
  expect(first).toMatchObject({ status: 'active', steps: 1 })
  expect(await store.warnings(first?.sid ?? '')).toMatchObject([{ code: 81002, widget: 'ask' }])
})

test('one hundred webhooks at once for one call are taken one by one', async () => {
  const { server, store, flows } = await serving({ menu: MENU })

  const answers = await Promise.all(Array.from({ length: 100 }, () => server.inject(form(call(), '/flows/menu'))))

  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  expect(await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')).toMatchObject({ steps: 1 })
})
