import { expect, test } from 'vitest'
import type { HttpRequestEffect } from '../../src/engine/effect.ts'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { type Stage, stage } from './stage.ts'

test('a caller who types the number of a shipped order hears when it arrives', async () => {
  const { asked, call } = await withOrders(json(200, { status: 'shipped', delivery_date: 'Friday' }))
  await call.tell({ do: 'press', keys: '1234#' })
  expect(asked).toEqual([{ type: 'http-request', method: 'GET', url: 'https://orders.example.com/orders/1234' }])
  expect(call.heard.slice(1)).toEqual(['Your order 1 2 3 4 is on its way. It arrives on Friday.', 'Goodbye.'])
})

test.each([
  ['processing', 'We are packing your order 7 7.'],
  ['cancelled', 'Your order 7 7 is cancelled.'],
])('the status %s is said in a sentence of its own', async (status, sentence) => {
  const { call } = await withOrders(json(200, { status }))
  await call.tell({ do: 'press', keys: '77#' })
  expect(call.heard[1]).toBe(sentence)
})

test.each<[string, HttpOutcome, string]>([
  ['an order that nobody knows', json(404, { error: 'not found' }), 'We have no order 7 7.'],
  ['a service in trouble', json(500, {}), 'We cannot look up orders at the moment. Please call again later.'],
  [
    'a service that is silent',
    { ok: false, reason: 'timeout', message: 'no answer' },
    'We cannot look up orders at the moment. Please call again later.',
  ],
])('%s is said so', async (_case, outcome, sentence) => {
  const { call } = await withOrders(outcome)
  await call.tell({ do: 'press', keys: '77#' })
  expect(call.heard.slice(1)).toEqual([sentence, 'Goodbye.'])
})

test('a caller who types nothing is sent off', async () => {
  const { asked, call, execution } = await withOrders(json(200, {}))
  await call.tell()
  expect(call.heard[1]).toBe('We did not get an order number. Goodbye.')
  expect(asked).toEqual([])
  expect((await execution()).status).toBe('ended')
})

async function withOrders(outcome: HttpOutcome): Promise<Stage & { readonly asked: readonly HttpRequestEffect[] }> {
  const asked: HttpRequestEffect[] = []
  const httpRequest = async (request: HttpRequestEffect) => {
    asked.push(JSON.parse(JSON.stringify(request)))
    return outcome
  }
  return { ...(await stage('order-status', { httpRequest })), asked }
}

function json(status: number, body: object): HttpOutcome {
  return { ok: true, status, contentType: 'application/json', headers: {}, body: JSON.stringify(body) }
}
