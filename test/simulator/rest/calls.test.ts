import { expect, test } from 'vitest'
import { carrierWith } from '../support/carrier.ts'
import { ACCOUNT, NOON, OWN, PERSON } from '../support/net.ts'
import { site } from '../support/site.ts'

const SAY = '<Response><Say>Hello there</Say></Response>'
const GATHER = '<Response><Gather timeout="60"><Say>Press something</Say></Gather></Response>'

test('the vendor’s package places a call and reads how it went', async () => {
  const { url, asked } = await site({ '/voice': SAY })
  const { client, time, happenings } = await carrierWith()

  const created = await client.calls.create({ from: '+12125550100', to: '+12125550199', url: `${url}/voice?né=1` })
  expect(created).toMatchObject({ status: 'queued', direction: 'outbound-api', startTime: null, duration: null })
  expect(created).toMatchObject({ toFormatted: '(212) 555-0199', fromFormatted: '(212) 555-0100', answeredBy: null })
  await time.pass(30)

  const fetched = await client.calls(created.sid).fetch()
  expect(fetched).toMatchObject({
    status: 'completed',
    duration: '1',
    startTime: new Date(NOON),
    apiVersion: '2010-04-01',
  })
  expect(fetched.endTime.getTime()).toBeGreaterThanOrEqual(NOON + 3_000)
  expect(asked).toMatchObject([
    {
      params: {
        né: '1',
        CallSid: created.sid,
        CallStatus: 'in-progress',
        Direction: 'outbound-api',
        To: '+12125550199',
      },
    },
  ])
  expect(happenings).toContainEqual(expect.objectContaining({ type: 'said', text: 'Hello there' }))
})

test('the resource has the keys of the API and no others', async () => {
  const { raw } = await carrierWith()

  const { status, json } = await raw('POST', `${ACCOUNT}/Calls.json`, { form: { From: OWN, To: PERSON, Twiml: SAY } })

  expect(status).toBe(201)
  const names = [
    'sid parent_call_sid account_sid to to_formatted from from_formatted phone_number_sid status start_time end_time',
    'duration price price_unit direction answered_by api_version forwarded_from group_sid caller_name queue_time trunk_sid',
    'date_created date_updated uri subresource_uris',
  ]
  expect(Object.keys(json() as object).sort()).toEqual(names.join(' ').split(' ').sort())
  expect(json()).toMatchObject({ subresource_uris: { user_defined_messages: expect.stringContaining(ACCOUNT) } })
})

/** What the far end does, the last status, and what the callback is told of every event. */
const ENDINGS = [
  [
    { outcome: 'answered', after: 3, talks: 49 },
    'initiated ringing in-progress completed',
    { CallDuration: '49', Duration: '1', SipResponseCode: '200' },
  ],
  [
    { outcome: 'busy', after: 2 },
    'initiated ringing busy',
    { CallDuration: '0', Duration: '0', SipResponseCode: '486' },
  ],
  [{ outcome: 'no-answer', after: 2 }, 'initiated ringing no-answer', { SipResponseCode: '487' }],
  [{ outcome: 'answered', after: 21 }, 'initiated ringing no-answer', { SipResponseCode: '487' }],
  [{ outcome: 'failed', after: 0 }, 'initiated failed', { SipResponseCode: '404' }],
] as const

test.each(ENDINGS)('a call to somebody who is planned as %o', async (plan, statuses, last) => {
  const { url, asked } = await site({ '/voice': GATHER, '/status': '' })
  const { client, network, time } = await carrierWith()
  network.plans.calls.set(PERSON, plan)

  const { sid } = await client.calls.create({
    from: OWN,
    to: PERSON,
    url: `${url}/voice`,
    timeout: 20,
    statusCallback: `${url}/status`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
  })
  await time.pass(120)

  const told = asked.filter(({ path }) => path === '/status').map(({ params }) => params)
  expect(told.map(({ CallStatus }) => CallStatus).join(' ')).toBe(statuses)
  expect(told.map(({ SequenceNumber }) => SequenceNumber)).toEqual(told.map((_params, index) => String(index)))
  expect(told.at(-1)).toMatchObject({ ...last, CallSid: sid, CallbackSource: 'call-progress-events' })
  expect((await client.calls(sid).fetch()).status).toBe(statuses.split(' ').at(-1))
})

test('without events only the end is told, and by GET if so wished', async () => {
  const { url, asked } = await site({ '/status': '' })
  const { client, time } = await carrierWith()

  await client.calls.create({
    from: OWN,
    to: PERSON,
    twiml: SAY,
    statusCallback: `${url}/status`,
    statusCallbackMethod: 'GET',
  })
  await time.pass(60)

  expect(asked).toMatchObject([
    { method: 'GET', params: { CallStatus: 'completed', Timestamp: expect.stringContaining('+0000') } },
  ])
})

test('digits are sent after the answer, and before the document', async () => {
  const { client, time, happenings } = await carrierWith()

  await client.calls.create({ from: OWN, to: PERSON, twiml: SAY, sendDigits: 'ww12#', machineDetection: 'Enable' })
  await time.pass(60)

  const seen = happenings.filter(({ type }) => type === 'toned' || type === 'said')
  expect(seen).toMatchObject([
    { digits: 'ww12#', at: NOON + 3_100 },
    { text: 'Hello there', at: NOON + 4_700 },
  ])
})

test('a call is cut off at its time limit', async () => {
  const { client, network, time } = await carrierWith()
  network.plans.calls.set(PERSON, { outcome: 'answered', after: 1 })

  const { sid } = await client.calls.create({ from: OWN, to: PERSON, twiml: GATHER, timeLimit: 7 })
  await time.pass(60)

  expect(await client.calls(sid).fetch()).toMatchObject({ status: 'completed', duration: '7' })
})

/** Who answers, how it is detected, and what is told of it after how many milliseconds. */
const ANSWERERS = [
  ['human', 'Enable', 'human', '2000', 'human'],
  ['machine', 'Enable', 'machine_start', '4000', 'machine'],
  ['machine', 'DetectMessageEnd', 'machine_end_beep', '12000', 'machine'],
  ['fax', 'DetectMessageEnd', 'fax', '3000', 'fax'],
  ['unknown', 'Enable', 'unknown', '30000', 'unknown'],
] as const

test.each(ANSWERERS)('a %s found by %s is %s', async (answeredBy, machineDetection, name, duration, shown) => {
  const { url, asked } = await site({ '/voice': SAY, '/status': '' })
  const { client, network, time } = await carrierWith()
  network.plans.calls.set(PERSON, { outcome: 'answered', after: 1, answeredBy })
  const status = { statusCallback: `${url}/status` }

  const { sid } = await client.calls.create({ from: OWN, to: PERSON, url: `${url}/voice`, machineDetection, ...status })
  await time.pass(90)

  expect(asked[0]).toMatchObject({ path: '/voice', params: { AnsweredBy: name, MachineDetectionDuration: duration } })
  expect(asked[1]).toMatchObject({ path: '/status', params: { AnsweredBy: name } })
  expect((await client.calls(sid).fetch()).answeredBy).toBe(shown)
})

test('asynchronous detection lets the call begin, and tells its own callback', async () => {
  const { url, asked, pathsAsked } = await site({ '/voice': GATHER, '/amd': '' })
  const { client, network, time } = await carrierWith()
  network.plans.calls.set(PERSON, { outcome: 'answered', after: 1, answeredBy: 'machine' })

  const { sid } = await client.calls.create({
    from: OWN,
    to: PERSON,
    url: `${url}/voice`,
    machineDetection: 'DetectMessageEnd',
    asyncAmd: 'true',
    asyncAmdStatusCallback: `${url}/amd`,
  })
  await time.pass(20)

  expect(pathsAsked()).toEqual(['/voice', '/amd'])
  expect(asked[0]?.params.AnsweredBy).toBeUndefined()
  expect(asked[1]?.params).toEqual({
    CallSid: sid,
    AccountSid: ACCOUNT,
    AnsweredBy: 'machine_end_beep',
    MachineDetectionDuration: '12000',
  })
})

/** What is sent, and the code with which it comes back. */
const REFUSED: readonly (readonly [form: Record<string, string>, code: number])[] = [
  [{ From: OWN, Twiml: SAY }, 21201],
  [{ To: PERSON, Twiml: SAY }, 21213],
  [{ To: 'nobody', From: OWN, Twiml: SAY }, 21211],
  [{ To: PERSON, From: 'somebody', Twiml: SAY }, 21212],
  [{ To: PERSON, From: OWN }, 21205],
  [{ To: PERSON, From: OWN, Url: '/relative' }, 21205],
  [{ To: PERSON, From: OWN, Url: 'https://a.example/', Method: 'PUT' }, 21209],
  [{ To: PERSON, From: OWN, Twiml: 'x'.repeat(4001) }, 20001],
  [{ To: PERSON, From: OWN, ApplicationSid: 'AP1' }, 21218],
  [{ To: PERSON, From: OWN, Twiml: SAY, SendDigits: 'x' }, 21206],
  [{ To: PERSON, From: OWN, Twiml: SAY, SendDigits: '1'.repeat(33) }, 21206],
  [{ To: PERSON, From: OWN, Twiml: SAY, Timeout: '601' }, 21208],
  [{ To: PERSON, From: OWN, Twiml: SAY, StatusCallback: 'x' }, 21609],
  [{ To: PERSON, From: OWN, Twiml: SAY, StatusCallbackEvent: 'dreaming' }, 21626],
  [{ To: PERSON, From: OWN, Twiml: SAY, Record: 'perhaps' }, 20001],
  [{ To: PERSON, From: OWN, Twiml: SAY, MachineDetection: 'Maybe' }, 20001],
]

test.each(REFUSED)('%o is refused with %i, and nobody is called', async (form, code) => {
  const { raw, network } = await carrierWith()

  const { status, json } = await raw('POST', `${ACCOUNT}/Calls.json`, { form })

  expect(status).toBe(400)
  expect(json()).toMatchObject({ code, status: 400, more_info: expect.stringContaining(String(code)) })
  expect(network.legs()).toEqual([])
})

test('calls are listed newest first, and filtered', async () => {
  const { client, time } = await carrierWith()
  for (const to of ['+15550011', '+15550012', '+15550013']) {
    await client.calls.create({ from: OWN, to, twiml: SAY })
    await time.pass(60)
  }
  await client.calls.create({ from: OWN, to: '+15550014', twiml: SAY })
  const ends = async (filter: object) => (await client.calls.list(filter)).map(({ to }) => to.slice(-2))

  expect(await ends({ pageSize: 1 })).toEqual(['14', '13', '12', '11'])
  expect(await ends({ status: 'completed' })).toEqual(['13', '12', '11'])
  expect(await ends({ to: '+15550012' })).toEqual(['12'])
  expect(await ends({ startTimeAfter: new Date(NOON + 61_000) })).toEqual(['13'])
  expect(await ends({ endTimeBefore: new Date(NOON + 61_000) })).toEqual(['11'])
})

test('a call that is over can be deleted', async () => {
  const { client, time } = await carrierWith()
  const { sid } = await client.calls.create({ from: OWN, to: PERSON, twiml: SAY })
  await expect(client.calls(sid).remove()).rejects.toMatchObject({ code: 20009 })
  await time.pass(60)

  expect(await client.calls(sid).remove()).toBe(true)
  await expect(client.calls(sid).fetch()).rejects.toMatchObject({ code: 20404 })
})
