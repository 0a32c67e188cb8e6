import { brotliCompressSync, gzipSync } from 'node:zlib'
import twilio from 'twilio'
import { afterEach, describe, expect, test } from 'vitest'
import { client, closeAll, once, recorder, type Seen, server, TOKEN, tcpServer } from './local-server.ts'

afterEach(closeAll)

describe('a request', () => {
  test('by GET has no body, whatever is given', async () => {
    const { url, seen } = await recorder()
    await client().request({ method: 'GET', url: `${url}/x?a=1`, body: 'b', form: [['c', 'd']] })
    expect(seen).toMatchObject([{ method: 'GET', url: '/x?a=1', body: '' }])
    expect(seen[0]?.headers['content-type']).toBeUndefined()
  })

  test('by POST sends a form in its order, with repeated names', async () => {
    const { url, seen } = await recorder()
    const form = [
      ['b', 'ä & ö'],
      ['a', '1'],
      ['b', ''],
    ] as const
    await client().request({ method: 'POST', url, form, contentType: 'application/json' })
    expect(seen[0]).toMatchObject({ method: 'POST', body: 'b=%C3%A4+%26+%C3%B6&a=1&b=' })
    expect(seen[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded;charset=utf-8')
  })

  test('by POST sends a body as it is, with its content type', async () => {
    const { url, seen } = await recorder()
    await client().request({ method: 'POST', url, body: '{"a": 1}', contentType: 'application/json;charset=utf-8' })
    expect(seen[0]).toMatchObject({ body: '{"a": 1}', headers: { 'content-type': 'application/json;charset=utf-8' } })
  })

  test('says who we are and asks for nothing compressed', async () => {
    const { url, seen } = await recorder()
    await client().request({ method: 'GET', url })
    expect(seen[0]?.headers).toMatchObject({ 'user-agent': 'Trunkline', 'accept-encoding': 'identity' })
  })

  test('bears its token, so that a service can tell it when it comes once more', async () => {
    const { url, seen } = await recorder()
    await client().request({ method: 'GET', url, token: 't1' })
    await client().request({ method: 'GET', url })
    expect(seen[0]?.headers['i-twilio-idempotency-token']).toBe('t1')
    expect(seen[1]?.headers['i-twilio-idempotency-token']).toBeUndefined()
  })

  test('signs in by the user info of its URL, which is not part of what is asked for', async () => {
    const { url, seen } = await recorder()
    await client().request({ method: 'GET', url: `${url.replace('://', '://me%40x:s%3Acret@')}/x` })
    expect(seen[0]).toMatchObject({ url: '/x', headers: { authorization: basic('me@x:s:cret') } })
  })

  test("signs in by the account's credentials before those of the URL", async () => {
    const { url, seen } = await recorder()
    await client().request({ method: 'GET', url: url.replace('://', '://me:secret@'), authorization: 'twilio' })
    expect(seen[0]?.headers.authorization).toBe(basic(`AC1:${TOKEN}`))
  })
})

describe("the vendor's package accepts the signature of", () => {
  test('a GET', async () => {
    const { url, seen } = await recorder()
    await client().request({ method: 'GET', url: `${url}/x?name=O'Neil&b=1,2#rc=3` })
    expect(twilio.validateRequest(TOKEN, signatureOf(seen[0]), url + seen[0]?.url, {})).toBe(true)
  })

  test('a GET with an empty query', async () => {
    const { url, seen } = await recorder()
    await client().request({ method: 'GET', url: `${url}/x?` })
    expect(twilio.validateRequest(TOKEN, signatureOf(seen[0]), url + seen[0]?.url, {})).toBe(true)
  })

  test('a form', async () => {
    const { url, seen } = await recorder()
    await client().request({
      method: 'POST',
      url: `${url}/x`,
      form: [
        ['b', 'ä'],
        ['a', '1'],
        ['b', ''],
      ],
    })
    expect(twilio.validateRequest(TOKEN, signatureOf(seen[0]), `${url}/x`, { a: '1', b: ['ä', ''] })).toBe(true)
  })

  test('a form that the author wrote out', async () => {
    const { url, seen } = await recorder()
    const contentType = 'application/x-www-form-urlencoded;charset=utf-8'
    await client().request({ method: 'POST', url: `${url}/x`, body: 'b=%C3%A4&a=1+2', contentType })
    expect(twilio.validateRequest(TOKEN, signatureOf(seen[0]), `${url}/x`, { a: '1 2', b: 'ä' })).toBe(true)
  })

  test('JSON, by the hash in the query', async () => {
    const { url, seen } = await recorder()
    const body = '{"text": "ä"}'
    await client().request({ method: 'POST', url: `${url}/x?a=1`, body, contentType: 'application/json' })
    expect(seen[0]?.url).toMatch(/^\/x\?a=1&bodySHA256=[0-9a-f]{64}$/)
    expect(twilio.validateRequestWithBody(TOKEN, signatureOf(seen[0]), url + seen[0]?.url, body)).toBe(true)
  })

  test('a URL with user info', async () => {
    const { url, seen } = await recorder()
    const asked = `${url.replace('://', '://me:secret@')}/x`
    await client().request({ method: 'GET', url: asked })
    expect(twilio.validateRequest(TOKEN, signatureOf(seen[0]), asked, {})).toBe(true)
  })
})

test('nothing is signed without a token', async () => {
  const { url, seen } = await recorder()
  await client({ tokens: [] }).request({ method: 'POST', url, body: '{}', contentType: 'application/json' })
  expect(seen[0]).toMatchObject({ url: '/' })
  expect(seen[0]?.headers['x-twilio-signature']).toBeUndefined()
})

describe('an answer', () => {
  test('comes with status, headers and a bare content type', async () => {
    const { url } = await server((_request, response) => {
      response.writeHead(404, {
        'Content-Type': 'Application/JSON; charset=utf-8',
        'X-One': 'a',
        'Set-Cookie': ['b', 'c'],
      })
      response.end('{"ä": 1}')
    })
    expect(await client().request({ method: 'GET', url })).toMatchObject({
      ok: true,
      status: 404,
      contentType: 'application/json',
      headers: { 'x-one': 'a', 'set-cookie': 'b, c' },
      body: '{"ä": 1}',
    })
  })

  test('without a content type has an empty one', async () => {
    const { url } = await server((_request, response) => response.writeHead(204).end())
    expect(await client().request({ method: 'GET', url })).toMatchObject({ status: 204, contentType: '', body: '' })
  })

  test.each([
    ['text/plain; charset=iso-8859-1', Buffer.from([0xe4]), 'ä'],
    ['text/plain; charset="ISO-8859-15"; x=y', Buffer.from([0xa4]), '€'],
    ['text/plain; charset=nobody-knows', Buffer.from('ä'), 'ä'],
    ['text/plain', Buffer.from('\u{feff}ä'), 'ä'],
  ])('of the type %s is decoded', async (type, bytes, body) => {
    const { url } = await server((_request, response) => response.writeHead(200, { 'content-type': type }).end(bytes))
    expect(await client().request({ method: 'GET', url })).toMatchObject({ body })
  })

  test('may be as large as the limit, and no larger', async () => {
    const { url } = await server((request, response) => response.end('x'.repeat(Number(request.url?.slice(1)))))
    expect(await client().request({ method: 'GET', url: `${url}/65536` })).toMatchObject({ ok: true })
    expect(await client().request({ method: 'GET', url: `${url}/65537` })).toMatchObject({ reason: 'too-large' })
  })

  test.each([
    ['gzip', gzipSync('0'.repeat(1e7))],
    ['br', brotliCompressSync('0'.repeat(1e7))],
  ])('that unpacks to much is not unpacked: %s', async (encoding, bytes) => {
    const { url } = await server((_request, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes),
    )
    const outcome = await client().request({ method: 'GET', url })
    expect(outcome.ok && outcome.body.length).toBeLessThan(65_536)
  })
})

describe('a redirect', () => {
  test.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'a=1'],
    [308, 'POST', 'a=1'],
  ])('by %s leads to a %s', async (status, method, body) => {
    const { url, seen } = await recorder(once(status, () => 'next?b=2'))
    const outcome = await client().request({ method: 'POST', url: `${url}/path/first`, form: [['a', '1']] })
    expect(outcome).toMatchObject({ ok: true, status: 200 })
    expect(seen[1]).toMatchObject({ method, body, url: '/path/next?b=2' })
    const parameters: Record<string, string> = body ? { a: '1' } : {}
    expect(twilio.validateRequest(TOKEN, signatureOf(seen[1]), `${url}/path/next?b=2`, parameters)).toBe(true)
  })

  test('of a JSON body keeps one hash', async () => {
    const { url, seen } = await recorder(once(308, (asked) => `/next${new URL(asked, url).search}`))
    await client().request({ method: 'POST', url, body: '{}', contentType: 'application/json' })
    expect(seen[1]?.url).toMatch(/^\/next\?bodySHA256=[0-9a-f]{64}$/)
    expect(twilio.validateRequestWithBody(TOKEN, signatureOf(seen[1]), url + seen[1]?.url, '{}')).toBe(true)
  })

  test('within an origin keeps the credentials, also those of the URL', async () => {
    const { url, seen } = await recorder(once(302, () => `${url}/next`))
    await client().request({ method: 'GET', url: url.replace('://', '://me:secret@') })
    expect(seen[1]?.headers.authorization).toBe(basic('me:secret'))
  })

  test.each(['twilio', undefined] as const)(
    'to another origin and back loses credentials and signature (%s)',
    async (authorization) => {
      const there = await recorder(once(307, () => `${here.url}/back`))
      const here = await recorder((asked) => (asked === '/' ? [307, there.url] : undefined))
      const url = here.url.replace('://', '://me:secret@')
      await client().request({ method: 'POST', url, form: [['a', '1']], ...(authorization && { authorization }) })
      expect(here.seen[0]?.headers).toHaveProperty('authorization')
      for (const request of [there.seen[0], here.seen[1]]) {
        expect(request?.headers).toBeDefined()
        expect(request?.headers).not.toHaveProperty('authorization')
        expect(request?.headers).not.toHaveProperty('x-twilio-signature')
      }
    },
  )

  test('without a place to go is an answer', async () => {
    const { url } = await server((_request, response) => response.writeHead(302).end('nowhere'))
    expect(await client().request({ method: 'GET', url })).toMatchObject({ ok: true, status: 302, body: 'nowhere' })
  })

  test('that never ends is given up', async () => {
    const { url, seen } = await recorder((asked) => [302, `/${Number(asked.slice(1)) + 1}`])
    expect(await client().request({ method: 'GET', url: `${url}/0` })).toMatchObject({ reason: 'too-many-redirects' })
    expect(seen).toHaveLength(11)
  })

  test('is followed although its body never ends', async () => {
    const { url } = await server((request, response) => {
      if (request.url === '/next') return void response.end('there')
      response.writeHead(302, { location: '/next' })
      response.write('still ')
    })
    expect(await client().request({ method: 'GET', url })).toMatchObject({ body: 'there' })
  })

  test.each(['ftp://127.0.0.1/', 'file:///etc/passwd', 'http://', 'javascript:alert(1)'])(
    'to %s is no way to go',
    async (location) => {
      const { url } = await recorder(once(302, () => location))
      expect(await client().request({ method: 'GET', url })).toMatchObject({ ok: false, reason: 'invalid-url' })
    },
  )
})

describe('what cannot be sent or read is told, never thrown', () => {
  test.each([
    '',
    'nonsense',
    'ftp://a.example/',
    'file:///etc/passwd',
    'http://',
    'http://a b/',
    '//a.example/',
    'http://1.2.3.4.5.6:99999/',
  ])('URL %j', async (url) => {
    expect(await client().request({ method: 'GET', url })).toMatchObject({ ok: false, reason: 'invalid-url' })
  })

  test('content type with a line break', async () => {
    const { url, seen } = await recorder()
    const outcome = await client().request({ method: 'POST', url, body: 'a', contentType: 'text/plain\r\nX-Evil: 1' })
    expect(outcome).toMatchObject({ ok: false, reason: 'network' })
    expect(seen).toHaveLength(0)
  })

  test.each([
    'hello',
    'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
    `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
  ])('answer that is no HTTP: %.30j', async (text) => {
    const port = await tcpServer(text, '')
    const outcome = await client().request({ method: 'GET', url: `http://127.0.0.1:${port}/` })
    expect(outcome).toMatchObject({ ok: false, reason: 'network' })
  })

  test('a connection that is refused or cut', async () => {
    const { url, closed } = await server((_request, response) => void response.destroy())
    expect(await client().request({ method: 'GET', url })).toMatchObject({ ok: false, reason: 'network' })
    await closed()
    expect(await client().request({ method: 'GET', url })).toMatchObject({ ok: false, reason: 'network' })
  })

  test('a client that is closed meanwhile', async () => {
    const { url } = await server(() => {})
    const leaving = client()
    const asked = leaving.request({ method: 'GET', url })
    await leaving.close()
    expect(await asked).toMatchObject({ ok: false, reason: 'network' })
    expect(await leaving.request({ method: 'GET', url })).toMatchObject({ ok: false, reason: 'network' })
  })
})

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials).toString('base64')}`
}

function signatureOf(request: Seen | undefined): string {
  return String(request?.headers['x-twilio-signature'])
}
