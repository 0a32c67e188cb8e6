import { expect, test } from 'vitest'
import type { HttpRequestEffect } from '../../src/engine/effect.ts'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { Service } from '../../src/scenario/service.ts'
import { type Asked, Services } from '../../src/scenario/services.ts'

test.each([
  ['https://a.example/b', 'https://a.example/b', true],
  ['https://a.example/b', 'https://a.example/b?c=d', true],
  ['https://a.example/b', 'https://a.example/bc', false],
  ['https://a.example/b?c=d', 'https://a.example/b', false],
  ['https://a.example/*', 'https://a.example/b/c?d', true],
  ['*/lookup', 'https://fns.example/lookup', true],
  ['https://a.example/b', 'https://aXexample/b', false],
  ['https://MY-FNS.twil.io/Look-Up', 'https://my-fns.twil.io/Look-Up', true],
  ['https://my-fns.twil.io/look-up', 'https://MY-FNS.twil.io/look-up', true],
  ['https://a.example/B', 'https://a.example/b', false],
  ['https://a.example', 'https://a.example/', true],
  ['https://a.example?c=d', 'https://a.example/?c=d', true],
  ['https://*', 'https://a.example/b', true],
])('%s and %s: %j', async (url, asked, fits) => {
  const { ask } = standing({ url, answer: { status: 201 } })
  expect((await ask(asked)).ok).toBe(fits)
})

test('the first service that fits answers, as JSON or as it is', async () => {
  const { ask } = standing(
    { url: 'https://a.example/1', answer: { json: { a: 1 } } },
    { url: '*', method: 'POST', answer: { status: 500, body: 'oops', headers: { 'retry-after': 5 } } },
  )
  expect(await ask('https://a.example/1')).toEqual({
    ok: true,
    status: 200,
    contentType: 'application/json',
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
  })
  expect(await ask('https://a.example/2', 'POST')).toMatchObject({
    status: 500,
    contentType: 'text/plain',
    headers: { 'retry-after': '5' },
    body: 'oops',
  })
})

test('answers come one after another, and the last one stays', async () => {
  const { ask } = standing({ url: '*', answer: [{ fails: 'timeout' }, { status: 404 }, {}] })
  const outcomes = [await ask('x'), await ask('x'), await ask('x'), await ask('x')]
  expect(outcomes.map((one) => (one.ok ? one.status : one.reason))).toEqual(['timeout', 404, 200, 200])
})

test('a service that has answered often enough gives way to the next', async () => {
  const { ask } = standing({ url: '*', answer: { status: 201 }, times: 1 }, { url: '*', fails: 'network' })
  expect([await ask('x'), await ask('x')]).toMatchObject([{ status: 201 }, { reason: 'network' }])
})

test('a request that no service fits does not leave the machine, and is told', async () => {
  const { ask, told } = standing({ url: 'https://a.example/' })
  expect(await ask('https://b.example/')).toEqual({
    ok: false,
    reason: 'network',
    message: 'no service of the scenario fits GET https://b.example/',
  })
  expect(told).toMatchObject([{ by: 'nobody' }])
})

test('it does where the scenario allows it', async () => {
  const { services, told } = standing()
  const open = new Services({ services, network: 'allow' }, (asked) => told.push(asked))
  const answered = { ok: true, status: 204, contentType: '', headers: {}, body: '' } as const
  expect(await open.ask(request('https://b.example/'), { ask: async () => answered, here: () => undefined })).toBe(
    answered,
  )
  expect(told).toMatchObject([{ by: 'world' }])
})

test('a function of the project is called where no service fits', async () => {
  const { ask, told } = standing({ url: 'https://shop-1234.twil.io/price', answer: {}, times: 1 })
  expect(await ask('https://shop-1234.twil.io/price', 'POST')).toMatchObject({ body: '' })
  expect(await ask('https://shop-1234.twil.io/price', 'POST')).toMatchObject({ body: 'by the function' })
  expect(told).toMatchObject([{ by: 'service' }, { by: 'own-function' }])
})

const own: Readonly<Record<string, Promise<HttpOutcome>>> = {
  'https://shop-1234.twil.io/price': Promise.resolve({
    ok: true,
    status: 200,
    contentType: 'text/plain',
    headers: {},
    body: 'by the function',
  }),
}

function standing(...given: readonly object[]) {
  const told: Asked[] = []
  const services = given.map((one) => Service.parse({ ...(Object.keys(one).length < 2 && { answer: {} }), ...one }))
  const stubs = new Services({ services, network: 'stubs' }, (asked) => told.push(asked))
  const ask = (url: string, method?: 'POST') =>
    stubs.ask(request(url, method), { ask: () => Promise.reject(new Error('asked')), here: ({ url }) => own[url] })
  return { services, told, ask }
}

function request(url: string, method: 'GET' | 'POST' = 'GET'): HttpRequestEffect {
  return { type: 'http-request', method, url }
}
