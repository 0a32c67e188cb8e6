import { expect, test } from 'vitest'
import { addTwimlRedirect } from '../../src/widgets/add-twiml-redirect.ts'
import { continued, TEXTING, twimlOf, visit } from '../support/visit.ts'

const enter = (properties: Record<string, unknown>) => addTwimlRedirect.enter(visit(addTwimlRedirect, properties))

test.each([
  [{ url: 'https://a.example/x?a=1&b=2' }, '<Redirect method="POST">https://a.example/x?a=1&amp;b=2</Redirect>'],
  [{ url: ' https://a.example/x ', method: 'get' }, '<Redirect method="GET">https://a.example/x</Redirect>'],
  [{ url: 'https://a.example/x', method: 'PUT' }, '<Redirect method="POST">https://a.example/x</Redirect>'],
])('%j goes away by %s', (properties, twiml) => {
  expect(twimlOf(enter(properties))).toBe(twiml)
})

test('it waits to be come back to, four hours if nothing else is said', () => {
  expect(enter({ url: 'https://a.example/x' })).toMatchObject({
    kind: 'wait',
    for: ['continued', 'time-ran-out'],
    timeout: 14_400,
  })
  expect(enter({ url: 'https://a.example/x', timeout: '30' })).toMatchObject({ timeout: 30 })
})

test('with a timeout of 0 nobody is expected back', () => {
  const result = enter({ url: 'https://a.example/x', timeout: '0' })
  expect(result).toMatchObject({ kind: 'give-up', exit: 'timeout' })
  expect(twimlOf(result)).toBe('<Redirect method="POST">https://a.example/x</Redirect>')
})

test.each([{}, { url: '/relative' }, { url: 'whatsapp:+55' }, { url: 'https:///voice' }])(
  '%j leaves by fail and says why',
  (properties) => {
    expect(enter(properties)).toMatchObject({ exit: 'fail', warnings: [{ code: 81014 }] })
  },
)

test('what comes back is given out whole', () => {
  const params = { FlowEvent: 'return', token: 'abc' }
  expect(addTwimlRedirect.resume?.(visit(addTwimlRedirect), continued(params))).toEqual({
    kind: 'exit',
    exit: 'return',
    output: params,
  })
})

test('a call that does not come back in time is lost to the flow', () => {
  expect(addTwimlRedirect.resume?.(visit(addTwimlRedirect), { type: 'time-ran-out' })).toEqual({
    kind: 'exit',
    exit: 'timeout',
    call: { sid: 'CA0', live: false },
  })
})

test('time that ran out leaves by timeout, and any other event does not concern it', () => {
  const texting = visit(addTwimlRedirect, {}, { execution: TEXTING })
  expect(addTwimlRedirect.resume?.(texting, { type: 'time-ran-out' })).toEqual({ kind: 'exit', exit: 'timeout' })
  expect(addTwimlRedirect.resume?.(visit(addTwimlRedirect), { type: 'call-ended', params: {} })).toBeUndefined()
})
