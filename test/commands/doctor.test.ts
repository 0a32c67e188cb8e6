import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { doctor as doctorCommand } from '../../src/commands/doctor/doctor.ts'
import { versions } from '../../src/commands/doctor/versions.ts'
import { flow } from '../support/flow.ts'
import { serving } from '../support/server.ts'

const FINE = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'say' } },
  say: { type: 'say-play', properties: { say: 'Hello' }, exits: { audioComplete: null } },
})
const ACCOUNT = `AC${'1'.repeat(32)}`
const CREDENTIALS = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: 'secret', CARRIER: 'twilio' }

afterEach(() => void vi.unstubAllEnvs())

test('without a server and without an account, what is missing is said with what to do, and nothing is wrong', async () => {
  const { code, lines } = await doctor(folder(), { PORT: String(await freePort()) })
  expect(code).toBe(0)
  expect(lines).toContainEqual(expect.stringMatching(/^ok {6}Trunkline \d+\.\d+\.\d+ on Node \d+/))
  expect(lines).toContain('ok      flows: 1 file, 0 errors, 0 warnings')
  expect(lines).toContainEqual(expect.stringMatching(/^ok {6}database: .* will be made at the first start/))
  expect(lines).toContainEqual(expect.stringMatching(/^warning no credentials/))
  expect(lines).toContainEqual(expect.stringMatching(/^warning address: nothing answers/))
  expect(lines).toContain('        start the server, and ask again')
})

test.each([
  ['18.20.8', 'failure'],
  ['20.18.3', 'failure'],
  ['20.19.0', 'ok'],
  ['21.7.3', 'failure'],
  ['22.11.0', 'failure'],
  ['22.12.0', 'ok'],
  ['24.11.0', 'ok'],
])('Node %s, in which functions can or cannot require modules of today, is told as %s', (node, status) => {
  expect(versions(node)).toMatchObject([{ status, text: expect.stringContaining(`on Node ${node}`) }])
})

test('a server that is reached at its public address and takes signatures there is well', async () => {
  const url = await trunkline()
  const { code, lines } = await doctor(folder(), { ...CREDENTIALS, PUBLIC_URL: url, TWILIO_API_URL: await carrier() })
  expect(lines).toContain(`ok      address: a Trunkline answers at ${url}`)
  expect(lines).toContain('ok      signatures: one by token 1 of 1 is taken, one that is missing is not')
  expect(lines).toContainEqual(expect.stringMatching(/^ok {6}account: http:\S+ knows it$/))
  expect(lines).toContain("ok      clock: as the carrier's")
  expect(code).toBe(0)
})

test('each token of a rotation is tried', async () => {
  const url = await trunkline()
  const tokens = { TWILIO_AUTH_TOKEN: 'secret,next', PUBLIC_URL: url, TWILIO_API_URL: await carrier() }
  const { code, lines } = await doctor(folder(), { ...CREDENTIALS, ...tokens })
  expect(lines).toContain('ok      signatures: one by token 1 of 2 is taken, one that is missing is not')
  expect(lines).toContain('failure signatures: one by token 2 of 2 is answered with 403')
  expect(code).toBe(1)
})

test.each<[string, RequestListener, RegExp]>([
  [
    'is another server',
    (_request, response) => response.writeHead(404).end(),
    /^failure address: .* is no Trunkline: \/healthz answers 404$/,
  ],
  [
    'leads elsewhere',
    (_request, response) => response.writeHead(301, { location: 'https://example.org/healthz' }).end(),
    /^failure address: .* leads on to https:\/\/example\.org/,
  ],
  [
    'takes what is not signed',
    (request, response) => response.end(request.url === '/healthz' ? '{"status":"ok"}' : '<Response/>'),
    /^failure signatures: .* answers 200 to a request without one$/,
  ],
])('a public address that %s is a failure', async (_what, listener, line) => {
  const settings = { ...CREDENTIALS, PUBLIC_URL: await listening(listener), TWILIO_API_URL: await carrier() }
  const { code, lines } = await doctor(folder(), settings)
  expect(lines).toContainEqual(expect.stringMatching(line))
  expect(code).toBe(1)
})

test.each<[string, RequestListener, RegExp]>([
  [
    'does not know the token',
    (_request, response) => response.writeHead(401).end(),
    /^failure account: .* answers 401$/,
  ],
  [
    'has another time',
    (_request, response) => response.setHeader('date', new Date(Date.now() - 3_600_000).toUTCString()).end('{}'),
    /^failure clock: 3\d{3} s ahead of the carrier's$/,
  ],
])('a carrier that %s is a failure', async (_what, listener, line) => {
  const { code, lines } = await doctor(folder(), { ...CREDENTIALS, TWILIO_API_URL: await listening(listener) })
  expect(lines).toContainEqual(expect.stringMatching(line))
  expect(code).toBe(1)
})

test('a database that is none, or can never be made, is a failure', async () => {
  const dir = folder()
  writeFileSync(join(dir, 'text.db'), 'this is a text and no database, and longer than a header is'.repeat(20))
  const none = await doctor(dir, { DATABASE_URL: 'sqlite:text.db' })
  expect(none.lines).toContainEqual(expect.stringMatching(/^failure the database .* is not a SQLite database/))
  const nowhere = await doctor(dir, { DATABASE_URL: 'sqlite:text.db/inside/x.db' })
  expect(nowhere.lines).toContainEqual(expect.stringMatching(/^failure database: .* cannot be made/))
  expect([none.code, nowhere.code]).toEqual([1, 1])
})

test('a database on a server that does not answer is a failure, without its password', async () => {
  const url = `postgres://u:secret@127.0.0.1:${await freePort()}/x`
  const { lines } = await doctor(folder(), { DATABASE_URL: url })
  expect(lines).toContainEqual(expect.stringMatching(/^failure database: .*ECONNREFUSED/))
  expect(lines.join()).not.toContain('u:secret')
})

test('a database in use by a running server is well', async () => {
  const dir = folder()
  await serving({}, { DATABASE_URL: `sqlite:${join(dir, 'used.db')}` })
  const { lines } = await doctor(dir, { DATABASE_URL: 'sqlite:used.db' })
  expect(lines).toContainEqual(expect.stringMatching(/^ok {6}database: .* can be written \(schema version \d+/))
})

test('flows with problems are counted, and wrong settings are all named', async () => {
  const dir = folder({ 'broken.json': { ...FINE, initial_state: 'nowhere' } })
  const broken = await doctor(dir, {})
  expect(broken.lines).toContainEqual(expect.stringMatching(/^failure flows: 1 file, [1-9] errors?,/))
  const wrong = await doctor(dir, { PORT: 'http', LOG_LEVEL: 'loud' })
  expect(wrong.lines.join('\n')).toMatch(/failure These settings are wrong:\n +PORT is "http".*\n +LOG_LEVEL is "loud"/)
  expect(wrong.code).toBe(1)
})

/** A running server with the account's credentials, and its address as PUBLIC_URL. */
async function trunkline(): Promise<string> {
  const url = `http://127.0.0.1:${await freePort()}`
  const { server } = await serving({}, { ...CREDENTIALS, PUBLIC_URL: url })
  await server.listen({ host: '127.0.0.1', port: Number(new URL(url).port) })
  return url
}

function carrier(): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:secret`).toString('base64')}`
  return listening((request, response) => {
    response.statusCode = request.headers.authorization === authorization ? 200 : 401
    response.end('{}')
  })
}

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}` // listening on TCP
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // listening on TCP
  await new Promise((resolve) => server.close(resolve))
  return port
}

function folder(files: Readonly<Record<string, unknown>> = { 'fine.json': FINE }): string {
  const dir = mkdtempSync(join(tmpdir(), 'trunkline-'))
  mkdirSync(join(dir, 'flows'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, 'flows', name), JSON.stringify(content))
  return dir
}

async function doctor(dir: string, settings: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  const output = new PassThrough()
  const code = await doctorCommand(dir, { output })
  vi.unstubAllEnvs()
  return { code, lines: String(output.read() ?? '').split('\n') }
}
