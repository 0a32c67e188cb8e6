import { expect, test } from 'vitest'
import { signatureOf } from '../../src/signature/signature.ts'
import { asking } from '../support/raw-request.ts'
import { call, form, message, serving } from '../support/server.ts'

const ECHO = {
  initial_state: 'Trigger',
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      properties: {},
      transitions: [{ event: 'incomingCall', next: 'say' }, { event: 'incomingMessage' }],
    },
    { name: 'say', type: 'say-play', properties: { say: 'Hello' }, transitions: [{ event: 'audioComplete' }] },
  ],
}

test.each([
  ['an unknown flow', form(message(), '/flows/nope'), 404, 20404, '/flows/nope'],
  ['a body that is no form', { ...form({}, '/flows/echo'), payload: 'MessageSid=SM1&Body=%ZZ' }, 400, 20001, '%ZZ'],
  ['a query that is no form', form(message(), '/flows/echo?a=%'), 400, 20001, '\\"%\\" found in \\"a\\"'],
  [
    'a body of another type',
    { ...form({}, '/flows/echo'), headers: { 'content-type': 'text/csv' }, payload: 'a,b' },
    415,
    20415,
    'text/csv',
  ],
  [
    'broken JSON',
    { ...form({}, '/flows/echo'), headers: { 'content-type': 'application/json' }, payload: '{"a"' },
    400,
    20001,
    'no JSON',
  ],
  ['neither a call nor a message', form({ Foo: 'bar' }, '/flows/echo'), 400, 20001, 'Foo'],
  ['an oversized body', form(message({ Body: 'x'.repeat(70_000) }), '/flows/echo'), 413, 20413, '65536'],
] as const)('%s is refused in Twilio’s error shape', async (_what, request, status, code, shown) => {
  const { server } = await serving({ echo: ECHO })

  const answer = await server.inject(request)

  expect(answer.json()).toEqual({
    code,
    status,
    message: expect.any(String),
    more_info: `https://www.twilio.com/docs/errors/${code}`,
  })
  expect(answer.statusCode).toBe(status)
  expect(answer.body).toContain(shown)
})

test.each([
  ['PUT', '/flows/echo', 'GET, POST'],
  ['OPTIONS', `/v1/Accounts/AC${'0'.repeat(32)}/Flows/FW${'0'.repeat(32)}`, 'GET, POST'],
  ['POST', '/healthz', 'GET, HEAD'],
  ['OPTIONS', '/v2/Flows', 'GET, HEAD, POST'],
  ['PUT', '/v2/Flows', 'GET, HEAD, POST'],
  ['GET', '/api/login', 'POST'],
] as const)('%s of %s is refused for the method, and told which there are', async (method, url, allowed) => {
  const { server } = await serving({ echo: ECHO })
  const headers = { authorization: `Basic ${btoa(`AC${'0'.repeat(32)}:dev`)}` }

  const answer = await server.inject({ method, url, headers })

  expect(answer.statusCode).toBe(405)
  expect(answer.headers.allow).toBe(allowed)
  expect(answer.json()).toMatchObject({ code: 20004, message: `${method} is not allowed on ${url}` })
})

test.each([
  ['its flow is unknown', form(call(), '/flows/nope')],
  ['its form is malformed', { ...form({}, '/flows/echo'), payload: 'CallSid=CA1&CallerName=%ZZ' }],
  ['its query is malformed', { url: '/flows/echo?CallSid=CA1&CallerName=%ZZ' }],
])('a live call hears a sentence where %s', async (_what, request) => {
  const { server } = await serving({ echo: ECHO })

  const answer = await server.inject(request)

  expect(answer.statusCode).toBe(200)
  expect(answer.body).toMatch(/<Response><Say>.*<\/Say><Hangup\/><\/Response>$/)
})

test('the status callback of an unknown flow is refused like any request', async () => {
  const { server } = await serving({ echo: ECHO })

  const answer = await server.inject(form(call({ CallStatus: 'completed' }), '/flows/nope'))

  expect(answer.json()).toMatchObject({ code: 20404, status: 404 })
})

test('what is wrong with a webhook is told without the numbers and texts in it', async () => {
  const { server } = await serving({ echo: ECHO }, CREDENTIALS)
  const secrets = 'From=%2B15550001&Body=hello'

  const answers = await Promise.all([
    server.inject({ ...form({}, '/flows/echo'), payload: `${secrets}&City=%ZZ` }),
    server.inject({ url: `/flows/echo?${secrets}&City=%ZZ` }),
    server.inject({ url: `/flows/echo?${secrets}` }),
  ])

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 403])
  expect(answers.map(({ body }) => body).join()).not.toMatch(/5550001|hello/)
})

test('a webhook that is only looked at moves nothing', async () => {
  const { server, store, flows } = await serving({ echo: ECHO })

  const answer = await server.inject({ method: 'HEAD', url: `/flows/echo?${new URLSearchParams(call())}` })

  expect(answer.statusCode).toBe(404)
  expect(await store.executionOfCall(flows.list()[0]?.sid ?? '', 'CA1')).toBeUndefined()
})

const TOKEN = '12345678901234567890123456789012'
const CREDENTIALS = {
  TWILIO_ACCOUNT_SID: `AC${'a'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: `${TOKEN},old`,
  PUBLIC_URL: 'https://phone.example/base',
  CARRIER: 'simulated',
}

test('with a token set, a webhook without the right signature is refused and says what it was held against', async () => {
  const { server } = await serving({ echo: ECHO }, CREDENTIALS)

  const missing = await server.inject(form(call(), '/flows/echo'))
  const forged = await server.inject(form(call(), '/flows/echo', { 'X-Twilio-Signature': 'AAAA' }))

  expect([missing.statusCode, forged.statusCode]).toEqual([403, 403])
  expect(missing.body).toContain('https://phone.example/base/flows/echo')
  expect(forged.json()).toMatchObject({ code: 20403 })
})

test.each([TOKEN, 'old'])('a signature made with any of the tokens is right', async (token) => {
  const { server } = await serving({ echo: ECHO }, CREDENTIALS)
  const signature = signatureOf(token, 'https://phone.example/base/flows/echo?x=1', Object.entries(call()))

  const answer = await server.inject(form(call(), '/flows/echo?x=1', { 'X-Twilio-Signature': signature }))

  expect(answer.body).toContain('<Say>Hello</Say>')
  expect(answer.body).toContain('https://phone.example/base/v1/Accounts/')
})

test('who has heard a signature can add nothing to its request', async () => {
  const ask = await asking(await serving({ echo: ECHO }, CREDENTIALS))
  const path = `/flows/echo?${new URLSearchParams(call())}`
  const headers = { 'x-twilio-signature': signatureOf(TOKEN, `https://phone.example/base${path}`, []) }

  for (const more of ['&From=%2B1900', '#&From=%2B1900', '%23&From=%2B1900', '#'])
    expect(await ask({ path: path + more, headers }), more).toMatchObject({ status: 403 })
  expect(await ask({ path, headers })).toMatchObject({ status: 200 })
})
