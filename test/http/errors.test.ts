import { expect, test } from 'vitest'
import { signatureOf } from '../../src/signature/signature.ts'
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
  ['a query that is no form', form(message(), '/flows/echo?a=%'), 400, 20001, 'a=%'],
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
    'not JSON',
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

test('a live call hears a sentence where its flow is unknown', async () => {
  const { server } = await serving({ echo: ECHO })

  const answer = await server.inject(form(call(), '/flows/nope'))

  expect(answer.statusCode).toBe(200)
  expect(answer.body).toMatch(/<Response><Say>.*<\/Say><Hangup\/><\/Response>$/)
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
