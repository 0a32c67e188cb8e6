import { expect, onTestFinished, test } from 'vitest'
import { openCarrier } from '../src/carrier.ts'
import { carrierConnections, type RestAccess, restApiAt } from '../src/channels/rest-api.ts'
import { twilioChannel } from '../src/channels/twilio.ts'
import { ManualClock } from '../src/clock/manual-clock.ts'
import { readConfig } from '../src/config.ts'
import { Network } from '../src/simulator/network.ts'
import { carrierApi } from './support/carrier-api.ts'
import { stepping } from './support/stepping.ts'

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

test('a real carrier is asked no more often than the settings say, and again when it is busy', async () => {
  const busy = { status: 429, body: { code: 20429, message: 'Too Many Requests' }, headers: { 'retry-after': '2' } }
  const { url, asked } = await carrierApi(busy, { status: 201, body: { sid: 'SM1' } })
  const settings = {
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_AUTH_TOKEN: 'x',
    TWILIO_API_URL: url,
    TWILIO_REQUESTS_PER_SECOND: '1',
  }
  const clock = new ManualClock(0)
  const { channel, close } = openCarrier(readConfig(settings, '.'), clock)
  onTestFinished(close)

  const handed = await stepping(
    clock,
    Promise.all(['t1', 't2', 't3'].map((token) => channel.sendMessage(MESSAGE, token))),
  )

  expect(handed).toMatchObject([{ ok: true }, { ok: true }, { ok: true }])
  expect(asked.map(({ token }) => token)).toEqual(['t1', 't2', 't3', 't1'])
  expect(clock.now()).toBeGreaterThanOrEqual(3_000)
})

test('a thousand reminders wait for their turn, however few requests a second the settings allow', async () => {
  const { url, asked } = await carrierApi({ status: 201, body: { sid: 'SM1' } })
  const credentials = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: 'x', TWILIO_API_URL: url }
  const clock = new ManualClock(0)
  const config = readConfig({ ...credentials, TWILIO_REQUESTS_PER_SECOND: '5' }, '.')
  const { patient, close } = openCarrier(config, clock)
  onTestFinished(close)

  const tokens = Array.from({ length: 1_000 }, (_, index) => `t${index}`)
  const handed = await stepping(clock, Promise.all(tokens.map((token) => patient.sendMessage(MESSAGE, token))))

  expect(handed.every(({ ok }) => ok)).toBe(true)
  expect(asked).toHaveLength(1_000)
  expect(clock.now()).toBeGreaterThanOrEqual(199_000)
})

test('a message is posted to the REST API and its answer comes under the names that flows see', async () => {
  const { asked, channel } = await asking(201, {
    sid: 'SM1',
    status: 'queued',
    from: '+15550002',
    num_media: '0',
    error_code: null,
    date_created: 'Tue, 26 Jan 2021 22:40:28 +0000',
    subresource_uris: { media: '/media' },
    uri: '/x',
  })

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
      form: [
        ['To', '+15550001'],
        ['From', '+15550002'],
        ['Body', 'Hi & bye'],
        ['MediaUrl', 'https://a.example/b.png'],
        ['StatusCallback', 'https://c.example/'],
      ],
    },
  ])
})

test('a message of a Messaging Service by a content template is posted with its variables', async () => {
  const { posts, channel } = await asking(201, { sid: 'SM1' })
  const content = { contentSid: `HX${'1'.repeat(32)}`, contentVariables: '{"1":"Ada"}', shortenUrls: true }

  const handed = await channel.sendMessage({ type: 'send-message', from: SERVICE, to: '+15550001', ...content }, TOKEN)

  expect(handed).toMatchObject({ ok: true })
  const form = [
    ['To', '+15550001'],
    ['MessagingServiceSid', SERVICE],
    ['ContentSid', content.contentSid],
    ['ContentVariables', content.contentVariables],
    ['ShortenUrls', 'true'],
  ]
  expect(posts()).toEqual([[below('/Messages.json'), form]])
})

test.each(['MGM', 'MG Motors'])('a sender who is called %s is none of a Messaging Service', async (from) => {
  const { posts, channel } = await asking(201, { sid: 'SM1' })

  await channel.sendMessage({ ...MESSAGE, from }, TOKEN)

  expect(posts()).toEqual([[below('/Messages.json'), expect.arrayContaining([['From', from]])]])
})

test('a refusal of the REST API keeps its code and its reason', async () => {
  const refusal = { code: 21610, message: 'Attempt to send to unsubscribed recipient', status: 400 }
  const { channel } = await asking(400, refusal)

  const handed = await channel.sendMessage(MESSAGE, TOKEN)

  expect(handed).toMatchObject({
    ok: false,
    reason: 'Attempt to send to unsubscribed recipient (21610)',
    message: { Status: 'failed', ErrorCode: 21610, ErrorMessage: refusal.message, To: '+15550001' },
  })
})

test('a carrier that cannot be reached refuses', async () => {
  const channel = over({ url: 'http://127.0.0.1:1', user: 'AC1', password: 'secret' })

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
  const { posts, channel } = await asking(201, { sid: 'CA1', status: 'queued', start_time: null, uri: '/x' })

  expect(await channel.placeCall(CALL, TOKEN)).toEqual({
    ok: true,
    resource: { Sid: 'CA1', Status: 'queued', StartTime: null, Uri: '/x' },
  })
  expect(posts()).toEqual([[below('/Calls.json'), PLAIN_CALL]])
})

test('a call with everything is posted with everything', async () => {
  const { posts, channel } = await asking(201, { sid: 'CA1' })
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
  expect(posts()).toEqual([[below('/Calls.json'), [...PLAIN_CALL, ...more]]])
})

test('a recording is started with each event it is to be told of, and stopped as the one that runs', async () => {
  const started = { sid: 'RE1', start_time: 'Tue, 26 Jan 2021 22:40:28 +0000', encryption_details: null, uri: '/x' }
  const { posts, channel } = await asking(201, started)
  const callback = { url: 'https://a.example/', method: 'GET', events: ['completed', 'absent'] } as const
  const about = { type: 'record-call', callSid: 'CA1' } as const
  const recording = { channels: 'dual', trim: 'do-not-trim', callback } as const

  const done = await channel.recordCall({ ...about, change: 'start', recording }, TOKEN)
  await channel.recordCall({ ...about, change: 'stop' }, TOKEN)

  const resource = { Sid: 'RE1', StartTime: '2021-01-26T22:40:28Z', EncryptionDetails: null, Uri: '/x' }
  expect(done).toEqual({ ok: true, resource })
  expect(posts()).toEqual([
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
  const { channel } = await asking(400, { code: 21220, message: 'Not eligible for recording', status: 400 })
  const refused = { ok: false, reason: 'Not eligible for recording (21220)' }

  expect(await channel.placeCall(CALL, TOKEN)).toEqual(refused)
  expect(await channel.recordCall({ type: 'record-call', callSid: 'CA1', change: 'stop' }, TOKEN)).toEqual(refused)
})

/** A path as it is posted to. */
function below(path: string): string {
  return `/2010-04-01/Accounts/AC1${path}`
}

/** A channel to a carrier that answers everything with this, and what it is posted. */
async function asking(status: number, body: unknown) {
  const { url, asked } = await carrierApi({ status, body })
  const posts = () => asked.map(({ path, form }) => [path, form])
  return { asked, posts, channel: over({ url, user: 'SK1', password: 'secret' }) }
}

function over(access: Omit<RestAccess, 'connections'>) {
  const connections = carrierConnections()
  onTestFinished(() => connections.destroy())
  return twilioChannel({ api: restApiAt({ ...access, connections }), accountSid: 'AC1', now: () => 0 })
}
