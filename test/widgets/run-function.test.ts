import { expect, test } from 'vitest'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { ask, exit } from '../../src/engine/widget.ts'
import { runFunction } from '../../src/widgets/run-function.ts'
import { visit } from '../support/visit.ts'

const PLACE = { url: 'https://shop-1234.twil.io/price' }
const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response><Say>Hello</Say></Response>'

function after(outcome: HttpOutcome, setting: Parameters<typeof visit>[2] = {}) {
  return runFunction.resume?.(visit(runFunction, PLACE, setting), { type: 'http-responded', outcome })
}

function answered(
  status: number,
  contentType: string,
  body: string,
  headers: Record<string, string> = {},
): HttpOutcome {
  return { ok: true, status, contentType, headers, body }
}

test('the parameters are posted as a form', () => {
  const form = [['size', 'L']] as const
  const effect = { type: 'http-request', method: 'POST', url: PLACE.url, form, function: {} } as const
  const here = visit(runFunction, { ...PLACE, service_sid: 'default', parameters: [{ key: 'size', value: 'L' }] })
  expect(runFunction.enter(here)).toEqual(ask(effect, 'http-responded'))
})

test('a function without parameters is posted an empty form', () => {
  expect(runFunction.enter(visit(runFunction, PLACE))).toMatchObject({ effect: { form: [] } })
})

test.each([[''], ['price'], ['//shop.example/price'], ['/\\shop.example']])('the URL %j leaves by fail', (url) => {
  expect(runFunction.enter(visit(runFunction, { url }))).toMatchObject({ exit: 'fail', warnings: [{ code: 81010 }] })
})

const SID = `ZH${'a'.repeat(32)}`

test.each([
  ['a path alone', { url: '/price?size=L' }, '/price?size=L', undefined],
  ['a sid and an empty URL', { url: '', function_sid: SID }, SID, SID],
  ['a sid and no URL at all', { function_sid: SID }, SID, SID],
  ['a sid and a placeholder for the URL', { url: '<FUNCTION_URL>', function_sid: SID }, SID, SID],
  ['a sid and a URL', { ...PLACE, function_sid: SID }, PLACE.url, SID],
])('a function is named by %s', (_how, properties, url, sid) => {
  const here = visit(runFunction, properties)
  expect(runFunction.enter(here)).toMatchObject({ effect: { url, function: { sid } } })
})

test('without a sid the URL is required', () => {
  const { error } = runFunction.properties.safeParse({ service_sid: 'default' })
  expect(error?.issues).toMatchObject([{ path: ['url'], message: 'is missing but it is required' }])
})

test('a JSON object that was answered is there in its parts', () => {
  const output = { body: '{"price":5}', status_code: 200, content_type: 'application/json', parsed: { price: 5 } }
  expect(after(answered(200, 'application/json', '{"price":5}'))).toEqual(exit('success', { output }))
})

test('a JSON array that was answered is text', () => {
  const output = { body: '[1]', status_code: 200, content_type: 'application/json' }
  expect(after(answered(200, 'application/json', '[1]'))).toEqual(exit('success', { output }))
})

test('the one header that flows can see is kept', () => {
  const headers = { 'x-twilio-function-concurrency': '3', 'set-cookie': 'a=b' }
  const { 'set-cookie': _hidden, ...seen } = headers
  expect(after(answered(200, 'text/plain', 'ok', headers))).toMatchObject({ output: { headers: seen } })
  expect(after(answered(200, 'text/plain', 'ok', headers))).not.toHaveProperty('output.headers.set-cookie')
})

test('an error status leaves by fail with the same outputs', () => {
  const body = '{"success":false}'
  expect(after(answered(410, 'application/json', body))).toMatchObject({
    exit: 'fail',
    output: { body, status_code: 410, content_type: 'application/json', parsed: { success: false } },
    warnings: [{ code: 81010 }],
  })
})

test.each([
  ['timeout', 81017],
  ['too-large', 81017],
  ['network', 81010],
  ['refused-address', 81010],
])('no answer, for the reason %s, leaves by fail with %i and nothing behind', (reason, code) => {
  const left = after({ ok: false, reason, message: 'why' })
  expect(left).toEqual(exit('fail', { warnings: [{ code, message: 'why' }] }))
})

test.each([['text/xml'], ['application/xml']])('TwiML answered as %s takes the live call over', (contentType) => {
  const output = { body: TWIML, status_code: 200, content_type: contentType }
  expect(after(answered(200, contentType, TWIML))).toEqual({
    kind: 'give-up',
    exit: 'success',
    document: { xml: TWIML },
    output,
  })
})

test('TwiML is only an answer where there is no live call', () => {
  const left = after(answered(200, 'text/xml', TWIML), { execution: { call: { sid: 'CA0', live: false } } })
  expect(left).toMatchObject({ kind: 'exit', exit: 'success', output: { body: TWIML } })
})

test('other XML, and TwiML sent as text, are only answers', () => {
  expect(after(answered(200, 'text/xml', '<price>5</price>'))).toMatchObject({ kind: 'exit', exit: 'success' })
  expect(after(answered(200, 'text/plain', TWIML))).toMatchObject({ kind: 'exit', exit: 'success' })
})

test('the end of the call does not concern it', () => {
  expect(runFunction.resume?.(visit(runFunction, PLACE), { type: 'call-ended', params: {} })).toBeUndefined()
})
