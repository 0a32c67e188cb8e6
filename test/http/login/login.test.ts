import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { ManualClock } from '../../../src/clock/manual-clock.ts'
import type { Parts } from '../../../src/parts.ts'
import { form, serving } from '../../support/server.ts'

const ACCOUNT = `AC${'1'.repeat(32)}`
const KEY = `SK${'2'.repeat(32)}`
const CREDENTIALS = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: 'token', API_KEYS: `${KEY}:secret` }
const TOKEN = { username: ACCOUNT, password: 'token' }
const OWN = { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }
const HOUR = 3_600_000

test.each([
  ['the account with its auth token', TOKEN],
  ['an API key with its secret', { username: KEY, password: 'secret' }],
])('%s signs a page in, and its cookie opens both APIs', async (_who, credentials) => {
  const { server } = await serving({}, CREDENTIALS)

  const answer = await server.inject(signingIn(credentials))

  expect(answer.json()).toMatchObject({ signed_in: true, user: credentials.username, account_sid: ACCOUNT })
  const cookie = cookieIn(answer)
  for (const url of ['/api/session', '/api/executions', '/v2/Flows', '/v1/Flows'])
    expect([url, (await server.inject({ url, headers: { cookie, ...OWN } })).statusCode]).toEqual([url, 200])
})

test('the cookie is out of reach for scripts and for other sites, and kept off the open wire', async () => {
  const plain = await serving({}, CREDENTIALS)
  const secure = await serving({}, { ...CREDENTIALS, PUBLIC_URL: 'https://flows.example.com' })
  const setCookie = async ({ server }: Parts, origin: string) =>
    String((await server.inject(signingIn(TOKEN, { origin }))).headers['set-cookie'])

  expect(await setCookie(plain, 'http://localhost')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(await setCookie(secure, 'https://flows.example.com')).toMatch(/; HttpOnly; SameSite=Strict; Secure$/)
})

test('wrong credentials sign nobody in, and after ten of them nobody is looked at for a while', async () => {
  const clock = new ManualClock(Date.now())
  const { server } = await serving({}, CREDENTIALS, { clock })
  const wrong = signingIn({ username: ACCOUNT, password: 'wrong' })

  for (let n = 0; n < 10; n += 1) expect((await server.inject(wrong)).statusCode).toBe(401)

  expect((await server.inject(wrong)).statusCode).toBe(429)
  expect((await server.inject(signingIn(TOKEN))).statusCode).toBe(429)
  clock.moveTo(clock.now() + HOUR / 4)
  expect((await server.inject(signingIn(TOKEN))).statusCode).toBe(200)
})

test.each(['/v2/Flows', '/v1/Flows', '/api/executions', '/metrics', '/docs', '/docs/openapi.json'])(
  'after ten wrong credentials for %s none of that address are looked at for a while, those of others are',
  async (url) => {
    const clock = new ManualClock(Date.now())
    const { server } = await serving({}, CREDENTIALS, { clock })
    const asked = async (password: string, remoteAddress: string) =>
      (await server.inject({ url, remoteAddress, headers: { authorization: basic(`${ACCOUNT}:${password}`) } }))
        .statusCode

    for (let n = 0; n < 10; n += 1) expect(await asked('wrong', '203.0.113.7')).toBe(401)

    expect(await asked('wrong', '203.0.113.7')).toBe(429)
    expect(await asked('token', '203.0.113.7')).toBe(429)
    expect(await asked('token', '203.0.113.8')).toBe(200)
    clock.moveTo(clock.now() + HOUR / 4)
    expect(await asked('token', '203.0.113.7')).toBe(200)
  },
)

test('whoever has a whole network of IPv6 has ten attempts for all its addresses', async () => {
  const { server } = await serving({}, CREDENTIALS)
  const asked = async (remoteAddress: string) =>
    (await server.inject({ url: '/v2/Flows', remoteAddress, headers: { authorization: basic(`${ACCOUNT}:wrong`) } }))
      .statusCode

  for (let n = 0; n < 10; n += 1) expect(await asked(`2001:db8:1:2:${n}::${n}`)).toBe(401)

  expect(await asked('2001:db8:1:2::99')).toBe(429)
  expect(await asked('2001:db8:1:3::99')).toBe(401)
  expect(await asked('::ffff:203.0.113.7')).toBe(401)
})

test('who has been let in stays so, whatever others try from the same address', async () => {
  const { server } = await serving({}, CREDENTIALS)
  const asked = async (password: string) =>
    (await server.inject({ url: '/v2/Flows', headers: { authorization: basic(`${ACCOUNT}:${password}`) } })).statusCode

  expect(await asked('token')).toBe(200)
  for (let n = 0; n < 10; n += 1) await asked('wrong')

  expect([await asked('wrong'), await asked('token')]).toEqual([429, 200])
})

test('behind a trusted proxy wrong credentials count for the client, not for the proxy', async () => {
  const { server } = await serving({}, { ...CREDENTIALS, TRUST_PROXY: 'on' })
  const asked = async (password: string, client: string) => {
    const headers = { 'x-forwarded-for': client, authorization: basic(`${ACCOUNT}:${password}`) }
    return (await server.inject({ url: '/v2/Flows', headers })).statusCode
  }

  for (let n = 0; n < 10; n += 1) await asked('wrong', '203.0.113.7')

  expect([await asked('token', '203.0.113.7'), await asked('token', '203.0.113.8')]).toEqual([429, 200])
})

test('who shows no credentials has not failed with any', async () => {
  const { server } = await serving({}, CREDENTIALS)
  for (let n = 0; n < 11; n += 1) expect((await server.inject('/v2/Flows')).statusCode).toBe(401)
  expect((await server.inject(signingIn(TOKEN))).statusCode).toBe(200)
})

test('who signs out is out, whoever has kept the cookie', async () => {
  const { server } = await serving({}, CREDENTIALS)
  const cookie = cookieIn(await server.inject(signingIn(TOKEN)))

  const out = await server.inject({ method: 'POST', url: '/api/logout', headers: { cookie, ...OWN } })

  expect(out.statusCode).toBe(204)
  expect(out.headers['set-cookie']).toMatch(/=; Max-Age=0;/)
  expect((await server.inject({ url: '/api/executions', headers: { cookie, ...OWN } })).statusCode).toBe(401)
})

test('a session ends after twelve hours, unless it is asked for in its second half', async () => {
  const clock = new ManualClock(Date.now())
  const { server } = await serving({}, CREDENTIALS, { clock })
  const cookie = cookieIn(await server.inject(signingIn(TOKEN)))
  const session = () => server.inject({ url: '/api/session', headers: { cookie, ...OWN } })

  expect((await session()).headers['set-cookie']).toBeUndefined()
  clock.moveTo(clock.now() + 7 * HOUR)
  const renewed = cookieIn(await session())
  clock.moveTo(clock.now() + 6 * HOUR)

  expect((await session()).json()).toEqual({ signed_in: false, login_required: true, development: false })
  expect((await server.inject({ url: '/v2/Flows', headers: { cookie: renewed } })).statusCode).toBe(200)
})

test('a session is not held by other credentials', async () => {
  const cookie = cookieIn(await (await serving({}, CREDENTIALS)).server.inject(signingIn(TOKEN)))
  const same = await serving({}, CREDENTIALS)
  const other = await serving({}, { ...CREDENTIALS, TWILIO_AUTH_TOKEN: 'new' })

  expect((await same.server.inject({ url: '/v2/Flows', headers: { cookie } })).statusCode).toBe(200)
  expect((await other.server.inject({ url: '/v2/Flows', headers: { cookie } })).statusCode).toBe(401)
})

test.each(['', 'x', `${'9'.repeat(13)}.${'a'.repeat(22)}.${ACCOUNT}.${'b'.repeat(43)}`, '%', '"'])(
  'the cookie %j opens nothing',
  async (token) => {
    const { server } = await serving({}, CREDENTIALS)
    const headers = { cookie: `trunkline_session=${token}; other=1` }
    expect((await server.inject({ url: '/v2/Flows', headers })).statusCode).toBe(401)
  },
)

test('a session is found behind cookies of the same name that others have put up', async () => {
  const { server } = await serving({}, CREDENTIALS)
  const cookie = cookieIn(await server.inject(signingIn(TOKEN)))
  const headers = { cookie: `trunkline_session=tossed; theme=dark; ${cookie}` }
  expect((await server.inject({ url: '/v2/Flows', headers })).statusCode).toBe(200)
})

const POST = { method: 'POST', url: '/v2/Flows' } as const
const GET = { method: 'GET', url: '/v2/Flows' } as const

test.each([
  ['our own page changes something', POST, { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' }, 400],
  ['our own page in an older browser changes something', POST, { origin: 'http://localhost' }, 400],
  [
    'a page of another site changes something',
    POST,
    { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' },
    403,
  ],
  ['a page of another port changes something', POST, { 'sec-fetch-site': 'same-site' }, 403],
  ['a page of another origin changes something', POST, { origin: 'http://localhost:8080' }, 403],
  ['a page without an origin changes something', POST, { origin: 'null' }, 403],
  ['nobody in particular changes something', POST, {}, 403],
  ['a link of another site is followed', GET, { 'sec-fetch-site': 'cross-site' }, 403],
  ['an address is typed', GET, { 'sec-fetch-site': 'none' }, 200],
  ['a program reads', GET, {}, 200],
])('with the cookie, when %s', async (_what, request, headers, status) => {
  const { server } = await serving({}, CREDENTIALS)
  const cookie = cookieIn(await server.inject(signingIn(TOKEN)))

  const answer = await server.inject({ ...request, headers: { ...headers, cookie } })

  expect(answer.statusCode).toBe(status)
})

test('behind a proxy our own page is known by the public URL', async () => {
  const { server } = await serving({}, { ...CREDENTIALS, PUBLIC_URL: 'https://flows.example.com' })
  const headers = { origin: 'https://flows.example.com', 'sec-fetch-site': 'same-origin' }
  const cookie = cookieIn(await server.inject(signingIn(TOKEN, headers)))

  expect((await server.inject({ ...POST, headers: { ...headers, cookie } })).statusCode).toBe(400)
})

test('no page of another site can sign somebody in', async () => {
  const { server } = await serving({}, CREDENTIALS)
  const answer = await server.inject(signingIn(TOKEN, { origin: 'http://evil.example' }))
  expect(answer.statusCode).toBe(403)
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test('in development a page on this machine is signed in by asking', async () => {
  const { server } = await serving({})

  const answer = await server.inject({ url: '/api/session', headers: OWN })

  expect(answer.json()).toMatchObject({ signed_in: true, login_required: false, development: true })
  const cookie = cookieIn(answer)
  expect((await server.inject({ url: '/v2/Flows', headers: { cookie, ...OWN } })).statusCode).toBe(200)
  expect((await server.inject({ url: '/api/executions', headers: { cookie, ...OWN } })).statusCode).toBe(200)
})

test.each([
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a name of somebody else that leads here', { host: 'rebound.example:3000' }, 200],
  ['a tunnel', { 'x-forwarded-for': '203.0.113.7' }, 200],
  ['a page of another port', { origin: 'http://localhost:9000' }, 403],
])('in development %s is not signed in by asking', async (_who, headers, status) => {
  const { server } = await serving({})

  const answer = await server.inject({ url: '/api/session', headers })

  expect(answer.statusCode).toBe(status)
  expect(answer.headers['set-cookie']).toBeUndefined()
  if (status === 200) expect(answer.json()).toMatchObject({ signed_in: false, login_required: true })
})

const DEVELOPMENT = { username: `AC${'0'.repeat(32)}`, password: 'dev' }
const ELSEWHERE = { host: 'rebound.example:3000', origin: 'http://rebound.example:3000' }

test('in development what everybody knows counts on this machine alone, asked by its own name', async () => {
  const { server } = await serving({}, { API_KEYS: `${KEY}:secret` })
  const read = async (pair: string, headers: Record<string, string>) =>
    (await server.inject({ url: '/v2/Flows', headers: { ...headers, authorization: basic(pair) } })).statusCode

  expect((await server.inject(signingIn(DEVELOPMENT, ELSEWHERE))).statusCode).toBe(401)
  expect((await server.inject(signingIn(DEVELOPMENT))).statusCode).toBe(200)
  expect((await server.inject(signingIn({ username: KEY, password: 'secret' }, ELSEWHERE))).statusCode).toBe(200)
  expect(await read(`${DEVELOPMENT.username}:dev`, { host: ELSEWHERE.host })).toBe(401)
  expect(await read(`${DEVELOPMENT.username}:dev`, { host: '127.0.0.1:3000' })).toBe(200)
  expect(await read(`${DEVELOPMENT.username}:dev`, { host: '[::1]:3000' })).toBe(200)
  expect(await read(`${KEY}:secret`, { host: ELSEWHERE.host })).toBe(200)
})

test.each([
  ['in development', {}, `${DEVELOPMENT.username}:dev`],
  ['with credentials that a browser has kept', CREDENTIALS, `${ACCOUNT}:token`],
])('no page of another site gets in by Basic authentication, %s', async (_how, settings, pair) => {
  const { server } = await serving({}, settings)
  const authorization = basic(pair)
  const asked = async (headers: Record<string, string>) =>
    (await server.inject({ ...POST, headers: { ...headers, authorization } })).statusCode

  expect(await asked({ 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' })).toBe(403)
  expect(await asked({ origin: 'http://evil.example' })).toBe(403)
  expect(await asked({})).toBe(400)
})

test('a script that is refused is not answered with a challenge, which browsers make a dialog of', async () => {
  const { server } = await serving({}, CREDENTIALS)
  const asked = (headers: Record<string, string>) => server.inject({ url: '/v2/Flows', headers })

  expect((await asked({})).headers['www-authenticate']).toBe('Basic realm="Twilio API"')
  const site = { 'sec-fetch-site': 'same-origin' }
  expect((await asked({ ...site, 'sec-fetch-mode': 'navigate' })).headers['www-authenticate']).toBeDefined()
  expect((await asked({ ...site, 'sec-fetch-mode': 'cors' })).headers['www-authenticate']).toBeUndefined()
})

function signingIn(credentials: Record<string, string>, headers: Record<string, string> = OWN): InjectOptions {
  return form(credentials, '/api/login', headers)
}

function cookieIn({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): string {
  return String(headers['set-cookie']).split(';', 1)[0] ?? ''
}

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString('base64')}`
}
