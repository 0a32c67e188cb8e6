import { expect, test } from 'vitest'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { ask, exit } from '../../src/engine/widget.ts'
import { makeHttpRequest } from '../../src/widgets/make-http-request.ts'
import { visit } from '../support/visit.ts'

const PAIRS = [
  { key: 'name', value: 'Ada & Co' },
  { key: 'n', value: '1' },
]

function enter(properties: Record<string, unknown>) {
  return makeHttpRequest.enter(visit(makeHttpRequest, { url: 'https://shop.example/orders', ...properties }))
}

function requested(fields: Record<string, unknown>) {
  return { kind: 'wait', for: ['http-responded'], effect: { type: 'http-request', ...fields } }
}

function after(outcome: HttpOutcome) {
  return makeHttpRequest.resume?.(visit(makeHttpRequest, { url: '' }), { type: 'http-responded', outcome })
}

function answered(status: number, contentType: string, body: string): HttpOutcome {
  return { ok: true, status, contentType, headers: {}, body }
}

test('GET is the method where none is given', () => {
  const effect = { type: 'http-request', method: 'GET', url: 'https://shop.example/orders' } as const
  expect(enter({})).toEqual(ask(effect, 'http-responded'))
})

test('the parameters of GET are added to the query', () => {
  expect(enter({ url: 'https://shop.example/o?a=%20b&c', parameters: PAIRS })).toEqual(
    requested({ method: 'GET', url: 'https://shop.example/o?a=%20b&c&name=Ada+%26+Co&n=1' }),
  )
})

test('POST without a body sends its parameters as a form', () => {
  const form = [
    ['name', 'Ada & Co'],
    ['n', '1'],
  ]
  const request = requested({ method: 'POST', url: 'https://shop.example/orders', form })
  expect(enter({ method: 'POST', parameters: PAIRS })).toEqual(request)
  expect(enter({ method: 'POST', parameters: PAIRS, content_type: 'application/json' })).toEqual(request)
})

test('a content type that a template leaves among blanks is sent without them', () => {
  const contentType = 'application/json'
  const asked = enter({ method: 'POST', body: '{}', content_type: `\n ${contentType}\n` })
  expect(asked).toMatchObject({ effect: { contentType } })
})

test('POST with a body sends it as it is, and the parameters in the query', () => {
  const content_type = 'application/json;charset=utf-8'
  const request = {
    method: 'POST',
    url: 'https://shop.example/orders?n=1',
    contentType: content_type,
    body: '{"a": 1}',
  }
  expect(enter({ method: 'POST', content_type, body: '{"a": 1}', parameters: PAIRS.slice(1) })).toEqual(
    requested(request),
  )
})

test('POST with neither sends an empty form', () => {
  expect(enter({ method: 'post' })).toEqual(requested({ method: 'POST', url: 'https://shop.example/orders', form: [] }))
})

test('name and password in the URL stay there for the client', () => {
  expect(enter({ url: ' https://ada:pw@shop.example/\n' })).toMatchObject(
    requested({ url: 'https://ada:pw@shop.example/' }),
  )
})

test.each([[''], ['shop.example/orders'], ['/orders'], ['ftp://shop.example/'], ['https:///orders'], ['https:orders']])(
  'the URL %j is not asked',
  (url) => {
    expect(enter({ url })).toMatchObject({ exit: 'failed', output: {}, warnings: [{ code: 81014 }] })
  },
)

test("the account's credentials go to Twilio's own API, in place of those in the URL", () => {
  const request = { url: 'https://api.twilio.com/2010-04-01/Accounts.json', authenticate: true }
  expect(enter({ url: 'https://a:b@api.twilio.com/2010-04-01/Accounts.json', add_twilio_auth: 'true' })).toMatchObject(
    requested(request),
  )
})

test.each([
  ['https://shop.example/'],
  ['https://twilio.com.shop.example/'],
  ['https://nottwilio.com/'],
  ['http://api.twilio.com/'],
  ['https://api.twilio.com@shop.example/'],
])("the account's credentials are not sent to %s, which is not asked at all", (url) => {
  expect(enter({ url, add_twilio_auth: true })).toMatchObject({
    exit: 'failed',
    output: {},
    warnings: [{ code: 81014 }],
  })
})

test('a JSON object that was answered is there in its parts', () => {
  const output = { body: '{"a":[1]}', status_code: 200, content_type: 'application/json', parsed: { a: [1] } }
  expect(after(answered(200, 'application/json', '{"a":[1]}'))).toEqual(exit('success', { output }))
})

test('JSON so deep that nobody could walk through it later is there as it came alone', () => {
  const body = `${'['.repeat(9_000)}${']'.repeat(9_000)}`
  const output = { body, status_code: 200, content_type: 'application/json' }
  expect(after(answered(200, 'application/json', body))).toEqual(exit('success', { output }))
})

test('a JSON array that was answered can be looped over', () => {
  expect(after(answered(200, 'application/json', '[{"q":1}]'))).toMatchObject({ output: { parsed: [{ q: 1 }] } })
})

test.each([
  ['text/plain', '{"a":1}'],
  ['application/json', '{"a":'],
  ['application/json', 'null'],
  ['application/json', '5'],
])('an answer of the type %s that reads %s is text', (contentType, body) => {
  expect(after(answered(200, contentType, body))).toEqual(
    exit('success', { output: { body, status_code: 200, content_type: contentType } }),
  )
})

test('an empty answer leaves what the real service was recorded to leave', () => {
  expect(after(answered(200, 'text/plain', ''))).toEqual(
    exit('success', { output: { body: '', status_code: 200, content_type: 'text/plain' } }),
  )
})

test.each([[200], [204], [302]])('status %i is a success', (status) => {
  expect(after(answered(status, 'text/plain', ''))).toMatchObject({ exit: 'success' })
})

test.each([[400], [410], [500]])('status %i is a failure, kept with its parts', (status) => {
  expect(after(answered(status, 'application/json', '{"error":"gone"}'))).toMatchObject({
    exit: 'failed',
    output: { status_code: status, parsed: { error: 'gone' } },
    warnings: [{ code: 81016 }],
  })
})

test('no answer leaves by failed and nothing behind', () => {
  const left = after({ ok: false, reason: 'timeout', message: 'no answer within 10 s' })
  expect(left).toEqual(exit('failed', { output: {}, warnings: [{ code: 81016, message: 'no answer within 10 s' }] }))
})

test('the end of the call does not concern it', () => {
  const hungUp = { type: 'call-ended', params: {} } as const
  expect(makeHttpRequest.resume?.(visit(makeHttpRequest, { url: '' }), hungUp)).toBeUndefined()
})
