import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { kept } from '../../src/store/kept.ts'
import { flow } from '../support/flow.ts'
import { type Running, run } from '../support/process.ts'
import { call, folderOf, message } from '../support/server.ts'

const CALL = call({ CallSid: `CA${'1'.repeat(32)}` })
const WRITTEN = { EventType: 'onMessageAdded', ConversationSid: 'CH1', MessageSid: 'IM1', Author: 'Ada', Body: 'hello' }
const canLimit = spawnSync('prlimit', ['--version']).status === 0

/** What keeps a running server from writing, and takes that back. */
interface Obstacle {
  put(server: Running, file: string): () => void
}

const OBSTACLES: Readonly<Record<string, Obstacle>> = {
  'a disk that is full': {
    put({ pid }) {
      limitFiles(pid, '1')
      return () => void (isThere(pid) && limitFiles(pid, 'unlimited'))
    },
  },
  'a database that another process has locked': {
    put(_server, file) {
      const other = kept(new Database(file))
      other.exec('begin immediate')
      return () => other.close()
    },
  },
}

const each = test.each(Object.entries(OBSTACLES).filter(([name]) => canLimit || name !== 'a disk that is full'))
test.skipIf(canLimit)('a disk that is full is not tried here: there is no prlimit', () => {})

each('%s is told of in every answer, and nothing is acknowledged that is not saved', async (_name, obstacle) => {
  const { server, file } = await served()
  const takeAway = obstacle.put(server, file)

  const refused = await Promise.all([
    ask(server, message({ MessageSid: 'SM2' })),
    ask(server, WRITTEN),
    fetch(`${server.origin}/readyz`),
  ])
  const apology = await ask(server, CALL)
  const alive = await fetch(`${server.origin}/healthz`)

  for (const answer of refused) expect([answer.status, await answer.json()]).toEqual([503, UNAVAILABLE])
  expect(refused[0]?.headers.get('retry-after')).toBe('2')
  expect(await apology.text()).toContain('application error')
  expect(alive.status).toBe(200)

  takeAway()
  expect(await (await ask(server, message({ MessageSid: 'SM2' }))).text()).toContain('Hi')
  expect((await ask(server, WRITTEN)).status).toBe(204)
  expect(await (await ask(server, CALL)).text()).toContain('Hello')
  await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status, { timeout: 5_000 }).toBe(200)
  expect(await contacts(server)).toEqual(['+15550001', '+15550001', 'Ada'])
})

each('what a service has answered is not asked again for %s', async (_name, obstacle) => {
  const { server, file, asked } = await served()
  const answer = ask(server, message({ Body: 'look' }))
  await expect.poll(() => asked.length).toBe(1)

  const takeAway = obstacle.put(server, file)
  asked[0]?.end('fine')
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  takeAway()

  expect(await (await answer).text()).toContain('It is fine')
  expect(asked).toHaveLength(1)
})

each(
  'a stop waits for %s no longer than it has to, and what could not be saved is asked once more',
  async (_name, obstacle) => {
    const { server, file, asked, restart } = await served()
    const answer = ask(server, message({ Body: 'look' })).catch(() => undefined)
    await expect.poll(() => asked.length).toBe(1)

    const takeAway = obstacle.put(server, file)
    asked[0]?.end('fine')
    const code = await server.stop('SIGTERM')
    takeAway()
    await restart()
    await expect.poll(() => asked.length).toBe(2)

    expect(code).toBe(0)
    expect((await answer)?.status).toBe(503)
  },
)

const UNAVAILABLE = expect.objectContaining({
  status: 503,
  code: 20503,
  message: 'The database cannot be used at the moment',
})

function limitFiles(pid: number, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`])
}

function isThere(pid: number): boolean {
  return spawnSync('kill', ['-0', String(pid)]).status === 0
}

function ask({ origin }: Running, params: Record<string, string>): Promise<Response> {
  return fetch(`${origin}/flows/main`, { method: 'POST', body: new URLSearchParams(params) })
}

async function contacts({ origin }: Running): Promise<readonly string[]> {
  const authorization = `Basic ${Buffer.from(`AC${'0'.repeat(32)}:dev`).toString('base64')}`
  const answer = await fetch(`${origin}/api/executions`, { headers: { authorization } })
  const { executions } = (await answer.json()) as { executions: readonly { contact: string }[] }
  return executions.map(({ contact }) => contact).sort()
}

/** A server whose flow answers calls, texts and conversations, and asks a service that answers when it is told to. */
async function served() {
  const asked: ServerResponse[] = []
  const service = createServer((_request, response) => void asked.push(response)).listen(0, '127.0.0.1')
  await once(service, 'listening')
  onTestFinished(() => {
    service.closeAllConnections()
    service.close()
  })
  const { port } = service.address() as AddressInfo // listening on TCP
  const folder = folderOf({ main: answering(`http://127.0.0.1:${port}/`) })
  const file = join(folder, 'kept.db')
  const settings = { FLOWS_DIR: folder, DATABASE_URL: `sqlite:${file}`, HTTP_ALLOW_PRIVATE: 'on' }
  return { server: await run(folder, settings), file, asked, restart: () => run(folder, settings) }
}

function answering(url: string) {
  const from = '{{flow.channel.address}}'
  const body = '{{trigger.message.Body}}'
  const isLook = { friendly_name: 'look', arguments: [body], type: 'equal_to', value: 'look' } as const
  return flow({
    Trigger: {
      type: 'trigger',
      exits: { incomingMessage: 'which', incomingConversationMessage: null, incomingCall: 'hello' },
    },
    which: {
      type: 'split-based-on',
      properties: { input: body },
      exits: { noMatch: 'hi' },
      branches: [{ event: 'match', next: 'look', conditions: [isLook] }],
    },
    look: { type: 'make-http-request', properties: { method: 'GET', url }, exits: { success: 'tell' } },
    tell: {
      type: 'send-message',
      properties: { from, to: '{{contact.channel.address}}', body: 'It is {{widgets.look.body}}' },
    },
    hi: { type: 'send-message', properties: { from, to: '{{contact.channel.address}}', body: 'Hi' } },
    hello: { type: 'say-play', properties: { say: 'Hello' }, exits: { audioComplete: null } },
  })
}
