import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { SendMessageEffect } from '../../src/engine/effect.ts'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { channelThat } from '../support/channel.ts'
import { folderOf, form, message, serving, urlIn } from '../support/server.ts'

const trigger = (next: string) => ({
  name: 'Trigger',
  type: 'trigger',
  properties: {},
  transitions: [{ event: 'incomingMessage', next }],
})

const SURVEY = {
  initial_state: 'Trigger',
  states: [
    trigger('ask'),
    {
      name: 'ask',
      type: 'send-and-wait-for-reply',
      properties: { body: 'How was it?', from: '{{flow.channel.address}}', timeout: '3600' },
      transitions: [{ event: 'incomingMessage', next: 'thank' }, { event: 'timeout' }, { event: 'deliveryFailure' }],
    },
    {
      name: 'thank',
      type: 'send-message',
      properties: {
        body: 'Thanks for {{widgets.ask.inbound.Body}}',
        from: '{{flow.channel.address}}',
        to: '{{contact.channel.address}}',
      },
      transitions: [{ event: 'sent' }, { event: 'failed' }],
    },
  ],
}

test('a texter is asked, answers and is thanked, all in the answers to their messages', async () => {
  const { server, store, flows } = await serving({ survey: SURVEY })

  const question = await server.inject(form(message(), '/flows/survey'))
  const thanks = await server.inject(form(message({ MessageSid: 'SM2', Body: '<5> & {{flow.sid}}' }), '/flows/survey'))

  expect(question.body).toContain('<Body>How was it?</Body>')
  expect(thanks.body).toContain('<Body>Thanks for &lt;5&gt; &amp; {{flow.sid}}</Body>')
  expect(await store.activeWith(flows.list()[0]?.sid ?? '', '+15550001', ['+15550002'])).toBeUndefined()
})

test.each([
  ['WhatsApp', { From: 'whatsapp:+15550001', To: 'whatsapp:+15550002' }],
  ['a Messaging Service', { MessagingServiceSid: 'MG1' }],
  ['RCS', { From: 'rcs:+15550001', To: 'rcs:shop_agent', MessagingServiceSid: 'MG1' }],
])('a texter over %s is answered, asked and heard', async (_channel, params) => {
  const { server } = await serving({ survey: SURVEY })

  const question = await server.inject(form(message(params), '/flows/survey'))
  const thanks = await server.inject(form(message({ ...params, MessageSid: 'SM2', Body: 'Good' }), '/flows/survey'))

  expect(question.body).toContain('<Body>How was it?</Body>')
  expect(thanks.body).toContain('<Body>Thanks for Good</Body>')
})

test('a message delivered twice is answered twice with the same and counts once', async () => {
  const { server } = await serving({ survey: SURVEY })

  const [first, again] = await Promise.all([
    server.inject(form(message(), '/flows/survey')),
    server.inject(form(message(), '/flows/survey')),
  ])
  const later = await server.inject(form(message(), '/flows/survey'))

  expect(again?.body).toBe(first?.body)
  expect(later.body).toBe(first?.body)
  expect(later.body).toContain('How was it?')
})

test('a delivery failure leaves by its exit with the form at the root of the outputs', async () => {
  const { server, store, flows } = await serving({ survey: SURVEY })
  const question = await server.inject(form(message(), '/flows/survey'))
  const sid = flows.list()[0]?.sid ?? ''
  const waiting = await store.activeWith(sid, '+15550001', ['+15550002'])

  const status = await server.inject(
    form(
      {
        MessageSid: 'SM9',
        SmsSid: 'SM9',
        MessageStatus: 'undelivered',
        SmsStatus: 'undelivered',
        ErrorCode: '30003',
        From: '+15550002',
        To: '+15550001',
      },
      urlIn(question.body, 'statusCallback'),
    ),
  )

  expect(status.statusCode).toBe(204)
  const execution = await store.execution(waiting?.sid ?? '')
  expect(execution?.status).toBe('ended')
  expect(execution?.frames[0]?.widgets.ask).toMatchObject({
    ErrorCode: '30003',
    MessageStatus: 'undelivered',
    executionSid: waiting?.sid,
  })
})

test.each([
  ['reply', 'incomingMessage thank'],
  ['failed delivery', 'deliveryFailure Ended'],
])('a %s that comes while the carrier still takes the message in is not lost', async (what, walk) => {
  const sent: SendMessageEffect[] = []
  const held: (() => void)[] = []
  const channel = channelThat({
    sendMessage: async (out) => {
      if (sent.push(out) === 1) await new Promise<void>((resolve) => held.push(resolve))
      return { ok: true, message: { Sid: 'SM9', Status: 'queued', To: out.to } }
    },
  })
  const { server, store } = await serving({ survey: SURVEY }, { MESSAGE_REPLIES: 'rest' }, { channel })
  const post = async (params: Record<string, string>, url: string) => server.inject(form(params, url))
  const question = post(message(), '/flows/survey')
  await expect.poll(() => held.length).toBe(1)
  const { pathname, search, searchParams } = new URL(sent[0]?.statusCallback ?? '')
  const report = { MessageSid: 'SM9', MessageStatus: 'failed', ErrorCode: '30008' }

  const news =
    what === 'reply' ? post(message({ MessageSid: 'SM2' }), '/flows/survey') : post(report, pathname + search)
  await setTimeout(50)
  for (const take of held) take()
  await Promise.all([question, news])

  const sid = searchParams.get('executionSid') ?? ''
  expect((await store.steps(sid)).map(({ name, to }) => `${name} ${to}`)).toContain(walk)
  expect((await store.execution(sid))?.frames[0]?.widgets.ask).toMatchObject({ outbound: { Sid: 'SM9' } })
  expect(await store.warnings(sid)).toEqual([])
})

test('a message that comes while a service is asked is no reply to the question behind it', async () => {
  const held: (() => void)[] = []
  const httpRequest = async (): Promise<HttpOutcome> => {
    await new Promise<void>((resolve) => held.push(resolve))
    return { ok: false, reason: 'network', message: 'down' }
  }
  const look = { name: 'look', type: 'make-http-request', properties: { url: 'https://slow.example/' } }
  const states = [
    trigger('look'),
    { ...look, transitions: [{ event: 'failed', next: 'ask' }] },
    ...SURVEY.states.slice(1),
  ]
  const { server, store, flows } = await serving({ survey: { ...SURVEY, states } }, {}, { httpRequest })
  const post = async (params: Record<string, string>) => server.inject(form(message(params), '/flows/survey'))
  const question = post({})
  await expect.poll(() => held.length).toBe(1)

  const early = post({ MessageSid: 'SM2', Body: 'hello?' })
  await setTimeout(50)
  for (const answer of held) answer()
  const asked = await store.activeWith(flows.list()[0]?.sid ?? '', '+15550001', ['+15550002'])
  const bodies = [await question, await early, await post({ MessageSid: 'SM3', Body: 'fine' })].map(({ body }) => body)

  expect(bodies.map((body) => /<Body>([^<]*)/.exec(body)?.[1])).toEqual(['How was it?', undefined, 'Thanks for fine'])
  const warnings = await store.warnings(asked?.sid ?? '')
  expect(warnings).toMatchObject([{ code: 81016 }, { code: 81002, widget: 'ask' }])
})

test('a message that comes while a service is asked before the end is ignored, and noted with what has ended', async () => {
  const held: (() => void)[] = []
  const httpRequest = async (): Promise<HttpOutcome> => {
    await new Promise<void>((resolve) => held.push(resolve))
    return { ok: true, status: 200, contentType: 'text/plain', headers: {}, body: 'fine' }
  }
  const look = { name: 'look', type: 'make-http-request', properties: { url: 'https://slow.example/' } }
  const states = [trigger('look'), { ...look, transitions: [{ event: 'success' }] }]
  const { server, store, flows } = await serving({ survey: { ...SURVEY, states } }, {}, { httpRequest })
  const post = async (params: Record<string, string>) => server.inject(form(message(params), '/flows/survey'))
  const first = post({})
  await expect.poll(() => held.length).toBe(1)
  const asking = await store.activeWith(flows.list()[0]?.sid ?? '', '+15550001', ['+15550002'])

  const early = post({ MessageSid: 'SM2', Body: 'hello?' })
  await setTimeout(50)
  for (const answer of held) answer()
  await Promise.all([first, early])

  const sid = asking?.sid ?? ''
  expect(await store.execution(sid)).toMatchObject({ status: 'ended', endedReason: 'FLOW_END' })
  expect(await store.warnings(sid)).toMatchObject([{ code: 81002, widget: 'look' }])
  expect(await store.steps(sid)).toHaveLength(2)
  expect(held).toHaveLength(1)
})

test.each([
  ['stays', []],
  ['goes', ['Hi']],
])('what is said to a carrier that %s is kept until it is out', async (what, kept) => {
  const held: (() => void)[] = []
  const httpRequest = async (): Promise<HttpOutcome> => {
    await new Promise<void>((resolve) => held.push(resolve))
    return { ok: false, reason: 'network', message: 'down' }
  }
  const hi = { ...SURVEY.states[2], name: 'hi', properties: { ...SURVEY.states[2]?.properties, body: 'Hi' } }
  const look = { name: 'look', type: 'make-http-request', properties: { url: 'https://slow.example/' } }
  const states = [
    trigger('hi'),
    { ...hi, transitions: [{ event: 'sent', next: 'look' }] },
    { ...look, transitions: [{ event: 'failed' }] },
  ]
  const { server, store, settled, flows } = await serving({ survey: { ...SURVEY, states } }, {}, { httpRequest })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const gone = new AbortController()
  const body = new URLSearchParams(message())
  const answer = fetch(`${url}/flows/survey`, { method: 'POST', body, signal: gone.signal }).catch(() => undefined)
  await expect.poll(() => held.length).toBe(1)

  if (what === 'goes') gone.abort()
  await setTimeout(50)
  held[0]?.()
  await (await answer)?.text()
  await settled()

  const { unsent } = (await store.delivery(flows.list()[0]?.sid ?? '', 'message/SM1')) ?? {}
  expect(unsent?.messages.map(({ effect }) => effect.body) ?? []).toEqual(kept)
})

test('a report that comes twice, or when all is over, moves nothing', async () => {
  const { server, store } = await serving({ survey: SURVEY })
  const question = await server.inject(form(message(), '/flows/survey'))
  const url = urlIn(question.body, 'statusCallback')
  const sid = new URLSearchParams(url.split('?')[1]).get('executionSid') ?? ''
  const report = (MessageStatus: string) => server.inject(form({ MessageSid: 'SM9', MessageStatus }, url))

  for (const status of ['sent', 'sent', 'failed', 'failed', 'delivered']) await report(status)

  expect((await store.steps(sid)).map(({ name }) => name)).toEqual(['incomingMessage', 'deliveryFailure'])
  expect((await store.execution(sid))?.frames[0]?.widgets.ask).toMatchObject({
    outbound: { Sid: 'SM9', Status: 'failed' },
  })
  expect(await store.warnings(sid)).toEqual([])
})

test('a message to somebody else goes by the carrier', async () => {
  const sent: unknown[] = []
  const flow = {
    ...SURVEY,
    states: [
      trigger('tell'),
      {
        ...SURVEY.states[2],
        name: 'tell',
        properties: { body: 'Hi', from: '{{flow.channel.address}}', to: '+15557777' },
      },
    ],
  }
  const { server } = await serving(
    { flow },
    {},
    {
      channel: channelThat({
        sendMessage: async (out) => {
          sent.push(out)
          return { ok: true, message: { Sid: 'SM7', Status: 'queued' } }
        },
      }),
    },
  )

  const answer = await server.inject(form(message(), '/flows/flow'))

  expect(answer.body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
  expect(sent).toMatchObject([{ to: '+15557777', from: '+15550002', body: 'Hi' }])
})

test.each([
  ['STOP', {}],
  [' unsubscribe ', {}],
  ['arrêt', { OptOutType: 'STOP' }],
])('a message to somebody who has just opted out by %j goes by the carrier, which refuses it', async (Body, params) => {
  const outbound = { Sid: null, ErrorCode: 21610, ErrorMessage: 'Attempt to send to unsubscribed recipient' }
  const channel = channelThat({ sendMessage: async () => ({ ok: false, message: outbound, reason: 'unsubscribed' }) })
  const { server, store, flows } = await serving({ survey: SURVEY }, {}, { channel })
  await server.inject(form(message(), '/flows/survey'))
  const [sid, contact, address] = [flows.list()[0]?.sid ?? '', '+15550001', '+15550002']
  const asked = await store.activeWith(sid, contact, [address])

  const answer = await server.inject(form(message({ MessageSid: 'SM2', Body, ...params }), '/flows/survey'))

  expect(answer.body).toContain('<Response/>')
  expect((await store.steps(asked?.sid ?? '')).at(-1)).toMatchObject({ from: 'thank', name: 'failed' })
  const { widgets } = (await store.execution(asked?.sid ?? ''))?.frames[0] ?? {}
  expect(widgets).toMatchObject({ ask: { inbound: { Body, ...params } }, thank: { outbound } })
  expect(await store.warnings(asked?.sid ?? '')).toMatchObject([{ code: 81011, widget: 'thank' }])
})

/** The keys of `outbound`, as recorded at the real service (widgets.md 7). */
const RECORDED = [
  ...['AccountSid', 'ApiVersion', 'Body', 'DateCreated', 'DateSent', 'DateUpdated', 'Direction', 'ErrorCode'],
  ...['ErrorMessage', 'From', 'MessagingServiceSid', 'NumMedia', 'NumSegments', 'Price', 'PriceUnit', 'Sid', 'Status'],
  ...['SubresourceUris', 'To'],
]
const NOTHING = { DateSent: null, Price: null, PriceUnit: null }
const GOOD = { ...NOTHING, Status: 'queued', ErrorCode: null, ErrorMessage: null, MessagingServiceSid: null }
const REFUSED = { ...NOTHING, Status: 'failed', ErrorCode: 21211, Sid: null, SubresourceUris: null }

test.each([
  ['goes out as an answer', '+15550001', 'twiml', GOOD],
  ['goes out by the carrier', '+15550001', 'rest', GOOD],
  ['is refused', 'nobody', 'rest', REFUSED],
])(
  'a message that %s leaves the whole resource behind, down to its nulls',
  async (_way, to, MESSAGE_REPLIES, nulls) => {
    const tell = { ...SURVEY.states[2], name: 'tell', properties: { body: 'Hi', from: '+15550002000', to } }
    const last = { name: 'end', type: 'send-and-wait-for-reply', properties: { from: '+15550002000', body: 'Well?' } }
    const states = [
      trigger('tell'),
      { ...tell, transitions: ['sent', 'failed'].map((event) => ({ event, next: 'end' })) },
      { ...last, transitions: [{ event: 'incomingMessage' }] },
    ]
    const { server, store, flows } = await serving({ tell: { ...SURVEY, states } }, { MESSAGE_REPLIES })

    await server.inject(form(message({ To: '+15550002000' }), '/flows/tell'))

    const execution = await store.activeWith(flows.list()[0]?.sid ?? '', '+15550001', ['+15550002000'])
    const { outbound } = Object(execution?.frames[0]?.widgets.tell)
    expect(Object.keys(outbound).sort()).toEqual([...RECORDED].sort())
    expect(outbound).toMatchObject({ Direction: 'outbound-api', Body: 'Hi', To: to, NumMedia: '0', ...nulls })
  },
)

test('more messages than one answer may hold go by the carrier', async () => {
  const sent: unknown[] = []
  const tell = SURVEY.states[2]
  const names = Array.from({ length: 12 }, (_, index) => `tell${index}`)
  const told = names.map((name, index) => ({ ...tell, name, transitions: [{ event: 'sent', next: names[index + 1] }] }))
  const channel = channelThat({
    sendMessage: async (out) => {
      sent.push(out)
      return { ok: true, message: {} }
    },
  })
  const { server } = await serving({ flow: { ...SURVEY, states: [trigger('tell0'), ...told] } }, {}, { channel })

  const answer = await server.inject(form(message(), '/flows/flow'))

  expect(answer.body.match(/<Message/g)).toHaveLength(10)
  expect(sent).toHaveLength(2)
})

test('MESSAGE_REPLIES=rest sends every message by the carrier', async () => {
  const { server } = await serving({ survey: SURVEY }, { MESSAGE_REPLIES: 'rest' })

  const answer = await server.inject(form(message(), '/flows/survey'))

  expect(answer.body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>')
})

const SLOW = {
  initial_state: 'Trigger',
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      properties: {},
      transitions: [
        { event: 'incomingMessage', next: 'first' },
        { event: 'incomingCall', next: 'look' },
      ],
    },
    {
      name: 'first',
      type: 'send-message',
      properties: { body: 'One moment', from: '{{flow.channel.address}}', to: '{{contact.channel.address}}' },
      transitions: [{ event: 'sent', next: 'look' }],
    },
    {
      name: 'look',
      type: 'make-http-request',
      properties: { method: 'GET', url: 'https://slow.example/' },
      transitions: [{ event: 'success', next: 'which' }, { event: 'failed' }],
    },
    {
      name: 'which',
      type: 'split-based-on',
      properties: { input: '{{trigger.call.CallSid}}' },
      transitions: [
        { event: 'noMatch', next: 'tell' },
        {
          event: 'match',
          next: 'say',
          conditions: [
            { friendly_name: 'call', type: 'is_not_blank', arguments: ['{{trigger.call.CallSid}}'], value: '' },
          ],
        },
      ],
    },
    {
      name: 'tell',
      type: 'send-message',
      properties: {
        body: 'It is {{widgets.look.parsed.state}}',
        from: '{{flow.channel.address}}',
        to: '{{contact.channel.address}}',
      },
      transitions: [{ event: 'sent' }],
    },
    {
      name: 'say',
      type: 'say-play',
      properties: { say: 'It is {{widgets.look.parsed.state}}' },
      transitions: [{ event: 'audioComplete' }],
    },
  ],
}

const slowly = async (): Promise<HttpOutcome> => {
  await setTimeout(150)
  return { ok: true, status: 200, contentType: 'application/json', headers: {}, body: '{"state":"ready"}' }
}

test('a message whose turn takes too long is answered in two parts', async () => {
  const { server } = await serving({ slow: SLOW }, {}, { httpRequest: slowly, answerWithinMs: 30 })

  const first = await server.inject(form(message(), '/flows/slow'))
  const again = await server.inject(form(message(), '/flows/slow'))
  const told = [first.body]
  for (let next = first.body; next.includes('<Redirect'); ) {
    next = (await server.inject(form(message(), urlIn(next, 'Redirect')))).body
    told.push(next)
  }

  expect(first.body).toContain('<Redirect')
  expect(again.body).toBe(first.body)
  expect(told.join('').match(/<Body>[^<]*/g)).toEqual(['<Body>One moment', '<Body>It is ready'])
})

test('a caller whose turn takes too long waits and is told the rest', async () => {
  const { server } = await serving({ slow: SLOW }, {}, { httpRequest: slowly, answerWithinMs: 30 })
  const params = { CallSid: 'CA1', From: '+15550001', To: '+15550002', CallStatus: 'ringing' }

  let { body } = await server.inject(form(params, '/flows/slow'))
  expect(body).toMatch(/<Response><Pause length="1"\/><Redirect/)
  while (body.includes('<Pause')) ({ body } = await server.inject(form(params, urlIn(body, 'Redirect'))))

  expect(body).toContain('<Say>It is ready</Say>')
})

test('a message by GET may be as long as one by POST', async () => {
  const { server } = await serving({ survey: SURVEY })
  const origin = await server.listen({ port: 0, host: '127.0.0.1' })

  const answer = await fetch(`${origin}/flows/survey?${new URLSearchParams(message({ Body: '😀'.repeat(4_000) }))}`)

  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('How was it?')
})

test('a caller who waits for the rest of a slow turn is told it by a process that took over after a kill', async () => {
  const folder = folderOf({})
  const answers: (() => void)[] = []
  const stuck = async () => {
    await new Promise<void>((resolve) => answers.push(resolve))
    return slowly()
  }
  const slow = { slow: SLOW }
  const database = (name: string) => ({ DATABASE_URL: `sqlite:${join(folder, name)}` })
  const { server } = await serving(slow, database('a.db'), { httpRequest: stuck, answerWithinMs: 30 })
  const params = { CallSid: 'CA1', From: '+15550001', To: '+15550002', CallStatus: 'ringing' }
  const held = await server.inject(form(params, '/flows/slow'))
  for (const end of ['', '-wal']) copyFileSync(join(folder, `a.db${end}`), join(folder, `b.db${end}`))

  const second = await serving(slow, database('b.db'), { httpRequest: slowly })
  const rest = await second.server.inject(form(params, urlIn(held.body, 'Redirect')))

  expect(rest.body).toContain('<Say>It is ready</Say>')
  for (const answer of answers) answer()
})
