import { rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { signatureOf } from '../../src/signature/signature.ts'
import { projectFolder, servingFolder, write } from '../support/project.ts'
import { asking } from '../support/raw-request.ts'

const MUSIC = Buffer.from([...Array(100).keys()])
const FILES = {
  'assets/music/hold.mp3': MUSIC,
  'assets/tone.wav': MUSIC,
  'assets/old.gsm': MUSIC,
  'assets/old.ULAW': MUSIC,
  'assets/page.html': '<p>é</p>',
  'assets/wait.xml': '<Response/>',
  'assets/data.json': '{}',
  'assets/notes.txt': 'é',
  'assets/on hold 100%.mp3': MUSIC,
  'assets/.well-known/x.txt': 'x',
  'assets/noext': 'x',
  'assets/signed.protected.mp3': MUSIC,
  'assets/secret.private.json': '{"secret":1}',
  'secret.txt': 'secret',
  '.env': 'KEY=secret',
}

test.each<[url: string, type: string]>([
  ['/music/hold.mp3', 'audio/mpeg'],
  ['/tone.wav', 'audio/wav'],
  ['/old.gsm', 'audio/x-gsm'],
  ['/old.ULAW', 'audio/ulaw'],
  ['/page.html', 'text/html; charset=utf-8'],
  ['/wait.xml', 'application/xml'],
  ['/data.json', 'application/json; charset=utf-8'],
  ['/notes.txt', 'text/plain; charset=utf-8'],
  ['/on-hold-100%25.mp3', 'audio/mpeg'],
  ['/.well-known/x.txt', 'text/plain; charset=utf-8'],
  ['/noext', 'application/octet-stream'],
])('the asset %s is served as %s', async (url, type) => {
  const { server } = await servingFolder(projectFolder(FILES))
  const answer = await server.inject({ url })
  expect(answer.statusCode).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': type,
    'cache-control': 'public, max-age=0, must-revalidate',
    'accept-ranges': 'bytes',
    etag: expect.stringMatching(/^W\/".+"$/),
    'last-modified': expect.any(String),
    'access-control-allow-origin': '*',
  })
})

test.each<[what: string, headers: Record<string, string>, status: number, seen: object]>([
  ['all of it', {}, 200, { rawPayload: MUSIC, headers: { 'content-length': '100' } }],
  [
    'a range',
    { range: 'bytes=10-19' },
    206,
    { rawPayload: MUSIC.subarray(10, 20), headers: { 'content-range': 'bytes 10-19/100' } },
  ],
  ['the rest', { range: 'bytes=90-' }, 206, { rawPayload: MUSIC.subarray(90) }],
  ['the end', { range: 'bytes=-5' }, 206, { rawPayload: MUSIC.subarray(95) }],
  ['more than there is', { range: 'bytes=200-' }, 416, { headers: { 'content-range': 'bytes */100' } }],
  ['another version', { 'if-match': '"other"' }, 412, { body: '' }],
  ['no range', { range: 'lines=1' }, 200, { rawPayload: MUSIC }],
])('%s of an asset is answered', async (_what, headers, status, seen) => {
  const { server } = await servingFolder(projectFolder(FILES))
  const answer = await server.inject({ url: '/music/hold.mp3', headers })
  expect(answer.statusCode).toBe(status)
  expect(answer).toMatchObject(seen)
})

test('an asset that has not changed is not sent again', async () => {
  const folder = projectFolder(FILES)
  const { server } = await servingFolder(folder)
  const { headers } = await server.inject({ url: '/notes.txt' })
  const asked: Record<string, string>[] = [
    { 'if-none-match': String(headers.etag) },
    { 'if-modified-since': String(headers['last-modified']) },
  ]
  for (const condition of asked) {
    expect(await server.inject({ url: '/notes.txt', headers: condition })).toMatchObject({ statusCode: 304, body: '' })
  }
  utimesSync(join(folder, 'assets/notes.txt'), new Date(), new Date(Date.now() + 60_000))
  for (const condition of asked)
    expect((await server.inject({ url: '/notes.txt', headers: condition })).statusCode).toBe(200)
})

test.each<[what: string, request: InjectOptions, status: number, seen: object]>([
  [
    'HEAD',
    { method: 'HEAD', url: '/tone.wav' },
    200,
    { body: '', headers: { 'content-length': '100', 'content-type': 'audio/wav' } },
  ],
  [
    'POST, as TwiML asks',
    {
      method: 'POST',
      url: '/wait.xml',
      payload: 'a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    200,
    { body: '<Response/>' },
  ],
  ['OPTIONS', { method: 'OPTIONS', url: '/tone.wav' }, 204, { headers: { 'access-control-allow-origin': '*' } }],
  ['PUT', { method: 'PUT', url: '/tone.wav', payload: 'x' }, 405, { headers: { allow: 'GET, HEAD, POST, OPTIONS' } }],
  ['DELETE', { method: 'DELETE', url: '/tone.wav' }, 405, {}],
])('%s of an asset is answered', async (_what, request, status, seen) => {
  const { server } = await servingFolder(projectFolder(FILES))
  const answer = await server.inject(request)
  expect(answer.statusCode).toBe(status)
  expect(answer).toMatchObject(seen)
})

test.each([
  '/secret.private.json',
  '/secret.json',
  '/signed.protected.mp3',
  '/secret.txt',
  '/.env',
  '/assets/tone.wav',
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/..%2fsecret.txt',
  '/%252e%252e%252fsecret.txt',
  '/music/..%2f..%2fsecret.txt',
  '/music/../../secret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '/tone.wav%00',
  '/%00',
  '/tone.wav%00.txt',
  '/tone.wav/',
  '/tone.wav%2f',
  '//tone.wav',
  '/./tone.wav',
  '/TONE.WAV',
  '/music',
  '/music/',
  '/etc/passwd',
  '//etc/passwd',
  '/__proto__',
  '/constructor',
])('nothing is served at %s', async (path) => {
  const ask = await asking(await servingFolder(projectFolder(FILES)))
  const { status, body } = await ask({ path })
  expect(status).toBe(404)
  expect(JSON.parse(body)).toMatchObject({ code: 20404 })
})

test('a protected asset is served to whoever signs, and kept by nobody', async () => {
  const { server } = await servingFolder(projectFolder(FILES))
  const signature = signatureOf('dev', 'http://localhost:80/signed.mp3', [])

  const [refused, served] = [
    await server.inject({ url: '/signed.mp3' }),
    await server.inject({ url: '/signed.mp3', headers: { 'x-twilio-signature': signature } }),
  ]

  expect(refused.statusCode).toBe(403)
  expect(served).toMatchObject({
    statusCode: 200,
    rawPayload: MUSIC,
    headers: { 'cache-control': 'private, no-store' },
  })
  expect(served.headers).not.toHaveProperty('access-control-allow-origin')
})

test('assets/assets/index.html is the page at /', async () => {
  const { server } = await servingFolder(projectFolder({ 'assets/assets/index.html': '<p>Hello</p>' }))
  for (const url of ['/', '/assets/index.html']) {
    expect(await server.inject({ url })).toMatchObject({ statusCode: 200, body: '<p>Hello</p>' })
  }
})

test('an asset that is gone is not found', async () => {
  const folder = projectFolder(FILES)
  const { server } = await servingFolder(folder)
  rmSync(join(folder, 'assets/tone.wav'))
  expect((await server.inject({ url: '/tone.wav' })).statusCode).toBe(404)
})

test('an asset that comes while the server runs is served', async () => {
  const folder = projectFolder(FILES)
  const { server } = await servingFolder(folder)
  write(folder, { 'assets/new.txt': 'new' })
  await expect.poll(async () => (await server.inject({ url: '/new.txt' })).statusCode, { timeout: 8_000 }).toBe(200)
})
