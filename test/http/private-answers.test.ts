import { expect, test } from 'vitest'
import { serving } from '../support/server.ts'
import { AUTHORIZATION } from './api/own-api.ts'

const PRIVATE = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

test.each(['/api/executions', '/api/executions/FN0', '/v2/Flows', '/v1/Flows', '/api/session'])(
  'no cache, no frame and no page of others has the answer of %s',
  async (url) => {
    const { server } = await serving({})
    expect((await server.inject({ url, headers: { authorization: AUTHORIZATION } })).headers).toMatchObject(PRIVATE)
    expect((await server.inject({ url, headers: { 'sec-fetch-site': 'cross-site' } })).headers).toMatchObject(PRIVATE)
  },
)

test('live events are as private', async () => {
  const { server } = await serving({})
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const { headers, body } = await fetch(`${url}/api/events`, { headers: { authorization: AUTHORIZATION } })
  await body?.cancel()
  expect(Object.fromEntries(headers)).toMatchObject(PRIVATE)
})

test('behind https browsers are told to stay there', async () => {
  const { server } = await serving({}, { PUBLIC_URL: 'https://flows.example.com' })
  const { headers } = await server.inject({ url: '/api/session' })
  expect(headers['strict-transport-security']).toBe('max-age=31536000')
})
