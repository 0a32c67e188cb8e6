import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import type { FunctionAnswer, FunctionCaller } from '../../src/functions/call.ts'
import { isOwnAddress } from '../../src/http/own-addresses.ts'
import { signatureOf, withBodyHash } from '../../src/signature/signature.ts'
import { answering, projectFolder, servingFolder } from '../support/project.ts'

const HANDLER = 'exports.handler = (context, event, callback) => callback()'
const FILES = {
  'functions/open.js': HANDLER,
  'functions/sms/re ply.js': HANDLER,
  'functions/signed.protected.js': HANDLER,
  'functions/hidden.private.js': HANDLER,
  'functions/api/a.js': HANDLER,
  'functions/healthz.js': HANDLER,
}
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const JSON_TYPE = { 'content-type': 'application/json' }

test.each<[what: string, request: InjectOptions, called: object]>([
  ['GET', { url: '/open?a=1&b=two' }, { path: '/open', fields: { a: '1', b: 'two' } }],
  ['no fields', { url: '/open' }, { fields: {} }],
  ['a path of folders', { url: '/sms/re-ply' }, { path: '/sms/re-ply' }],
  [
    'POST',
    { method: 'POST', url: '/open', headers: FORM, payload: 'a=1&b=x+y%C3%A9' },
    { fields: { a: '1', b: 'x yé' } },
  ],
  [
    'query and body',
    { method: 'POST', url: '/open?a=1&b=2', headers: FORM, payload: 'b=3&c=4' },
    { fields: { a: '1', b: '3', c: '4' } },
  ],
  [
    'repeated names',
    { method: 'POST', url: '/open?a=1&a=2', headers: FORM, payload: 'b=1&b=2&b=3' },
    { fields: { a: ['1', '2'], b: ['1', '2', '3'] } },
  ],
  [
    'escapes that are none',
    { method: 'POST', url: '/open?a=%zz', headers: FORM, payload: 'b=100%' },
    { fields: { a: '%zz', b: '100%' } },
  ],
  ['a question mark in the query', { url: '/open?a=b?c' }, { fields: { a: 'b?c' } }],
  [
    'JSON, whose types stay',
    { method: 'POST', url: '/open?a=1', headers: JSON_TYPE, payload: '{"n":1,"b":true,"o":{"x":[null]},"a":2}' },
    { fields: { n: 1, b: true, o: { x: [null] }, a: 2 } },
  ],
  [
    'a JSON list',
    { method: 'POST', url: '/open', headers: JSON_TYPE, payload: '["x",{"y":1}]' },
    { fields: { 0: 'x', 1: { y: 1 } } },
  ],
  ['an empty JSON body', { method: 'POST', url: '/open', headers: JSON_TYPE, payload: '' }, { fields: {} }],
  [
    'a body of another type',
    { method: 'POST', url: '/open?a=1', headers: { 'content-type': 'text/csv' }, payload: 'a,b' },
    { fields: { a: '1' } },
  ],
  [
    'a body of what is no type',
    { method: 'POST', url: '/open?a=1', headers: { 'content-type': 'rubbish' }, payload: 'a,b' },
    { fields: { a: '1' } },
  ],
  ['a body of no type', { method: 'POST', url: '/open', payload: Buffer.from('a=1') }, { fields: {} }],
  ['a host that is none', { url: '/open', headers: { host: 'a b[' } }, { host: 'a b[' }],
  ['a field named request', { url: '/open?request=x' }, { fields: { request: 'x' } }],
])('a function is called with the fields of the request: %s', async (_what, request, called) => {
  const { server } = await servingFolder(projectFolder(FILES))
  const answer = await server.inject(request)
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({ path: '/open', host: 'localhost:80', ...called })
  if ('fields' in called) expect(answer.json().fields).toEqual(called.fields)
})

test('a field named __proto__ is a field', async () => {
  const { server } = await servingFolder(projectFolder(FILES))
  const asked: InjectOptions[] = [
    { url: '/open?__proto__=x' },
    { method: 'POST', url: '/open', headers: JSON_TYPE, payload: '{"__proto__":{"polluted":1}}' },
  ]
  for (const request of asked) expect((await server.inject(request)).body).toContain('"__proto__":')
  expect({}).not.toHaveProperty('polluted')
})

test('a function sees the headers that are its own, and the cookies', async () => {
  const { server } = await servingFolder(projectFolder(FILES), { PUBLIC_URL: 'https://phone.example.com' })
  const hidden = [
    'via',
    'referer',
    'x-real-ip',
    'x-forwarded-for',
    'x-accel-buffering',
    'x-amz-date',
    'i-twilio-idempotency-token',
    'ot-trace',
    'proxy-authorization',
    'expect',
  ]

  const answer = await server.inject({
    url: '/open',
    headers: {
      'X-Custom': 'One',
      'x-list': ['a', 'b'],
      authorization: 'Bearer x',
      'user-agent': 'test',
      cookie: 'Name=1; name=2; Name=3; q="a b"; e=%C3%A9; bad=%; =x; none; eq=a=b',
      ...Object.fromEntries(hidden.map((name) => [name, 'x'])),
    },
  })

  const { headers, cookies, host } = answer.json()
  expect(headers).toEqual({
    'x-custom': 'One',
    'x-list': ['a', 'b'],
    authorization: 'Bearer x',
    'user-agent': 'test',
    cookie: expect.any(String),
  })
  expect(cookies).toEqual({ Name: '1', name: '2', q: 'a b', e: 'é', bad: '%', eq: 'a=b' })
  expect(host).toBe('phone.example.com')
})

test.each<[what: string, request: InjectOptions, status: number]>([
  ['an unknown path', { url: '/nope' }, 404],
  ['a private function', { url: '/hidden' }, 404],
  ['a private function by its file', { url: '/hidden.private' }, 404],
  ['a function by its file', { url: '/open.js' }, 404],
  ['a trailing slash', { url: '/open/' }, 404],
  ['another case', { url: '/Open' }, 404],
  ['an address of the server’s own', { url: '/api/a' }, 404],
  ['OPTIONS of an unknown path', { method: 'OPTIONS', url: '/nope' }, 404],
  ['OPTIONS of a private function', { method: 'OPTIONS', url: '/hidden' }, 404],
  ['HEAD', { method: 'HEAD', url: '/open' }, 405],
  ['PUT', { method: 'PUT', url: '/open', payload: 'x' }, 405],
  ['DELETE', { method: 'DELETE', url: '/open' }, 405],
  ['PATCH of a private function', { method: 'PATCH', url: '/hidden' }, 404],
  ['broken JSON', { method: 'POST', url: '/open', headers: JSON_TYPE, payload: '{"a"' }, 400],
  [
    'JSON that nests too deep',
    { method: 'POST', url: '/open', headers: JSON_TYPE, payload: `${'['.repeat(9_000)}${']'.repeat(9_000)}` },
    400,
  ],
  ['JSON that is no object', { method: 'POST', url: '/open', headers: JSON_TYPE, payload: '42' }, 400],
  [
    'a body of more than 1 MB',
    { method: 'POST', url: '/open', headers: FORM, payload: `a=${'x'.repeat(1_048_576)}` },
    413,
  ],
  [
    'a large body for nobody',
    { method: 'POST', url: '/nope', headers: FORM, payload: `a=${'x'.repeat(1_048_576)}` },
    404,
  ],
  ['headers of more than 15 kB', { url: '/open', headers: { 'x-large': 'x'.repeat(15_400) } }, 431],
  ['more than 90 headers', { url: '/open', headers: numbered(91) }, 431],
  [
    'a live call to nowhere',
    { method: 'POST', url: '/nope', headers: FORM, payload: 'CallSid=CA1&CallStatus=ringing' },
    404,
  ],
])('%s is refused, and the function not called', async (_what, request, status) => {
  const { server } = await servingFolder(projectFolder(FILES), {}, neverCalled())
  const answer = await server.inject(request)
  expect(answer.statusCode).toBe(status)
  if (request.method !== 'HEAD') expect(answer.json()).toMatchObject({ status, code: expect.any(Number) })
  if (status === 405) expect(answer.headers.allow).toBe('GET, POST, OPTIONS')
})

test('the limits are settings', async () => {
  const settings = { FUNCTION_REQUEST_BYTES: '10', FUNCTION_HEADER_BYTES: '200', FUNCTION_HEADERS: '5' }
  const { server } = await servingFolder(projectFolder(FILES), settings)
  const statusOf = async (request: InjectOptions) => (await server.inject(request)).statusCode

  expect(await statusOf({ method: 'POST', url: '/open', headers: FORM, payload: 'a=12345678' })).toBe(200)
  expect(await statusOf({ method: 'POST', url: '/open', headers: FORM, payload: 'a=123456789' })).toBe(413)
  expect(await statusOf({ url: '/open', headers: { a: 'x'.repeat(200) } })).toBe(431)
  expect(await statusOf({ url: '/open', headers: numbered(6) })).toBe(431)
})

test('OPTIONS is answered for the function, protected or not', async () => {
  const { server } = await servingFolder(projectFolder(FILES), {}, neverCalled())
  for (const url of ['/open', '/signed']) {
    const answer = await server.inject({ method: 'OPTIONS', url })
    expect(answer.statusCode).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
    })
  }
})

const ORIGIN = 'http://localhost:80'
const JSON_BODY = '{"a":1}'

test.each<[what: string, request: InjectOptions, status: number]>([
  ['no signature', { url: '/signed' }, 403],
  ['a wrong one', { url: '/signed', headers: signed('other', '/signed') }, 403],
  ['one of another URL', { url: '/signed?a=2', headers: signed('dev', '/signed?a=1') }, 403],
  ['its own', { url: '/signed?a=1', headers: signed('dev', '/signed?a=1') }, 200],
  [
    'one over a form',
    {
      method: 'POST',
      url: '/signed',
      headers: {
        ...FORM,
        ...signed('dev', '/signed', [
          ['b', '1'],
          ['a', '2'],
        ]),
      },
      payload: 'a=2&b=1',
    },
    200,
  ],
  [
    'one over another form',
    { method: 'POST', url: '/signed', headers: { ...FORM, ...signed('dev', '/signed', [['a', '1']]) }, payload: 'a=2' },
    403,
  ],
  ['one over the hash of JSON', json(withBodyHash(`${ORIGIN}/signed`, JSON_BODY)), 200],
  ['one over the hash of other JSON', json(withBodyHash(`${ORIGIN}/signed`, '{"a":2}')), 403],
  ['one over a URL without the hash', json(`${ORIGIN}/signed`), 403],
])(
  'a protected function is called only with the account’s signature, in development too: %s',
  async (_what, request, status) => {
    const { server } = await servingFolder(projectFolder(FILES))
    const answer = await server.inject(request)
    expect(answer.statusCode).toBe(status)
    if (status === 403)
      expect(answer.json()).toMatchObject({ code: 20403, message: expect.stringContaining('X-Twilio-Signature') })
  },
)

test('any of the account’s tokens signs, over the public URL', async () => {
  const settings = {
    TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
    TWILIO_AUTH_TOKEN: 'new,old',
    CARRIER: 'simulated',
    PUBLIC_URL: 'https://phone.example.com',
  }
  const { server } = await servingFolder(projectFolder(FILES), settings)
  const signature = signatureOf('old', 'https://phone.example.com/signed', [])
  expect((await server.inject({ url: '/signed', headers: { 'x-twilio-signature': signature } })).statusCode).toBe(200)
  expect((await server.inject({ url: '/signed', headers: signed('dev', '/signed') })).statusCode).toBe(403)
})

test.each<[what: string, answer: Partial<FunctionAnswer>, seen: object]>([
  [
    'its bytes',
    { headers: [['content-type', 'audio/mpeg']], body: Buffer.from([0, 255, 128, 10]) },
    {
      statusCode: 200,
      headers: { 'content-type': 'audio/mpeg', 'content-length': '4' },
      rawPayload: Buffer.from([0, 255, 128, 10]),
    },
  ],
  ['its status', { status: 418 }, { statusCode: 418, headers: { 'content-length': '0' } }],
  ['nothing', { status: 204, body: Buffer.from('dropped') }, { statusCode: 204, body: '' }],
  [
    'a redirect',
    { status: 302, headers: [['Location', '/open']] },
    { statusCode: 302, headers: { location: '/open' } },
  ],
  [
    'headers that come more than once',
    {
      headers: [
        ['Set-Cookie', 'a=1'],
        ['X-A', '1'],
        ['set-cookie', 'b=2'],
        ['x-a', '2'],
      ],
    },
    { headers: { 'set-cookie': ['a=1', 'b=2'], 'x-a': ['1', '2'] } },
  ],
  [
    'no framing of its own',
    {
      headers: [
        ['Content-Length', '99'],
        ['Transfer-Encoding', 'chunked'],
        ['Connection', 'close'],
        ['x-b', '1'],
      ],
      body: Buffer.from('abc'),
    },
    { statusCode: 200, body: 'abc', headers: { 'content-length': '3', 'x-b': '1' } },
  ],
  [
    'its own CORS',
    { headers: [['access-control-allow-origin', 'https://example.com']] },
    { headers: { 'access-control-allow-origin': 'https://example.com' } },
  ],
])('the answer of a function is sent as it is: %s', async (_what, answer, seen) => {
  const caller = answering(() => ({ status: 200, headers: [], body: Buffer.alloc(0), ...answer }))
  const { server } = await servingFolder(projectFolder(FILES), {}, caller)
  expect(await server.inject({ url: '/open' })).toMatchObject(seen)
})

test('no request for an address of the server’s own reaches a function', async () => {
  const { server } = await servingFolder(projectFolder(FILES), {}, neverCalled())
  expect((await server.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' })
})

test('every route of the server is at an address of its own', async () => {
  const { server } = await servingFolder(projectFolder({}))
  await server.ready()
  const firsts = [...server.printRoutes({ commonPrefix: false }).matchAll(/^[├└]── (\S+)/gm)].map(
    ([, path = '']) => path,
  )
  expect(firsts).toContain('/healthz')
  expect(
    firsts.filter((path) => path !== '*' && path !== '/' && !isOwnAddress(path.startsWith('/') ? path : `/${path}`)),
  ).toEqual([])
})

function neverCalled(): FunctionCaller {
  return answering(({ path }) => {
    throw new Error(`${path} was called`)
  })
}

function numbered(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, '1']))
}

function signed(token: string, path: string, form: [string, string][] = []): Record<string, string> {
  return { 'x-twilio-signature': signatureOf(token, ORIGIN + path, form) }
}

/** JSON that is posted to a URL whose signature it bears. */
function json(url: string): InjectOptions {
  const signature = signatureOf('dev', url, [])
  return {
    method: 'POST',
    url: url.slice(ORIGIN.length),
    headers: { ...JSON_TYPE, 'x-twilio-signature': signature },
    payload: JSON_BODY,
  }
}
