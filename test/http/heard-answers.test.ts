import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { Channel } from '../../src/channels/channel.ts'
import { channelThat } from '../support/channel.ts'
import { flow } from '../support/flow.ts'
import { folderOf, message, serving } from '../support/server.ts'

const LOOKING = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'look' } },
  look: {
    type: 'make-http-request',
    properties: { method: 'GET', url: 'https://a.example/' },
    exits: { success: 'tell', failed: 'tell' },
  },
  tell: {
    type: 'send-message',
    properties: { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}', body: 'Found' },
    exits: { sent: null, failed: null },
  },
})

const FOUND = { ok: true, status: 200, contentType: 'text/plain', headers: {}, body: '' } as const

test.each([
  ['has hung up', (client: Socket) => void client.destroy(), ['Found']],
  ['has broken off', (client: Socket) => void client.resetAndDestroy(), ['Found']],
  ['still waits', () => undefined, []],
])('where a client %s as its answer is made, the next process sends what nobody has heard', async (_how, act, sent) => {
  const folder = folderOf({})
  const database = (name: string) => ({ DATABASE_URL: `sqlite:${join(folder, name)}` })
  const client = new Socket()
  const httpRequest = async () => {
    act(client)
    return FOUND
  }
  const first = await serving({ looking: LOOKING }, database('a.db'), { httpRequest })
  await write(client, await first.server.listen({ port: 0, host: '127.0.0.1' }))
  await sleep(400) // the answer is made
  await first.settled()
  for (const end of ['', '-wal']) copyFileSync(join(folder, `a.db${end}`), join(folder, `b.db${end}`))

  const bodies: string[] = []
  const sendMessage: Channel['sendMessage'] = async ({ body = '' }) => {
    bodies.push(body)
    return { ok: true, message: { Sid: 'SM2' } }
  }
  const channel = channelThat({ sendMessage })
  const next = await serving({ looking: LOOKING }, database('b.db'), { channel, patient: channel })
  await next.settled()

  expect(bodies).toEqual(sent)
})

/** Sends a message as somebody does who is about to go. */
async function write(client: Socket, origin: string): Promise<void> {
  const body = new URLSearchParams(message()).toString()
  const head = ['POST /flows/looking HTTP/1.1', 'Host: here', `Content-Length: ${body.length}`]
  onTestFinished(() => void client.destroy())
  client.on('error', () => undefined).connect(Number(new URL(origin).port), '127.0.0.1')
  await once(client, 'connect')
  client.write([...head, 'Content-Type: application/x-www-form-urlencoded', '', body].join('\r\n'))
}
