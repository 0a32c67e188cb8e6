import twilio from 'twilio'
import { expect, test } from 'vitest'
import { contextOf } from '../../src/engine/execution.ts'
import type { Fields } from '../../src/engine/fields.ts'
import type { Parts } from '../../src/parts.ts'
import type { Move } from '../../src/runtime/move.ts'
import { OwnDomain } from '../../src/runtime/performers/own-domain.ts'
import { NO_SIDS } from '../../src/runtime/sids.ts'
import { flow } from '../support/flow.ts'
import { type Handler, OwnFunctions, text } from '../support/own-functions.ts'
import { call, form, message, serving } from '../support/server.ts'
import { client, closeAll } from './local-server.ts'

/** A route of a test, which `/docs` need not tell of. */
const UNDESCRIBED = { config: { operation: null } }

const HOST = 'shop-1234.twil.io'
const SID = `ZH${'a'.repeat(32)}`
const URL_THERE = `https://${HOST}/price`
const HERE = { [HOST]: 'local' }
const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Hello from the function</Say></Response>'

interface Setting {
  readonly sids?: Readonly<Record<string, string>>
  readonly settings?: Record<string, string>
  readonly type?: string
  /** What else the server has. */
  readonly route?: (parts: Parts) => void
}

/** A flow of one widget, begun by a call or a message: what it answered, and what came of the widget. */
async function after(begun: Record<string, string>, own: OwnFunctions, properties: Fields, setting: Setting = {}) {
  const { sids = HERE, settings = {}, type = 'run-function', route } = setting
  const exits = { success: null, fail: null, failed: null }
  const shop = flow({
    Trigger: { type: 'trigger', exits: { incomingMessage: 'fn', incomingCall: 'fn' } },
    fn: { type, properties, exits },
  })
  const moves: Move[] = []
  const onMove = (move: Move) => moves.push(move)
  const parts = await serving({ shop, sids }, settings, { functions: own.part, onMove })
  route?.(parts)
  const answer = await parts.server.inject(form(begun, '/flows/shop'))
  const last = moves.at(-1)
  const output = last ? contextOf(last.execution).widgets.fn : undefined
  const exit = moves.flatMap(({ steps }) => steps).at(-1)?.name
  return { answer: answer.body, exit, output, warnings: moves.flatMap((move) => move.warnings), last }
}

function pricing(handler: Handler = () => ({ json: { price: 5 } })): OwnFunctions {
  return new OwnFunctions({ '/price': handler, '/lib': () => ({}) }, { '/lib': 'private' })
}

test.each([
  ['its sid', { function_sid: SID }, { [SID]: '/price' }],
  ['its sid, whatever the URL', { url: 'https://elsewhere.example/x', function_sid: SID }, { [SID]: '/price' }],
  ['a host that stands for this server', { url: URL_THERE }, HERE],
  ['a host in capitals', { url: 'https://SHOP-1234.twil.io/price' }, { 'Shop-1234.Twil.io': 'local' }],
  ['a host of a family', { url: URL_THERE }, { '*.twil.io': 'local' }],
  ['a placeholder for a host', { url: 'https://YOUR_DOMAIN/price' }, { YOUR_DOMAIN: 'local' }],
  ['a port that Twilio has not', { url: `http://${HOST}:8080/price` }, HERE],
  ['its path alone', { url: '/price' }, {}],
  [
    'a URL that a template makes',
    { url: 'https://{{trigger.message.Body}}.twil.io/price' },
    { 'hello.twil.io': 'local' },
  ],
  ['an address of this machine', { url: 'http://localhost:3000/price' }, {}],
])('a function here is called by %s', async (_how, properties, sids) => {
  const own = pricing()
  const { exit, output } = await after(message(), own, properties, { sids })
  expect(own.calls.map(({ path }) => path)).toEqual(['/price'])
  expect({ exit, output }).toMatchObject({ exit: 'success', output: { parsed: { price: 5 }, status_code: 200 } })
})

test.each([['https://calls.example'], ['https://calls.example/trunkline'], ['https://calls.example:443']])(
  'a function here is called at PUBLIC_URL %s',
  async (PUBLIC_URL) => {
    const own = pricing()
    const url = `${PUBLIC_URL.replace(':443', '')}/price`
    const { exit } = await after(message(), own, { url }, { sids: {}, settings: { PUBLIC_URL } })
    expect(exit).toBe('success')
    expect(own.calls).toMatchObject([{ path: '/price', host: 'calls.example' }])
  },
)

test('a function sees what it would see over HTTP', async () => {
  const own = pricing()
  const parameters = [
    { key: 'size', value: '{{trigger.message.Body}}' },
    { key: 'colour', value: 'red' },
    { key: 'colour', value: 'blue' },
  ]
  await after(message(), own, { url: `${URL_THERE}?size=S&currency=EUR`, parameters })

  const [seen] = own.calls
  expect(seen).toMatchObject({
    path: '/price',
    fields: { currency: 'EUR', size: 'hello', colour: ['red', 'blue'] },
    cookies: {},
    host: '127.0.0.1:3000',
  })
  const { 'x-twilio-signature': signature, ...headers } = seen?.headers ?? {}
  expect(headers).toEqual({
    'user-agent': 'Trunkline',
    accept: '*/*',
    'accept-encoding': 'identity',
    'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
    'content-length': '33',
  })
  const address = 'http://127.0.0.1:3000/price?size=S&currency=EUR'
  expect(twilio.validateRequest('dev', String(signature), address, { size: 'hello', colour: ['red', 'blue'] })).toBe(
    true,
  )
})

test('a protected function is called', async () => {
  const own = new OwnFunctions({ '/price': () => ({ json: {} }) }, { '/price': 'protected' })
  expect(await after(message(), own, { url: URL_THERE })).toMatchObject({ exit: 'success' })
})

test.each([
  [
    'a private function',
    { url: `https://${HOST}/lib` },
    HERE,
    `${HOST} is served here, and leads to /lib, a private function`,
  ],
  ['a path that no function has', { url: `https://${HOST}/prise` }, HERE, "did you mean '/price'?"],
  [
    'a path that no function has',
    { url: '/prise' },
    {},
    'the URL leads to /prise, but there is no function of that path',
  ],
  [
    'a sid that stands for nothing',
    { function_sid: SID },
    {},
    `${SID} stands for no function here: sids.json says which`,
  ],
  ['a placeholder', { url: '<URL>', function_sid: '<SID>' }, {}, '<SID> stands for no function here'],
  ['a sid that leads nowhere', { function_sid: SID }, { [SID]: '/prise' }, `sids.json: ${SID} leads to /prise, but`],
  ['a sid that leads to a private function', { function_sid: SID }, { [SID]: '/lib' }, 'a private function'],
])('%s is not called: %j', async (_what, properties, sids, why) => {
  const own = pricing()
  const { exit, output, warnings } = await after(message(), own, properties, { sids })
  expect(own.calls).toEqual([])
  expect({ exit, output }).toEqual({ exit: 'fail', output: {} })
  expect(warnings).toMatchObject([{ code: 81010, message: expect.stringContaining(why) }])
})

test.each([
  [
    'an error',
    text('application/json', '{"why":"sold out"}', 410),
    81010,
    { status_code: 410, parsed: { why: 'sold out' } },
  ],
  ['an answer of a function that broke', text('text/plain', 'oops', 500), 81010, { status_code: 500, body: 'oops' }],
  ['an answer of a function that was ended', text('text/plain', '', 504), 81010, { status_code: 504 }],
  ['more than 64 kB', text('text/plain', 'x'.repeat(65_537)), 81017, {}],
])('%s leads to fail', async (_what, answer, code, kept) => {
  const { exit, output, warnings } = await after(
    message(),
    pricing(() => answer),
    { url: URL_THERE },
  )
  expect(exit).toBe('fail')
  expect(warnings).toMatchObject([{ code }])
  expect(output).toMatchObject(kept)
})

test('a function that does not answer in time is waited for no longer', async () => {
  const { resources } = pricing().part
  const caller = { call: () => new Promise<never>(() => {}) }
  const ask = () => Promise.reject(new Error('asked'))
  const domain = new OwnDomain({ bases: () => ['http://127.0.0.1:3000'], sids: () => NO_SIDS, resources, caller, ask })
  const { request } = client({ timeoutMs: 20, domain })
  expect(await request({ method: 'POST', url: '/price', function: {} })).toMatchObject({ ok: false, reason: 'timeout' })
  await closeAll()
})

test.each([
  ['nothing', { status: 204 }, { status_code: 204, body: '', content_type: '' }],
  [
    'a JSON array',
    text('application/json', '[1]'),
    { body: '[1]', content_type: 'application/json', status_code: 200 },
  ],
  ['words', text('text/plain; charset=utf-8', 'ä'), { body: 'ä', content_type: 'text/plain', status_code: 200 }],
  [
    'how many run',
    {
      headers: [
        ['X-Twilio-Function-Concurrency', '3'],
        ['Set-Cookie', 'a=b'],
        ['Set-Cookie', 'c=d'],
      ] as const,
    },
    { status_code: 200, body: '', content_type: '', headers: { 'x-twilio-function-concurrency': '3' } },
  ],
])('%s is kept as it would be over HTTP', async (_what, answer, output) => {
  expect(
    await after(
      message(),
      pricing(() => answer),
      { url: URL_THERE },
    ),
  ).toMatchObject({ exit: 'success', output })
})

test.each(['/next?a=1', `https://${HOST}/next?a=1`, 'http://127.0.0.1:3000/next?a=1'])(
  'a redirect to %s is followed here',
  async (location) => {
    const own = new OwnFunctions({
      '/price': () => ({ status: 302, headers: [['Location', location]] }),
      '/next': () => ({}),
    })
    const route = ({ server }: Parts) =>
      server.get('/next', UNDESCRIBED, ({ query, headers }) => ({ query, isSigned: 'x-twilio-signature' in headers }))
    const { exit, output } = await after(message(), own, { url: URL_THERE }, { route })
    expect({ exit, output }).toMatchObject({ exit: 'success', output: { parsed: { query: { a: '1' } } } })
  },
)

test('a redirect to elsewhere is followed by the network', async () => {
  const own = pricing(() => ({ status: 302, headers: [['Location', 'http://10.0.0.1/']] }))
  const { exit, warnings } = await after(message(), own, { url: URL_THERE })
  expect({ exit, warnings }).toMatchObject({
    exit: 'fail',
    warnings: [{ message: expect.stringContaining('10.0.0.1') }],
  })
})

test('TwiML that a function gives takes the live call over and ends the flow', async () => {
  const { answer, exit, output, last } = await after(
    call(),
    pricing(() => text('text/xml', TWIML)),
    { url: URL_THERE },
  )
  expect(answer).toBe(TWIML)
  expect({ exit, output }).toMatchObject({ exit: 'success', output: { body: TWIML, content_type: 'text/xml' } })
  expect(last?.execution.status).toBe('ended')
})

test('TwiML is what a function said, and no more, where a message began the flow', async () => {
  const reply = '<?xml version="1.0" encoding="UTF-8"?><Response><Message>Hello</Message></Response>'
  const { answer, output } = await after(
    message(),
    pricing(() => text('text/xml', reply)),
    { url: URL_THERE },
  )
  expect(answer).not.toContain('Hello')
  expect(output).toMatchObject({ body: reply, content_type: 'text/xml' })
})

const ASK = { type: 'make-http-request' }

test.each([
  ['a function', `https://${HOST}/price?a=1`, HERE],
  ['a function', 'http://localhost:3000/price?a=1', {}],
  ['an asset', `https://${HOST}/orders.json?a=1`, HERE],
])('an HTTP request to %s here, %s, comes by HTTP but not by the network', async (_what, url, sids) => {
  const own = pricing().asset('/orders.json')
  const route = ({ server }: Parts) => {
    for (const path of ['/price', '/orders.json'])
      server.get(path, UNDESCRIBED, ({ headers, host, url }) => ({
        url,
        host,
        signature: headers['x-twilio-signature'],
      }))
  }
  const { exit, output } = await after(message(), own, { method: 'GET', url }, { ...ASK, sids, route })

  expect(exit).toBe('success')
  const { pathname, search } = new URL(url)
  expect(output).toMatchObject({ parsed: { url: pathname + search, host: '127.0.0.1:3000' } })
  const signature = (output as { parsed: { signature: string } }).parsed.signature
  expect(twilio.validateRequest('dev', signature, `http://127.0.0.1:3000${pathname}${search}`, {})).toBe(true)
})

test('an HTTP request by POST brings its body, signed', async () => {
  const route = ({ server }: Parts) =>
    server.post<{ Body: { raw: string } }>('/price', UNDESCRIBED, ({ body, url }) => ({ url, body: body.raw }))
  const properties = { method: 'POST', url: URL_THERE, content_type: 'application/json', body: '{"size": 4}' }
  const { output } = await after(message(), pricing(), properties, { ...ASK, route })
  expect(output).toMatchObject({ parsed: { url: expect.stringMatching(/^\/price\?bodySHA256=/), body: '{"size": 4}' } })
})

test.each([
  ['at a host that stands for this server', `https://${HOST}/flows/shop`, HERE, 'there is no function of that path'],
  ['at our own address', 'http://127.0.0.1:3000/healthz', {}, 'is no public address'],
])('an HTTP request reaches nothing but functions and assets %s', async (_where, url, sids, why) => {
  const { exit, warnings } = await after(message(), pricing(), { method: 'GET', url }, { ...ASK, sids })
  expect({ exit, warnings }).toMatchObject({ exit: 'failed', warnings: [{ message: expect.stringContaining(why) }] })
})
