import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { Instances } from '../support/instances.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { post, type Running } from '../support/process.ts'
import { type FlowFiles, message } from '../support/server.ts'

const server = await postgresUrl()

describe.skipIf(server === undefined)('several instances on one database', () => {
  test('what an instance was at when it was killed is taken over by another one in seconds', async () => {
    const { asked, url } = await service((nth, response) => {
      if (nth > 1) response.end('{"state":"ready"}')
    })
    const { one, other } = await two({ asking: ASKING(url) })

    post(`${one.origin}/flows/asking`, message()).catch(() => 'cut off by the kill')
    await until(() => asked.length === 1)
    await one.stop('SIGKILL')
    await until(() => asked.length === 2)
    await sleep(500)

    expect(await post(`${other.origin}/flows/asking`, SECOND)).toContain('It was ready')
    expect(asked[1]).toEqual(asked[0])
  })

  test('an event that comes to one instance while another one is at work waits its turn', async () => {
    let answerNow = () => {}
    const { asked, url } = await service((_nth, response) => {
      answerNow = () => response.end('{"state":"ready"}')
    })
    const { one, other } = await two({ asking: ASKING(url) })

    const first = post(`${one.origin}/flows/asking`, message())
    await until(() => asked.length === 1)
    const meanwhile = post(`${other.origin}/flows/asking`, message({ MessageSid: 'SM5', Body: 'hello?' }))
    await sleep(300)
    answerNow()

    expect(await first).toContain('It is ready')
    expect(await meanwhile).not.toContain('It was')
    expect(await post(`${other.origin}/flows/asking`, SECOND)).toContain('It was ready')
  })

  test('messages of one contact that come to all instances at once begin one execution', async () => {
    const { url } = await service((_nth, response) => response.end('{"state":"ready"}'))
    const all = await Instances.started(3, { asking: ASKING(url) }, server ?? '')

    await Promise.all(
      [0, 1, 2].map((nth) => post(`${all.at(nth).origin}/flows/asking`, message({ MessageSid: `SM${nth}` }))),
    )

    expect(await executionsOn(all.at(0))).toHaveLength(1)
  })

  test('a wait ends once, on whichever instance, and also when the one that began it is gone', async () => {
    const { asked, url } = await service((_nth, response) => response.end('{"state":"late"}'))
    const all = await Instances.started(3, { waiting: WAITING(url) }, server ?? '')
    const contacts = Array.from({ length: 30 }, (_, nth) => message({ From: `+1555100${nth}`, MessageSid: `SM${nth}` }))

    await Promise.all(contacts.map((params, nth) => post(`${all.at(nth).origin}/flows/waiting`, params)))
    await all.at(0).stop('SIGKILL')
    await until(() => asked.length === contacts.length)
    await sleep(6_000)

    expect(asked.map(({ path }) => path).sort()).toEqual(contacts.map(({ From }) => `/?who=${From}`).sort())
  })
})

const SECOND = message({ MessageSid: 'SM9', Body: 'thanks' })

/** Asks a service about a state, tells it, and again when somebody replies. */
const ASKING = (url: string) =>
  flow({
    Trigger: { type: 'trigger', exits: { incomingMessage: 'look' } },
    look: { type: 'make-http-request', properties: { method: 'GET', url }, exits: { success: 'ask', failed: null } },
    ask: {
      type: 'send-and-wait-for-reply',
      properties: { body: 'It is {{widgets.look.parsed.state}}', from: '{{flow.channel.address}}' },
      exits: { incomingMessage: 'tell' },
    },
    tell: {
      type: 'send-message',
      properties: {
        body: 'It was {{widgets.look.parsed.state}}',
        from: '{{flow.channel.address}}',
        to: '{{contact.channel.address}}',
      },
      exits: { sent: null },
    },
  })

/** Tells a service when nobody replies within two seconds. */
const WAITING = (url: string) =>
  flow({
    Trigger: { type: 'trigger', exits: { incomingMessage: 'ask' } },
    ask: {
      type: 'send-and-wait-for-reply',
      properties: { body: 'Well?', from: '{{flow.channel.address}}', timeout: '2' },
      exits: { timeout: 'report' },
    },
    report: {
      type: 'make-http-request',
      properties: { method: 'GET', url: `${url}/?who={{contact.channel.address}}` },
      exits: { success: null },
    },
  })

async function two(flows: FlowFiles): Promise<{ readonly one: Running; readonly other: Running }> {
  const both = await Instances.started(2, flows, server ?? '')
  return { one: both.at(0), other: both.at(1) }
}

interface Asked {
  readonly path: string | undefined
  readonly token: string
}

/** A service that answers as it is told to and keeps what it is asked. */
async function service(respond: (nth: number, response: ServerResponse) => void) {
  const asked: Asked[] = []
  const listening = createServer((request, response) => {
    asked.push({ path: request.url, token: String(request.headers['i-twilio-idempotency-token']) })
    response.setHeader('content-type', 'application/json')
    respond(asked.length, response)
  }).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  onTestFinished(() => {
    listening.closeAllConnections()
    listening.close()
  })
  const { port } = listening.address() as AddressInfo // listening on TCP
  return { asked, url: `http://127.0.0.1:${port}` }
}

async function executionsOn(instance: Running): Promise<readonly unknown[]> {
  const authorization = `Basic ${Buffer.from(`AC${'0'.repeat(32)}:dev`).toString('base64')}`
  const answer = await fetch(`${instance.origin}/api/executions`, { headers: { authorization } })
  const { executions } = (await answer.json()) as { executions: readonly unknown[] } // our own API's list
  return executions
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 30_000) throw new Error('it did not come to pass')
    await sleep(20)
  }
}
