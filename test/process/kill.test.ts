import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { carrierApi } from '../support/carrier-api.ts'
import { flow } from '../support/flow.ts'
import { post, run } from '../support/process.ts'
import { call, folderOf, message } from '../support/server.ts'

const CALL = call({ CallSid: 'CA00000000000000000000000000000001', CallStatus: 'in-progress' })

const actionOf = (twiml: string) => (/action="([^"]*)"/.exec(twiml)?.[1] ?? '').replaceAll('&amp;', '&')

const SENDING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'send' } },
  send: {
    type: 'send-message',
    properties: { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}', body: 'Hi' },
    exits: { sent: null },
  },
})

const COUNTING = {
  initial_state: 'Trigger',
  states: [
    { name: 'Trigger', type: 'trigger', properties: {}, transitions: [{ event: 'incomingCall', next: 'ask' }] },
    {
      name: 'ask',
      type: 'gather-input-on-call',
      properties: { say: 'You entered {{flow.variables.all}}', number_of_digits: 1 },
      transitions: [{ event: 'keypress', next: 'add' }, { event: 'timeout' }],
    },
    {
      name: 'add',
      type: 'set-variables',
      properties: { variables: [{ key: 'all', value: '{{flow.variables.all}}{{widgets.ask.Digits}}' }] },
      transitions: [{ event: 'next', next: 'ask' }],
    },
  ],
}

test('a call goes on where the last answer left it, however often the process is killed', async () => {
  const folder = folderOf({ counting: COUNTING })
  const settings = { FLOWS_DIR: folder, DATABASE_URL: `sqlite:${join(folder, 'kept.db')}` }

  let server = await run(folder, settings)
  let answer = await post(`${server.origin}/flows/counting`, CALL)
  for (const digit of ['1', '2', '3']) {
    const { pathname, search } = new URL(actionOf(answer))
    await server.stop('SIGKILL')
    server = await run(folder, settings)
    answer = await post(server.origin + pathname + search, { ...CALL, Digits: digit })
  }

  expect(answer).toContain('You entered 123')
})

test('a request that was under way when the process was killed is made again, and what follows is not forgotten', async () => {
  const { settings, folder, asked } = await slowFlow((nth, response) => {
    if (nth > 1) response.end('{"state":"ready"}')
  })

  const first = await run(folder, settings)
  post(`${first.origin}/flows/slow`, message()).catch(() => 'cut off by the kill')
  await until(() => asked.length === 1)
  await first.stop('SIGKILL')
  const second = await run(folder, settings)
  await until(() => asked.length === 2)
  await new Promise((resolve) => setTimeout(resolve, 300))
  const reply = await post(`${second.origin}/flows/slow`, message({ MessageSid: 'SM2', Body: 'thanks' }))

  expect(reply).toContain('It was ready')
  expect(asked[0]).toMatch(/^\w{24}$/)
  expect(asked[1]).toBe(asked[0])
})

test('a message that was being handed over when the process was killed is handed over again under the same token', async () => {
  const { url, asked } = await carrierApi(new Promise(() => undefined), { status: 201, body: { sid: 'SM1' } })
  const folder = folderOf({ sending: SENDING })
  const settings = { FLOWS_DIR: folder, DATABASE_URL: `sqlite:${join(folder, 'kept.db')}`, CARRIER: 'twilio' }
  const carrier = { TWILIO_API_URL: url, MESSAGE_REPLIES: 'rest' }

  const first = await run(folder, { ...settings, ...carrier })
  post(`${first.origin}/flows/sending`, message()).catch(() => 'cut off by the kill')
  await until(() => asked.length === 1)
  await first.stop('SIGKILL')
  await run(folder, { ...settings, ...carrier })
  await until(() => asked.length === 2)

  expect(asked[0]?.token).toMatch(/^\w{24}$/)
  expect(asked[1]).toEqual(asked[0])
})

test('a stop by SIGTERM finishes the answer that is being made', async () => {
  let answerNow = () => {}
  const { settings, folder, asked } = await slowFlow((_nth, response) => {
    answerNow = () => response.end('{"state":"ready"}')
  })
  const server = await run(folder, settings)

  const answer = post(`${server.origin}/flows/slow`, message())
  await until(() => asked.length === 1)
  const stopped = server.stop('SIGTERM')
  answerNow()

  expect(await stopped).toBe(0)
  expect(await answer).toContain('It is ready')
})

test('while a stop by SIGTERM waits for an answer, new work is refused and healed by another attempt', async () => {
  let answerNow = () => {}
  const { settings, folder, asked } = await slowFlow((_nth, response) => {
    answerNow = () => response.end('{"state":"ready"}')
  })
  const server = await run(folder, settings)
  const answer = post(`${server.origin}/flows/slow`, message())
  await until(() => asked.length === 1)
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(200)

  const stopped = server.stop('SIGTERM')
  await expect.poll(async () => (await fetch(`${server.origin}/readyz`)).status).toBe(503)
  const other = new URLSearchParams(message({ MessageSid: 'SM2', From: '+15550009' }))
  const refused = await fetch(`${server.origin}/flows/slow`, { method: 'POST', body: other })
  const call = await fetch(`${server.origin}/flows/slow`, { method: 'POST', body: new URLSearchParams(CALL) })
  expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
  answerNow()

  expect([refused.status, refused.headers.get('retry-after'), call.status]).toEqual([503, '2', 503])
  expect(await answer).toContain('It is ready')
  expect(await stopped).toBe(0)
  expect(asked).toHaveLength(1)
})

/** A flow that asks a service about a state and tells it; the service answers as it is told to and keeps the tokens it is sent. */
async function slowFlow(respond: (nth: number, response: ServerResponse) => void) {
  const asked: string[] = []
  const service = createServer((request, response) => {
    asked.push(String(request.headers['i-twilio-idempotency-token']))
    response.setHeader('content-type', 'application/json')
    respond(asked.length, response)
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  onTestFinished(() => {
    service.closeAllConnections()
    service.close()
  })
  const { port } = service.address() as AddressInfo // listening on TCP
  const folder = folderOf({
    slow: {
      initial_state: 'Trigger',
      states: [
        { name: 'Trigger', type: 'trigger', properties: {}, transitions: [{ event: 'incomingMessage', next: 'look' }] },
        {
          name: 'look',
          type: 'make-http-request',
          properties: { method: 'GET', url: `http://127.0.0.1:${port}/state` },
          transitions: [{ event: 'success', next: 'ask' }, { event: 'failed' }],
        },
        {
          name: 'ask',
          type: 'send-and-wait-for-reply',
          properties: { body: 'It is {{widgets.look.parsed.state}}', from: '{{flow.channel.address}}' },
          transitions: [{ event: 'incomingMessage', next: 'tell' }],
        },
        {
          name: 'tell',
          type: 'send-message',
          properties: {
            body: 'It was {{widgets.look.parsed.state}}',
            from: '{{flow.channel.address}}',
            to: '{{contact.channel.address}}',
          },
          transitions: [{ event: 'sent' }],
        },
      ],
    },
  })
  const settings = {
    FLOWS_DIR: folder,
    DATABASE_URL: `sqlite:${join(folder, 'kept.db')}`,
    HTTP_ALLOW_PRIVATE: '127.0.0.1',
  }

  return { settings, folder, asked }
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 20_000) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
