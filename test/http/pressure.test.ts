import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { call, form, serving } from '../support/server.ts'

test('before memory runs out new work is refused, and the server is not ready but alive', async () => {
  const { server } = await serving({}, { MEMORY_PERCENT: '1' }) // less than any process has in use

  const webhook = await server.inject(form(call(), '/flows/menu'))
  expect(webhook.statusCode).toBe(503)
  expect(webhook.headers['retry-after']).toBe('2')
  expect(webhook.json()).toMatchObject({ code: 20503, message: 'The memory is running out' })
  expect((await server.inject('/readyz')).statusCode).toBe(503)
  expect((await server.inject('/healthz')).statusCode).toBe(200)
  expect((await server.inject('/metrics')).statusCode).toBe(200)
})

const HEADERS = 'POST /flows/menu HTTP/1.1\r\nHost: here\r\n'
const BODY = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na='

test.each([
  ['headers', HEADERS, { HEADERS_TIMEOUT_SECONDS: '1' }],
  ['body', HEADERS + BODY, { REQUEST_TIMEOUT_SECONDS: '1' }],
])('a client whose %s do not come is let go', async (_what, sent, settings) => {
  const open = await listening(settings)
  const client = await open()
  client.write(sent)
  expect(await text(client)).toContain('408 Request Timeout')
})

test('more connections than may be open are closed at once', async () => {
  const open = await listening({ CONNECTIONS_AT_ONCE: '2' })
  const [first] = [await open(), await open()]
  expect(await text(await open())).toBe('')

  first.end()
  await once(first, 'close')
  const next = await open()
  next.write('GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n')
  expect(await text(next)).toContain('{"status":"ok"}')
})

test.each([
  ['headers that are too large', `GET / HTTP/1.1\r\nHost: here\r\nX-Large: ${'x'.repeat(70_000)}\r\n\r\n`, 431],
  ['what is no HTTP', 'HELO\r\n\r\n', 400],
  ['a control character in a path', 'GET /\x01 HTTP/1.1\r\nHost: here\r\n\r\n', 400],
])('%s: the client is told in Twilio’s shape, and that the connection ends', async (_what, sent, status) => {
  const client = await (await listening({}))()
  client.write(sent)

  const [head = '', body = ''] = (await text(client)).split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(head).toContain('Connection: close')
  expect(JSON.parse(body)).toMatchObject({ code: 20001, status })
})

/** A server on a port; what it gives opens a connection to it. */
async function listening(settings: Record<string, string>): Promise<() => Promise<Socket>> {
  const { server } = await serving({}, settings)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = new URL(server.listeningOrigin)
  return async () => {
    const socket = connect(Number(port), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    return socket
  }
}
