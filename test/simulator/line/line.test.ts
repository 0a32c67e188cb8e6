import { createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import twilio from 'twilio'
import { expect, onTestFinished, test } from 'vitest'
import { Agents } from '../../../src/simulator/line/agents.ts'
import { httpLine, type Line } from '../../../src/simulator/line/line.ts'
import type { Params } from '../../../src/simulator/line/web-request.ts'
import { type Answering, page, web } from '../support/web.ts'

const TOKEN = '0123456789abcdef0123456789abcdef'
const PARAMS: Params = { CallSid: 'CA1', Body: 'Grüße & 😀', Digits: '' }

const ok = page('<Response/>')
const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answering =>
  (response) =>
    response.writeHead(code, headers).end()

function line(): Line {
  const agents = new Agents()
  onTestFinished(() => agents.destroy())
  return httpLine({ authToken: TOKEN, agents })
}

const post = (url: string, params: Params = {}) => ({ method: 'POST', url, params }) as const
const get = (url: string, params: Params = {}) => ({ method: 'GET', url, params }) as const

test('a POST carries its parameters as a signed form', async () => {
  const { origin, asked } = await web({ '/a': ok })
  const answer = await line().ask(post(`${origin}/a?x=1&y=%C3%BC`, PARAMS))

  expect(answer).toEqual({ status: 200, contentType: 'text/xml', body: '<Response/>', url: `${origin}/a?x=1&y=%C3%BC` })
  const [{ method, path, headers, body } = never()] = asked
  expect([method, path]).toEqual(['POST', '/a?x=1&y=%C3%BC'])
  expect(Object.fromEntries(new URLSearchParams(body))).toEqual(PARAMS)
  expect(headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'user-agent': 'TwilioProxy/1.1',
    accept: 'text/xml, application/xml, text/html',
    'i-twilio-idempotency-token': expect.stringMatching(/^\w{32}$/),
  })
  expect(twilio.validateRequest(TOKEN, String(headers['x-twilio-signature']), origin + path, PARAMS)).toBe(true)
})

test('a GET carries its parameters behind those of the URL, and they are signed', async () => {
  const { origin, asked } = await web({ '/a': ok })
  await line().ask(get(`${origin}/a?x=1`, PARAMS))

  const [{ method, path, headers, body } = never()] = asked
  expect([method, body, headers['content-type']]).toEqual(['GET', '', undefined])
  expect(Object.fromEntries(new URL(path, origin).searchParams)).toEqual({ x: '1', ...PARAMS })
  expect(twilio.validateRequest(TOKEN, String(headers['x-twilio-signature']), origin + path, {})).toBe(true)
})

test.each([301, 302, 303, 307, 308])('a redirect by %i is followed as a GET without the form', async (code) => {
  const { origin, asked } = await web({ '/a': status(code, { location: '/b?x=1' }), '/b': ok })
  const answer = await line().ask(post(`${origin}/a`, PARAMS))

  expect(answer).toMatchObject({ status: 200, url: `${origin}/b?x=1` })
  expect(asked.map(({ method, path, body }) => [method, path, body !== ''])).toEqual([
    ['POST', '/a', true],
    ['GET', '/b?x=1', false],
  ])
  const { headers } = asked[1] ?? never()
  expect(twilio.validateRequest(TOKEN, String(headers['x-twilio-signature']), `${origin}/b?x=1`, {})).toBe(true)
})

test('ten redirects are followed, and not one more', async () => {
  const onwards: Answering = (response, { path }) => {
    const left = Number(new URL(path, 'http://x').searchParams.get('left'))
    if (left === 0) ok(response, { method: '', path, headers: {}, body: '' })
    else response.writeHead(302, { location: `/a?left=${left - 1}` }).end()
  }
  const { origin, asked } = await web({ '/a': onwards })

  expect(await line().ask(post(`${origin}/a?left=10`))).toMatchObject({ status: 200 })
  expect(asked).toHaveLength(11)
  expect(await line().ask(post(`${origin}/a?left=11`))).toMatchObject({ code: 11215 })
})

test('a redirect to what is no web address is an invalid URL', async () => {
  const { origin } = await web({ '/a': status(302, { location: 'ftp://b.example' }) })
  expect(await line().ask(post(`${origin}/a`))).toMatchObject({ code: 11100, message: expect.stringContaining('ftp:') })
})

test.each(['', '/relative', 'mailto:a@b.example', 'http://['])('%j is an invalid URL', async (url) => {
  expect(await line().ask(post(url))).toMatchObject({ code: 11100, level: 'error' })
})

test('an answer of 64 KB is read, and one of a byte more is not', async () => {
  const { origin } = await web({ '/a': page('a'.repeat(65_536)), '/b': page('a'.repeat(65_537)) })
  expect(await line().ask(post(`${origin}/a`))).toMatchObject({ body: 'a'.repeat(65_536) })
  expect(await line().ask(post(`${origin}/b`))).toMatchObject({ code: 11750, level: 'error' })
})

test('audio is not read, however long it is', async () => {
  const { origin } = await web({ '/a': page(Buffer.alloc(1_000_000), { 'content-type': 'audio/mpeg' }) })
  expect(await line().ask(post(`${origin}/a`))).toMatchObject({ status: 200, contentType: 'audio/mpeg', body: '' })
})

test.each([
  ['text/xml; charset=utf-8', Buffer.from('é'), 'text/xml', 'é'],
  ['TEXT/XML ;charset="ISO-8859-1"', Buffer.from('é', 'latin1'), 'text/xml', 'é'],
  ['text/xml', Buffer.from('\ufeffé'), 'text/xml', 'é'],
  ['text/xml; charset=martian', Buffer.from('é'), 'text/xml', 'é'],
  [
    'application/xml',
    Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><Response>é</Response>', 'latin1'),
    'application/xml',
    '<?xml version="1.0" encoding="iso-8859-1"?><Response>é</Response>',
  ],
])('an answer of the type %s is read in its character set', async (type, bytes, contentType, body) => {
  const { origin } = await web({ '/a': page(bytes, { 'content-type': type }) })
  expect(await line().ask(post(`${origin}/a`))).toMatchObject({ contentType, body })
})

test('what stands behind # is neither sent nor signed', async () => {
  const { origin, asked } = await web({ '/a': ok })
  await line().ask(post(`${origin}/a?x=1#rc=2&rp=4xx,ct&e=ashburn,dublin&tt=5000`))

  const [{ path, headers } = never()] = asked
  expect(path).toBe('/a?x=1')
  expect(twilio.validateRequest(TOKEN, String(headers['x-twilio-signature']), `${origin}/a?x=1`, {})).toBe(true)
})

test.each([
  ['#rc=2&rp=5xx', 500, 3],
  ['#rc=2&rp=4xx', 500, 1],
  ['#rc=2&rp=4xx', 404, 3],
  ['#rc=5&rp=all', 503, 6],
  ['#rc=0&rp=all', 503, 1],
  ['#rp=5xx', 500, 2],
  ['', 500, 1],
  ['#section', 404, 1],
])('by %s an answer with status %i is asked for %i times, with one token', async (fragment, code, times) => {
  const { origin, asked } = await web({ '/a': status(code) })
  expect(await line().ask(post(`${origin}/a${fragment}`))).toMatchObject({ status: code })

  expect(asked).toHaveLength(times)
  expect(new Set(asked.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(1)
})

test('an attempt after a failed one may succeed', async () => {
  let attempts = 0
  const second: Answering = (response, asked) => (++attempts === 1 ? status(500) : ok)(response, asked)
  const { origin } = await web({ '/a': second })
  expect(await line().ask(post(`${origin}/a#rp=5xx`))).toMatchObject({ status: 200 })
})

test('two requests have two tokens', async () => {
  const { origin, asked } = await web({ '/a': ok })
  const one = line()
  await one.ask(post(`${origin}/a`))
  await one.ask(post(`${origin}/a`))
  expect(new Set(asked.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(2)
})

test.each([
  ['#rp=3xx', 11243],
  ['#rp=', 11243],
  ['#e=', 11240],
  ['#rc=6', 11100],
  ['#rc=many', 11100],
  ['#ct=99', 11100],
  ['#rt=15001', 11100],
  ['#tt=1.5', 11100],
])('%s is refused', async (fragment, code) => {
  const { origin, asked } = await web({ '/a': ok })
  expect(await line().ask(post(`${origin}/a${fragment}`))).toMatchObject({ code, level: 'error' })
  expect(asked).toEqual([])
})

test('a server that stays silent is given up in time', async () => {
  const { origin, asked } = await web({ '/a': () => {} })
  expect(await line().ask(post(`${origin}/a#rt=100`))).toMatchObject({ code: 11200 })
  expect(asked).toHaveLength(1)
  expect(await line().ask(post(`${origin}/a#rt=100&rp=rt&rc=2`))).toMatchObject({ code: 11200 })
  expect(asked).toHaveLength(4)
})

test('all attempts together have the total time', async () => {
  const { origin, asked } = await web({ '/a': () => {} })
  expect(await line().ask(post(`${origin}/a#tt=300&rt=200&rp=rt&rc=5`))).toMatchObject({ code: 11200 })
  expect(asked).toHaveLength(2)
})

test('an answer that stops in its middle is given up in time', async () => {
  const half: Answering = (response) => response.writeHead(200, { 'content-type': 'text/xml' }).write('<Resp')
  const { origin } = await web({ '/a': half })
  expect(await line().ask(post(`${origin}/a#rt=100`))).toMatchObject({ code: 11200 })
})

test('nobody who listens is a failed connection, tried twice', async () => {
  const { port, connected } = await socketServer((socket) => socket.destroy())
  expect(await line().ask(post(`http://127.0.0.1:${port}/`))).toMatchObject({ code: 11205 })
  expect(connected()).toBe(2)
  expect(await line().ask(post('http://127.0.0.1:1/'))).toMatchObject({ code: 11205 })
})

test('a host that there is not is a bad host name', async () => {
  expect(await line().ask(post('http://nobody.invalid/'))).toMatchObject({ code: 11210 })
})

test('a server that speaks something else breaks the protocol', async () => {
  const { port } = await socketServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))
  expect(await line().ask(post(`http://127.0.0.1:${port}/`))).toMatchObject({ code: 11206 })
  expect(await line().ask(post(`https://127.0.0.1:${port}/`))).toMatchObject({ code: 11220 })
})

test('cookies come back to the host that gave them, until they are taken away', async () => {
  const { origin, asked } = await web({
    '/give': status(204, { 'set-cookie': 'a=1; Path=/; HttpOnly' }),
    '/more': (response) => response.writeHead(204, { 'set-cookie': ['b=2', 'c=3'] }).end(),
    '/take': (response) =>
      response.writeHead(204, { 'set-cookie': ['a=; Max-Age=0', 'b=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT'] }).end(),
    '/see': ok,
  })
  const call = line()
  for (const path of ['/see', '/give', '/more', '/see', '/take', '/see']) await call.ask(post(origin + path))
  await line().ask(post(`${origin}/see`))

  expect(asked.map(({ headers }) => headers.cookie)).toEqual([
    undefined,
    undefined,
    'a=1',
    'a=1; b=2; c=3',
    'a=1; b=2; c=3',
    'c=3',
    undefined,
  ])
})

test('a cookie that comes with a redirect is there at the next hop', async () => {
  const { origin, asked } = await web({ '/a': status(302, { location: '/b', 'set-cookie': 'a=1' }), '/b': ok })
  await line().ask(post(`${origin}/a`))
  expect(asked[1]?.headers.cookie).toBe('a=1')
})

test('a name and a password in the URL are sent, and signed with it', async () => {
  const { origin, asked } = await web({ '/a': ok })
  const url = `${origin.replace('//', '//me:s%26cret@')}/a`
  await line().ask(post(url, PARAMS))

  const { headers } = asked[0] ?? never()
  expect(headers.authorization).toBe(`Basic ${Buffer.from('me:s&cret').toString('base64')}`)
  expect(headers.host).toBe(new URL(origin).host)
  expect(twilio.validateRequest(TOKEN, String(headers['x-twilio-signature']), url, PARAMS)).toBe(true)
})

test('a server may want them as a digest', async () => {
  const challenge = 'Digest realm="r", qop="auth,auth-int", nonce="n", opaque="o"'
  const guarded: Answering = (response, asked) =>
    (asked.headers.authorization?.startsWith('Digest') ? ok : status(401, { 'www-authenticate': challenge }))(
      response,
      asked,
    )
  const { origin, asked } = await web({ '/a': guarded })
  expect(await line().ask(post(`${origin.replace('//', '//Mufasa:Circle@')}/a?x=1`))).toMatchObject({ status: 200 })

  const { authorization = '' } = asked[1]?.headers ?? never()
  expect(authorization).toMatch(/^Digest username="Mufasa", realm="r", nonce="n", uri="\/a\?x=1", response="\w{32}"/)
  expect(authorization).toContain('opaque="o", algorithm=MD5, qop=auth, nc=00000001, cnonce=')
})

test('a GET asks whether what it knows is still the same, a POST never does', async () => {
  const tagged: Answering = (response, { headers }) =>
    headers['if-none-match'] === '"1"'
      ? response.writeHead(304).end()
      : response.writeHead(200, { etag: '"1"', 'content-type': 'text/xml' }).end('<Response/>')
  const { origin, asked } = await web({ '/a': tagged })
  const call = line()
  const answers = [
    await call.ask(get(`${origin}/a`)),
    await call.ask(get(`${origin}/a`)),
    await call.ask(post(`${origin}/a`)),
  ]

  expect(answers).toEqual(
    Array(3).fill({ status: 200, contentType: 'text/xml', body: '<Response/>', url: `${origin}/a` }),
  )
  expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"', undefined])
})

async function socketServer(onSocket: (socket: Socket) => void): Promise<{ port: number; connected(): number }> {
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.on('error', () => {})
    socket.once('data', () => onSocket(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  await sleep(0)
  return { port: typeof address === 'object' && address ? address.port : never(), connected: () => connections }
}

function never(): never {
  throw new Error('there is no such request')
}
