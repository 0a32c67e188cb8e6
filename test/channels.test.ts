import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openCarrier } from '../src/carrier.ts'
import { type RestAccess, type RestApi, restApiAt } from '../src/channels/rest-api.ts'
import { twilioChannel } from '../src/channels/twilio.ts'
import { ManualClock } from '../src/clock/manual-clock.ts'
import { readConfig } from '../src/config.ts'
import { Network } from '../src/simulator/network.ts'

const MESSAGE = { type: 'send-message', from: '+15550002', to: '+15550001', body: 'Hi & bye' } as const
const TOKEN = 'a1'.repeat(12)

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

  const handed = await channel.sendMessage({ ...MESSAGE, from: SERVICE }, TOKEN)

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

  expect(await channel.sendMessage({ ...MESSAGE, to: 'nobody' }, TOKEN)).toMatchObject({
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

  const more = { mediaUrl: 'https://a.example/b.png', statusCallback: 'https://c.example/' }
  const handed = await channel.sendMessage({ ...MESSAGE, ...more }, TOKEN)

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
      token: TOKEN,
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

  const handed = await channel.sendMessage(MESSAGE, TOKEN)

  expect(handed).toMatchObject({
    ok: false,
    reason: 'Attempt to send to unsubscribed recipient',
    message: { Status: 'failed', ErrorCode: 21610, To: '+15550001' },
  })
})

test('a carrier that cannot be reached refuses', async () => {
  const channel = over({ url: 'http://127.0.0.1:1', accountSid: 'AC1', user: 'AC1', password: 'secret' })

  expect(await channel.sendMessage(MESSAGE, TOKEN)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('ECONNREFUSED'),
  })
})

const CALL = {
  type: 'place-call',
  from: '+15550002',
  to: 'sip:ada@a.example',
  url: 'https://c.example/?TrunklineStep=FT1',
  statusCallback: 'https://c.example/?TrunklineStep=FT1',
  timeout: 20,
} as const
const PLAIN_CALL = [
  ['To', 'sip:ada@a.example'],
  ['From', '+15550002'],
  ['Url', 'https://c.example/?TrunklineStep=FT1'],
  ['Method', 'POST'],
  ['StatusCallback', 'https://c.example/?TrunklineStep=FT1'],
  ['StatusCallbackMethod', 'POST'],
  ['StatusCallbackEvent', 'completed'],
  ['Timeout', '20'],
] as const

test('a call is posted to the REST API, without what it does without', async () => {
  const { posts, channel } = asking(201, { sid: 'CA1', status: 'queued', start_time: null, uri: '/x' })

  expect(await channel.placeCall(CALL, TOKEN)).toEqual({
    ok: true,
    resource: { Sid: 'CA1', Status: 'queued', StartTime: null, Uri: '/x' },
  })
  expect(posts).toEqual([[below('/Calls.json'), PLAIN_CALL]])
})

test('a call with everything is posted with everything', async () => {
  const { posts, channel } = asking(201, { sid: 'CA1' })
  const thresholds = { speechThreshold: 2400, speechEndThreshold: 1200, silenceTimeout: 5000 }

  await channel.placeCall(
    {
      ...CALL,
      sendDigits: 'w1#',
      sipUsername: 'ada',
      sipPassword: 'secret',
      machineDetection: { mode: 'DetectMessageEnd', timeout: 30, ...thresholds },
      recording: { channels: 'dual', trim: 'trim-silence', callback: { url: 'https://a.example/recorded' } },
    },
    TOKEN,
  )

  const more = [
    ['SendDigits', 'w1#'],
    ['SipAuthUsername', 'ada'],
    ['SipAuthPassword', 'secret'],
    ['MachineDetection', 'DetectMessageEnd'],
    ['MachineDetectionTimeout', '30'],
    ['MachineDetectionSpeechThreshold', '2400'],
    ['MachineDetectionSpeechEndThreshold', '1200'],
    ['MachineDetectionSilenceTimeout', '5000'],
    ['Record', 'true'],
    ['RecordingStatusCallback', 'https://a.example/recorded'],
    ['RecordingChannels', 'dual'],
    ['Trim', 'trim-silence'],
  ]
  expect(posts).toEqual([[below('/Calls.json'), [...PLAIN_CALL, ...more]]])
})

test('a recording is started with each event it is to be told of, and stopped as the one that runs', async () => {
  const started = { sid: 'RE1', start_time: 'Tue, 26 Jan 2021 22:40:28 +0000', encryption_details: null, uri: '/x' }
  const { posts, channel } = asking(201, started)
  const callback = { url: 'https://a.example/', method: 'GET', events: ['completed', 'absent'] } as const
  const about = { type: 'record-call', callSid: 'CA1' } as const
  const recording = { channels: 'dual', trim: 'do-not-trim', callback } as const

  const done = await channel.recordCall({ ...about, change: 'start', recording }, TOKEN)
  await channel.recordCall({ ...about, change: 'stop' }, TOKEN)

  const resource = { Sid: 'RE1', StartTime: '2021-01-26T22:40:28Z', EncryptionDetails: null, Uri: '/x' }
  expect(done).toEqual({ ok: true, resource })
  expect(posts).toEqual([
    [
      below('/Calls/CA1/Recordings.json'),
      [
        ['RecordingStatusCallback', 'https://a.example/'],
        ['RecordingStatusCallbackMethod', 'GET'],
        ['RecordingStatusCallbackEvent', 'completed'],
        ['RecordingStatusCallbackEvent', 'absent'],
        ['RecordingChannels', 'dual'],
        ['Trim', 'do-not-trim'],
      ],
    ],
    [below('/Calls/CA1/Recordings/Twilio.CURRENT.json'), [['Status', 'stopped']]],
  ])
})

test('a call or a recording that is refused comes with the reason and its code', async () => {
  const { channel } = asking(400, { code: 21220, message: 'Not eligible for recording', status: 400 })
  const refused = { ok: false, reason: 'Not eligible for recording (21220)' }

  expect(await channel.placeCall(CALL, TOKEN)).toEqual(refused)
  expect(await channel.recordCall({ type: 'record-call', callSid: 'CA1', change: 'stop' }, TOKEN)).toEqual(refused)
})

/** A path as it is posted to. */
function below(path: string): string {
  return `/2010-04-01/Accounts/AC1${path}`
}

/** A channel whose REST API answers everything with this and keeps what it is posted. */
function asking(status: number, body: unknown) {
  const posts: unknown[] = []
  const api: RestApi = {
    async post({ path, form }) {
      posts.push([path, form])
      return { status, body }
    },
  }
  return { posts, channel: twilioChannel({ api, accountSid: 'AC1', now: () => 0 }) }
}

function over({ accountSid, ...access }: RestAccess & { readonly accountSid: string }) {
  return twilioChannel({ api: restApiAt(access), accountSid, now: () => 0 })
}

/** A REST API that answers everything with this. */
async function carrier(status: number, answer: unknown) {
  const asked: unknown[] = []
  const server = createServer(async (request, response) => {
    asked.push({
      path: request.url,
      authorization: request.headers.authorization,
      token: request.headers['i-twilio-idempotency-token'],
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
