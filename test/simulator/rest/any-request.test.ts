import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ManualClock } from '../../../src/clock/manual-clock.ts'
import type { Form } from '../../../src/signature/signature.ts'
import { Network } from '../../../src/simulator/network.ts'
import { type RestRequest, restApi } from '../../../src/simulator/rest/api.ts'

/** More of them, or others, by hand: `RUNS=5000 SEED=7 npx vitest run` and this file. */
const RUNS = Number(process.env.RUNS ?? 60)
const SEED = Number(process.env.SEED ?? 1)

const ACCOUNT = `AC${'1'.repeat(32)}`
const OWNER = `Basic ${Buffer.from(`${ACCOUNT}:secret`).toString('base64')}`
const LISTS = ['Calls', 'Messages', 'Recordings', 'Queues', 'Conferences']

const authorization = fc.oneof(
  { weight: 4, arbitrary: fc.constant<string | undefined>(OWNER) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(undefined, '', 'Basic', 'Basic !!!', 'Bearer x', `Basic ${btoa(`${ACCOUNT}:wrong`)}`),
  },
)

/** A sid is chosen of those there are, by a number of any size; a name stands for itself. */
const segment = fc.oneof(
  { weight: 5, arbitrary: fc.nat(20) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('Front', 'support', 'room', '%', '%2F', '..', '__proto__', 'constructor', ''),
  },
)
const below = fc.constantFrom('Recordings', 'Media', 'Members', 'Participants', 'constructor')
const path = fc.record({
  list: fc.constantFrom(...LISTS, ...LISTS, 'Nothing', 'toString'),
  rest: fc.oneof(
    fc.constant([]),
    fc.tuple(segment),
    fc.tuple(segment, below),
    fc.tuple(segment, below, segment),
  ) as fc.Arbitrary<readonly (string | number)[]>, // tuples of either kind
  ending: fc.constantFrom('', '.json', '.json', '.wav', '.mp3', '.xml'),
  account: fc.constantFrom(ACCOUNT, ACCOUNT, ACCOUNT, ACCOUNT, `AC${'2'.repeat(32)}`),
})

const NAMES = [
  ...['To', 'From', 'Body', 'Url', 'Twiml', 'Status', 'Method', 'MediaUrl', 'StatusCallback', 'StatusCallbackEvent'],
  ...['MessagingServiceSid', 'SendAt', 'ScheduleType', 'Timeout', 'TimeLimit', 'Record', 'SendDigits', 'FriendlyName'],
  ...['MachineDetection', 'AsyncAmd', 'AsyncAmdStatusCallback', 'MaxSize', 'Muted', 'Hold', 'EndConferenceOnExit'],
  ...['Page', 'PageSize', 'StartTime', 'StartTime<', 'DateSent>', 'PauseBehavior', 'ContentSid', 'ContentVariables'],
  ...['RecordingChannels', 'RecordingTrack', 'FallbackUrl', 'ApplicationSid', 'CallSidToCoach', 'Label', '__proto__'],
]
const VALUES = [
  ...['', '+15550001111', '+15550002000', 'nobody', 'http://app.example/x', 'http://', 'completed', 'canceled', 'true'],
  ...['false', '0', '1', '-1', '1e400', '99999999999999999999', '2026-01-06T12:00:00Z', 'never', 'Enable', 'stopped'],
  ...[
    '<Response><Say>Hi</Say></Response>',
    '<Response',
    'x'.repeat(2_000),
    '{"1":"a"}',
    '\u0000',
    'in-progress',
    'paused',
  ],
  ...['skip', 'fixed', `MG${'0'.repeat(32)}`, 'support', 'room', 'POST', 'GET'],
]
const form: fc.Arbitrary<Form> = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES)), {
  maxLength: 8,
})

const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'POST', 'DELETE', 'PUT', 'constructor'),
  path,
  authorization,
  query: form,
  form,
  seconds: fc.constantFrom(0, 0, 1, 30),
})

test(
  'Whatever is asked of the REST API, its answer has the carrier’s shape, and strangers change nothing',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(request, { maxLength: 25 }), async (requests) => {
        const { network, api, pass } = busyNetwork()
        await network.activity.idle()
        for (const { path: place, seconds, ...rest } of requests) {
          const before = seen(api)
          const asked = { ...rest, path: pathOf(place, network) }
          const answer = api.handle(asked)
          expectShape(answer, asked)
          if (rest.authorization !== OWNER || rest.method === 'GET') expect(seen(api)).toEqual(before)
          await pass(seconds)
        }
        await network.close()
      }),
      { seed: SEED, numRuns: RUNS },
    )
  },
  60_000 + RUNS * 100,
)

function expectShape({ status, contentType, body }: ReturnType<Api['handle']>, { authorization, path }: RestRequest) {
  if (contentType.startsWith('audio/')) return expect(status).toBe(200)
  expect(contentType).toBe('application/json')
  if (status === 204) return expect(body).toBe('')
  const said: unknown = JSON.parse(body.toString())
  if (status < 300) return expect(authorization === OWNER || path.includes('/Recordings/')).toBe(true)
  expect([400, 401, 404, 405, 409]).toContain(status)
  return expect(said).toEqual({
    code: expect.any(Number),
    message: expect.any(String),
    more_info: expect.any(String),
    status,
  })
}

type Api = ReturnType<typeof restApi>

/** Everything that the lists show, and so everything that could be changed. */
function seen(api: Api): readonly string[] {
  return LISTS.map((list) => {
    const asked = { method: 'GET', path: `/2010-04-01/Accounts/${ACCOUNT}/${list}.json`, authorization: OWNER }
    return api.handle({ ...asked, query: [], form: [] }).body.toString()
  })
}

/** Somebody in a queue, somebody in a conference, somebody who records, and a few messages. */
function busyNetwork() {
  const clock = new ManualClock(Date.UTC(2026, 0, 5, 12))
  const line = () => ({
    async ask({ url }: { readonly url: string }) {
      const verb = VERBS[new URL(url).pathname] ?? ''
      return { status: 200, contentType: 'text/xml', body: `<Response>${verb}</Response>`, url }
    },
  })
  const network = new Network({ clock, accountSid: ACCOUNT, authToken: 'secret', line, connects: () => false })
  network.plans.queues.set('*', { kind: 'nobody' })
  for (const [index, place] of Object.keys(VERBS).entries()) {
    const number = `+1555000200${index}`
    network.attach(number, { voice: { url: `http://app.example${place}`, method: 'POST' } })
    network.call({ from: '+15550001000', to: number })
  }
  network.messages.create({ from: '+15550002000', to: '+15550001000', body: 'Hi', direction: 'outbound-api' })
  const pass = async (seconds: number) => {
    const end = clock.now() + seconds * 1_000
    await network.activity.idle()
    while (clock.step(end)) await network.activity.idle()
    clock.moveTo(end)
  }
  return { network, api: restApi({ network, credentials: [{ user: ACCOUNT, password: 'secret' }] }), pass }
}

const VERBS: Readonly<Record<string, string>> = {
  '/queue': '<Enqueue>support</Enqueue>',
  '/conference': '<Dial record="record-from-answer"><Conference>room</Conference></Dial>',
  '/record': '<Record timeout="600"/>',
  '/dial': '<Dial>+15550001111</Dial>',
}

interface Path {
  readonly list: string
  readonly rest: readonly (string | number)[]
  readonly ending: string
  readonly account: string
}

function pathOf({ list, rest, ending, account }: Path, network: Network): string {
  const sids = [...network.legs(), ...network.messages.list(), ...network.recordings.list()].map(({ sid }) => sid)
  const rooms = [...network.queues.list(), ...network.conferences.list()].map(({ sid }) => sid)
  const known = [...sids, ...rooms]
  const names = rest.map((one) => (typeof one === 'number' ? (known[one % known.length] ?? '') : one))
  return `/2010-04-01/Accounts/${[account, list, ...names].join('/')}${ending}`
}
