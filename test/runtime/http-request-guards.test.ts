import type { LookupFunction } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { client, closeAll, once, recorder, server, tcpServer } from './local-server.ts'

afterEach(closeAll)

describe('a peer that takes for ever is given up in time', () => {
  const impatient = () => client({ timeoutMs: 300 })
  const gaveUp = { ok: false, reason: 'timeout', message: 'no whole answer within 0.3 s' }

  test('when it says nothing', async () => {
    const { url } = await server(() => {})
    expect(await within(2_000, impatient().request({ method: 'GET', url }))).toEqual(gaveUp)
  })

  test('when its headers drip', async () => {
    const port = await tcpServer('HTTP/1.1 200 OK\r\n', 'X-Drip: 1\r\n')
    expect(await within(2_000, impatient().request({ method: 'GET', url: `http://127.0.0.1:${port}/` }))).toEqual(
      gaveUp,
    )
  })

  test('when its body drips', async () => {
    const { url } = await server((_request, response) => {
      const drip = setInterval(() => response.write('.'), 20)
      response.on('close', () => clearInterval(drip))
    })
    expect(await within(2_000, impatient().request({ method: 'GET', url }))).toEqual(gaveUp)
  })

  test('when each redirect takes its time', async () => {
    const { url } = await server((_request, response) => {
      setTimeout(() => response.writeHead(302, { location: '/' }).end(), 100)
    })
    expect(await within(2_000, impatient().request({ method: 'GET', url }))).toEqual(gaveUp)
  })

  test('when the name server says nothing', async () => {
    const silent = client({ timeoutMs: 300, lookup: () => {} })
    expect(await within(2_000, silent.request({ method: 'GET', url: 'http://silent.example/' }))).toEqual(gaveUp)
  })

  test('when TLS never begins', async () => {
    const port = await tcpServer('', '')
    expect(await within(2_000, impatient().request({ method: 'GET', url: `https://127.0.0.1:${port}/` }))).toEqual(
      gaveUp,
    )
  })
})

test('an answer of a gigabyte is not swallowed', async () => {
  let written = 0
  const { url, closed } = await server((_request, response) => {
    const chunk = Buffer.alloc(1 << 20)
    const pour = () => {
      while (!response.destroyed && written < 1 << 30) {
        written += chunk.length
        if (!response.write(chunk)) return void response.once('drain', pour)
      }
    }
    pour()
  })
  expect(await client().request({ method: 'GET', url })).toMatchObject({ ok: false, reason: 'too-large' })
  await closed()
  expect(written).toBeLessThan(64 << 20)
})

describe('by default this machine and its neighbours are out of reach', () => {
  const spellings = [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '0x7f000001',
    '0x7f.1',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    '１２７.0.0.1',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    'me:secret@127.0.0.1',
    '[::1]',
    '[::]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:7f00:0001]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[::ffff:0:127.0.0.1]',
    '[64:ff9b:1::7f00:1]',
    '[2001:0:7f00:1::]',
    '[fd00::1]',
    '127.0.0.1.',
    '0177.0x0.1',
    '①②⑦.⓪.0.1',
    'localhost',
    'LOCALHOST',
  ]
  test.each(spellings)('%s', async (host) => {
    const { url, seen } = await recorder()
    const strict = client({ allowPrivate: false })
    const outcome = await strict.request({ method: 'GET', url: `http://${host}:${new URL(url).port}/` })
    expect(outcome).toMatchObject({ ok: false, reason: 'refused-address' })
    expect(seen).toHaveLength(0)
  })

  test.each(['10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.169.254', '100.64.0.1', '[fd00:ec2::254]'])(
    '%s',
    async (host) => {
      const strict = client({ allowPrivate: false })
      expect(await strict.request({ method: 'GET', url: `https://${host}/` })).toMatchObject({
        reason: 'refused-address',
      })
    },
  )

  test('and the reason names host, address and setting', async () => {
    const strict = client({ allowPrivate: false, lookup: resolvesTo('10.0.0.7') })
    expect(await strict.request({ method: 'GET', url: 'http://me:secret@crm.example/' })).toEqual({
      ok: false,
      reason: 'refused-address',
      message: 'crm.example (10.0.0.7) is no public address; HTTP_ALLOW_PRIVATE lists what may be asked besides',
    })
  })
})

describe('a name', () => {
  test('that is allowed may lead anywhere', async () => {
    const { url, seen } = await recorder()
    const { port } = new URL(url)
    const trusting = client({ allowPrivate: ['functions.internal'], lookup: resolvesTo('127.0.0.1') })
    expect(await trusting.request({ method: 'GET', url: `http://functions.internal:${port}/` })).toMatchObject({
      ok: true,
    })
    expect(await trusting.request({ method: 'GET', url: `http://other.internal:${port}/` })).toMatchObject({
      ok: false,
    })
    expect(seen).toHaveLength(1)
  })

  test('that changes its address after the first look is judged by the address that is used', async () => {
    const { url, seen } = await recorder(once(302, () => `http://rebind.example:${new URL(url).port}/next`))
    const answers = ['127.0.0.1', '127.0.0.2']
    const lookup: LookupFunction = (host, options, callback) =>
      resolvesTo(answers.shift() ?? '')(host, options, callback)
    const outcome = await client({ lookup }).request({ method: 'GET', url: url.replace('127.0.0.1', 'rebind.example') })
    expect(outcome).toMatchObject({ ok: false, reason: 'refused-address' })
    expect(seen).toHaveLength(1)
  })

  test('with several addresses leads only to those that are admitted', async () => {
    const { url } = await recorder()
    const both = client({ lookup: resolvesTo('10.0.0.1', '127.0.0.1') })
    expect(await both.request({ method: 'GET', url: url.replace('127.0.0.1', 'both.example') })).toMatchObject({
      ok: true,
    })
  })

  test.each(['localhost.', 'me:secret@localhost.', 'LocalHost', 'innocent.example', 'x.127.0.0.1.nip.example'])(
    '%s is judged by where it leads, not by how it is spelled',
    async (host) => {
      const { url, seen } = await recorder()
      const strict = client({ allowPrivate: false, lookup: resolvesTo('127.0.0.1') })
      const outcome = await strict.request({ method: 'GET', url: url.replace('127.0.0.1', host) })
      expect(outcome).toMatchObject({ ok: false, reason: 'refused-address' })
      expect(seen).toHaveLength(0)
    },
  )

  test('that nobody knows is a failure of the network', async () => {
    const lost = client({ lookup: (_host, _options, callback) => callback(new Error('not found'), []) })
    expect(await lost.request({ method: 'GET', url: 'http://me:secret@nobody.example/' })).toEqual({
      ok: false,
      reason: 'network',
      message: 'the request to nobody.example failed: not found',
    })
  })
})

test.each([
  'http://[fe80::1%25lo]/',
  'http://127.0.0.1%00.example/',
  'http://localhost:99999/',
  'http://[::1/',
  'gopher://127.0.0.1/',
  'file:///etc/passwd',
])('%s is no URL that is asked', async (url) => {
  expect(await client().request({ method: 'GET', url })).toMatchObject({ ok: false, reason: 'invalid-url' })
})

test.each([1, 2, 5, 9])('after %i redirects the next address is judged as the first one was', async (hops) => {
  const hosts = Array.from({ length: hops }, (_, hop) => (hop < hops - 1 ? '127.0.0.1' : '127.0.0.2'))
  const { url, seen } = await recorder((_asked, before) => [302, `http://${hosts[before]}:${new URL(url).port}/`])
  const strict = client({ allowPrivate: ['127.0.0.1'] })
  expect(await strict.request({ method: 'GET', url })).toMatchObject({ ok: false, reason: 'refused-address' })
  expect(seen).toHaveLength(hops)
})

test.each([
  'http://localhost:PORT/',
  'http://[::1]:PORT/',
  'http://0x7f000002:PORT/',
  'http://169.254.169.254/latest/',
])('a redirect to %s is refused where only another address is allowed', async (location) => {
  const { url, seen } = await recorder(once(307, () => location.replace('PORT', new URL(url).port)))
  const strict = client({ lookup: resolvesTo('127.0.0.2') })
  expect(await strict.request({ method: 'POST', url, body: 'a' })).toMatchObject({ reason: 'refused-address' })
  expect(seen).toHaveLength(1)
})

function resolvesTo(...addresses: string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: 4 }))
  return (_host, _options, callback) => callback(null, found)
}

async function within<T>(milliseconds: number, outcome: Promise<T>): Promise<T> {
  const begun = performance.now()
  const result = await outcome
  expect(performance.now() - begun).toBeLessThan(milliseconds)
  return result
}
