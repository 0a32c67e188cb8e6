import { expect, test } from 'vitest'
import { serving } from '../support/server.ts'

const ACCOUNT = `AC${'0'.repeat(32)}`
const DEV = `Basic ${Buffer.from(`${ACCOUNT}:dev`).toString('base64')}`
const MESSAGES = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`
const FORM = { From: '+15550002000', To: '+15550001000', Body: 'Hi' }

test('in development the server is the carrier, and clients of its REST API are served', async () => {
  const { server } = await serving({})

  const created = await server.inject(post(MESSAGES, DEV))
  const listed = await server.inject({ url: `${MESSAGES}?PageSize=5`, headers: { authorization: DEV } })

  expect(created.statusCode).toBe(201)
  expect(created.json()).toMatchObject({ to: FORM.To, from: FORM.From, body: 'Hi', status: 'queued' })
  expect(listed.json().messages).toMatchObject([{ sid: created.json().sid }])
})

test('a client without the right credentials is refused in the carrier’s own words', async () => {
  const { server } = await serving({})

  const refused = await server.inject(post(MESSAGES, 'Basic d3Jvbmc6d3Jvbmc='))

  expect(refused.statusCode).toBe(401)
  expect(refused.json()).toMatchObject({ code: 20003, status: 401 })
})

test('its API is no place to guess at credentials for longer than elsewhere', async () => {
  const settings = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: 'token', CARRIER: 'simulated' }
  const { server } = await serving({}, settings)
  const asked = async (url: string, password: string) => {
    const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${password}`).toString('base64')}`
    return (await server.inject({ url, headers: { authorization } })).statusCode
  }

  for (let n = 0; n < 10; n += 1) expect(await asked(MESSAGES, 'wrong')).toBe(401)

  expect(await asked(MESSAGES, 'wrong')).toBe(429)
  expect(await asked(MESSAGES, 'token')).toBe(429)
  expect(await asked('/v2/Flows', 'token')).toBe(429)
})

test('in development its API knows the account by the names of this machine alone, and no page of others', async () => {
  const { server } = await serving({})
  const asked = async (headers: Record<string, string>) => {
    const request = post(MESSAGES, DEV)
    return (await server.inject({ ...request, headers: { ...request.headers, ...headers } })).statusCode
  }

  expect(await asked({ host: 'rebound.example' })).toBe(401)
  expect(await asked({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await asked({ host: '127.0.0.1:3000' })).toBe(201)
})

test('with a real carrier there is nothing to be had where a played one has its API', async () => {
  const settings = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: 'dev' }
  const { server } = await serving({}, settings)

  expect((await server.inject(post(MESSAGES, DEV))).statusCode).toBe(404)
})

function post(url: string, authorization: string) {
  return {
    method: 'POST',
    url,
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(FORM).toString(),
  } as const
}
