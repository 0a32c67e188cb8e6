import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openCarrier } from '../src/carrier.ts'
import { type RestAccess, restApiAt } from '../src/channels/rest-api.ts'
import { twilioChannel } from '../src/channels/twilio.ts'
import { ManualClock } from '../src/clock/manual-clock.ts'
import { readConfig } from '../src/config.ts'
import { Network } from '../src/simulator/network.ts'

const MESSAGE = { type: 'send-message', from: '+15550002', to: '+15550001', body: 'Hi & bye' } as const

/** The keys of the Message resource that flows see, as recorded at the real service. */
const RECORDED = [
  'AccountSid ApiVersion Body DateCreated DateSent DateUpdated Direction ErrorCode ErrorMessage From MessagingServiceSid',
  'NumMedia NumSegments Price PriceUnit Sid Status SubresourceUris To',
]
  .join(' ')
  .split(' ')

test('what the simulated carrier accepts looks like the recorded resource, down to its nulls', async () => {
  const clock = new ManualClock(Date.parse('2021-01-26T22:40:28Z'))
  const network = new Network({ clock, accountSid: ACCOUNT, authToken: 'dev' })
  network.attachService(SERVICE, ['+15550002'])
  const { channel } = openCarrier(readConfig({}, '.'), clock, network)

  const handed = await channel.sendMessage({ ...MESSAGE, from: SERVICE })

  expect(Object.keys(handed.message).sort()).toEqual(RECORDED)
  expect(handed.message).toMatchObject({
    Status: 'accepted',
    From: null,
    MessagingServiceSid: SERVICE,
    Direction: 'outbound-api',
    NumMedia: '0',
    ErrorCode: null,
    DateCreated: '2021-01-26T22:40:28Z',
  })
  expect(network.messages.inbox(MESSAGE.to)).toMatchObject([{ body: MESSAGE.body }])
})

test('what the simulated carrier refuses comes with its code', async () => {
  const clock = new ManualClock(0)
  const network = new Network({ clock, accountSid: ACCOUNT, authToken: 'dev' })
  const { channel } = openCarrier(readConfig({}, '.'), clock, network)

  expect(await channel.sendMessage({ ...MESSAGE, to: 'nobody' })).toMatchObject({
    ok: false,
    message: { Status: 'failed', ErrorCode: 21211 },
  })
})

const ACCOUNT = `AC${'0'.repeat(32)}`
const SERVICE = `MG${'1'.repeat(32)}`

test('a message is posted to the REST API and its answer comes under the names that flows see', async () => {
  const { url, asked } = await carrier(201, {
    sid: 'SM1',
    status: 'queued',
    from: '+15550002',
    num_media: '0',
    error_code: null,
    date_created: 'Tue, 26 Jan 2021 22:40:28 +0000',
    subresource_uris: { media: '/media' },
    uri: '/x',
  })
  const channel = over({ url, accountSid: 'AC1', user: 'SK1', password: 'secret' })

  const handed = await channel.sendMessage({
    ...MESSAGE,
    mediaUrl: 'https://a.example/b.png',
    statusCallback: 'https://c.example/',
  })

  expect(handed).toEqual({
    ok: true,
    message: {
      Sid: 'SM1',
      Status: 'queued',
      From: '+15550002',
      NumMedia: '0',
      ErrorCode: null,
      DateCreated: '2021-01-26T22:40:28Z',
      SubresourceUris: { media: '/media' },
    },
  })
  expect(asked).toEqual([
    {
      path: '/2010-04-01/Accounts/AC1/Messages.json',
      authorization: `Basic ${Buffer.from('SK1:secret').toString('base64')}`,
      form: {
        To: '+15550001',
        From: '+15550002',
        Body: 'Hi & bye',
        MediaUrl: 'https://a.example/b.png',
        StatusCallback: 'https://c.example/',
      },
    },
  ])
})

test('a refusal of the REST API keeps its code and its reason', async () => {
  const { url } = await carrier(400, { code: 21610, message: 'Attempt to send to unsubscribed recipient', status: 400 })
  const channel = over({ url, accountSid: 'AC1', user: 'AC1', password: 'secret' })

  const handed = await channel.sendMessage(MESSAGE)

  expect(handed).toMatchObject({
    ok: false,
    reason: 'Attempt to send to unsubscribed recipient',
    message: { Status: 'failed', ErrorCode: 21610, To: '+15550001' },
  })
})

test('a carrier that cannot be reached refuses', async () => {
  const channel = over({ url: 'http://127.0.0.1:1', accountSid: 'AC1', user: 'AC1', password: 'secret' })

  expect(await channel.sendMessage(MESSAGE)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('ECONNREFUSED'),
  })
})

function over(access: RestAccess) {
  return twilioChannel({ api: restApiAt(access), accountSid: access.accountSid, now: () => 0 })
}

/** A REST API that answers everything with this. */
async function carrier(status: number, answer: unknown) {
  const asked: unknown[] = []
  const server = createServer(async (request, response) => {
    asked.push({
      path: request.url,
      authorization: request.headers.authorization,
      form: Object.fromEntries(new URLSearchParams(await textOf(request))),
    })
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo // listening on TCP
  return { url: `http://127.0.0.1:${port}`, asked }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks = await request.toArray()
  return Buffer.concat(chunks).toString()
}
