import { expect, test } from 'vitest'
import { API_KEY, carrierWith } from '../support/carrier.ts'
import { ACCOUNT, NOON, OWN, PERSON } from '../support/net.ts'
import { site } from '../support/site.ts'

const SERVICE = `MG${'2'.repeat(32)}`
const HELLO = { from: OWN, to: PERSON, body: 'Héllo & bye' }

test('the vendor’s package creates a message and reads it back', async () => {
  const { client, time, texter } = await carrierWith()

  const created = await client.messages.create({ ...HELLO, mediaUrl: ['https://a.example/b.png'] })
  expect(created).toMatchObject({
    ...HELLO,
    status: 'queued',
    direction: 'outbound-api',
    numMedia: '1',
    numSegments: '1',
  })
  expect(created).toMatchObject({
    errorCode: null,
    dateSent: null,
    dateCreated: new Date(NOON),
    apiVersion: '2010-04-01',
  })
  await time.pass(5)

  const fetched = await client.messages(created.sid).fetch()
  expect(fetched).toMatchObject({ sid: created.sid, status: 'delivered', dateSent: new Date(NOON) })
  expect(fetched.uri).toBe(`/2010-04-01/Accounts/${ACCOUNT}/Messages/${created.sid}.json`)
  expect(texter().inbox()).toMatchObject([{ body: HELLO.body, media: ['https://a.example/b.png'] }])
})

test('the resource has the keys of the API and no others', async () => {
  const { raw } = await carrierWith()

  const { status, contentType, json } = await raw('POST', `${ACCOUNT}/Messages.json`, {
    form: { From: OWN, To: PERSON, Body: 'x' },
  })

  expect([status, contentType]).toEqual([201, 'application/json; charset=utf-8'])
  expect(json()).toEqual({
    account_sid: ACCOUNT,
    api_version: '2010-04-01',
    body: 'x',
    date_created: 'Wed, 25 Nov 2026 12:00:00 +0000',
    date_sent: null,
    date_updated: 'Wed, 25 Nov 2026 12:00:00 +0000',
    direction: 'outbound-api',
    error_code: null,
    error_message: null,
    from: OWN,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: '1',
    price: null,
    price_unit: null,
    sid: expect.stringMatching(/^SM[0-9a-f]{32}$/),
    status: 'queued',
    subresource_uris: { media: expect.stringMatching(/^\/2010-04-01\/Accounts\/AC0+\/Messages\/SM\w+\/Media\.json$/) },
    to: PERSON,
    uri: expect.stringMatching(/^\/2010-04-01\/Accounts\/AC0+\/Messages\/SM\w+\.json$/),
  })
})

test('lists go page by page, newest first, and can be filtered', async () => {
  const { client, time } = await carrierWith()
  for (const body of ['1', '2', '3', '4', '5']) {
    await client.messages.create({ ...HELLO, body, to: body === '3' ? '+15550003' : PERSON })
    await time.pass(60)
  }
  const bodies = async (filter: object) => (await client.messages.list(filter)).map(({ body }) => body)

  expect(await bodies({ pageSize: 2 })).toEqual(['5', '4', '3', '2', '1'])
  expect(await bodies({ limit: 3, pageSize: 2 })).toEqual(['5', '4', '3'])
  expect(await bodies({ to: '+15550003' })).toEqual(['3'])
  expect(await bodies({ from: '+15559999' })).toEqual([])
  expect(await bodies({ dateSent: new Date(NOON) })).toHaveLength(5)
  expect(await bodies({ dateSent: new Date(NOON - 86_400_000) })).toEqual([])
  expect(await bodies({ dateSentAfter: new Date(NOON + 120_000), pageSize: 1 })).toEqual(['5', '4', '3'])
  expect(await bodies({ dateSentBefore: new Date(NOON + 60_000) })).toEqual(['1'])
})

test('the envelope of a list says where it goes on', async () => {
  const { client, raw } = await carrierWith()
  for (const body of ['1', '2', '3']) await client.messages.create({ ...HELLO, body })

  const page = await raw('GET', `${ACCOUNT}/Messages.json?To=${encodeURIComponent(PERSON)}&PageSize=2&Page=0`)

  const at = (number: number) =>
    `/2010-04-01/Accounts/${ACCOUNT}/Messages.json?To=%2B15550001&PageSize=2&Page=${number}`
  expect(page.json()).toMatchObject({
    messages: [{ body: '3' }, { body: '2' }],
    page: 0,
    page_size: 2,
    start: 0,
    end: 1,
    uri: at(0),
    first_page_uri: at(0),
    next_page_uri: at(1),
    previous_page_uri: null,
  })
})

test('a message can be emptied and deleted once it is done, and is then gone', async () => {
  const { client, time } = await carrierWith()
  const { sid } = await client.messages.create(HELLO)
  await expect(client.messages(sid).remove()).rejects.toMatchObject({ code: 20009, status: 409 })
  await time.pass(5)

  expect(await client.messages(sid).update({ body: '' })).toMatchObject({ sid, body: '' })
  await expect(client.messages(sid).update({ body: 'other' })).rejects.toMatchObject({ code: 30400, status: 400 })
  expect(await client.messages(sid).remove()).toBe(true)
  await expect(client.messages(sid).fetch()).rejects.toMatchObject({ code: 20404, status: 404 })
})

test('a Messaging Service accepts, schedules, and calls off', async () => {
  const { client, network, time, texter } = await carrierWith()
  network.attachService(SERVICE, [OWN])
  const through = { to: PERSON, body: 'later', messagingServiceSid: SERVICE }
  const schedule = { scheduleType: 'fixed' as const, sendAt: new Date(NOON + 3_600_000) }

  expect(await client.messages.create(through)).toMatchObject({ status: 'accepted', from: null, numSegments: '0' })
  const kept = await client.messages.create({ ...through, ...schedule })
  const dropped = await client.messages.create({ ...through, ...schedule })
  expect(kept).toMatchObject({ status: 'scheduled', messagingServiceSid: SERVICE })
  expect(await client.messages(dropped.sid).update({ status: 'canceled' })).toMatchObject({ status: 'canceled' })
  await time.pass(3_700)

  expect(await client.messages(kept.sid).fetch()).toMatchObject({ status: 'delivered', from: OWN })
  await expect(client.messages(kept.sid).update({ status: 'canceled' })).rejects.toMatchObject({ code: 30409 })
  expect(texter().inbox()).toHaveLength(2)
})

test('media of a message have resources of their own', async () => {
  const { client } = await carrierWith()
  const { sid } = await client.messages.create({
    ...HELLO,
    mediaUrl: ['https://a.example/a.jpg', 'https://a.example/b.pdf'],
  })

  const media = await client.messages(sid).media.list()

  expect(media).toMatchObject([{ contentType: 'image/jpeg', parentSid: sid }, { contentType: 'application/pdf' }])
  expect(
    await client
      .messages(sid)
      .media(media[1]?.sid ?? '')
      .fetch(),
  ).toMatchObject({ contentType: 'application/pdf' })
  await expect(client.messages(sid).media('ME1').fetch()).rejects.toMatchObject({ code: 20404 })
})

test('a content template stands for itself with its values', async () => {
  const { client } = await carrierWith()
  const contentSid = `HX${'3'.repeat(32)}`

  const made = await client.messages.create({ from: OWN, to: PERSON, contentSid, contentVariables: '{"1":"Ada"}' })

  expect(made.body).toBe(`${contentSid} {"1":"Ada"}`)
})

test('the status callback of a created message is signed and told in order', async () => {
  const { url, asked } = await site({ '/status': '' })
  const { client, time } = await carrierWith()

  await client.messages.create({ ...HELLO, statusCallback: `${url}/status?name=Jos%C3%A9+M` })
  await time.pass(5)

  expect(asked.map(({ params }) => [params.MessageStatus, params.name])).toEqual([
    ['sent', 'José M'],
    ['delivered', 'José M'],
  ])
})

/** What is sent, and the code with which it comes back. */
const REFUSED: readonly (readonly [form: Record<string, string>, code: number])[] = [
  [{ From: OWN, Body: 'x' }, 21604],
  [{ To: 'nobody', From: OWN, Body: 'x' }, 21211],
  [{ To: PERSON, Body: 'x' }, 21603],
  [{ To: PERSON, From: 'not/a/sender', Body: 'x' }, 21606],
  [{ To: PERSON, From: OWN }, 21602],
  [{ To: PERSON, From: OWN, Body: 'x'.repeat(1601) }, 21617],
  [{ To: PERSON, From: OWN, MediaUrl: 'x' }, 21620],
  [{ To: PERSON, From: OWN, Body: 'x', StatusCallback: 'x' }, 21609],
  [{ To: PERSON, From: OWN, Body: 'x', ValidityPeriod: '0' }, 21624],
  [{ To: PERSON, Body: 'x', MessagingServiceSid: 'XX' }, 21705],
  [{ To: PERSON, From: OWN, ContentSid: 'XX' }, 21655],
  [{ To: PERSON, From: OWN, ContentSid: 'HX1', ContentVariables: '[' }, 21656],
  [{ To: PERSON, MessagingServiceSid: SERVICE, Body: 'x', ScheduleType: 'fixed' }, 35111],
  [{ To: PERSON, From: OWN, Body: 'x', ScheduleType: 'fixed', SendAt: '2026-11-25T13:00:00Z' }, 35118],
  [
    { To: PERSON, MessagingServiceSid: SERVICE, Body: 'x', ScheduleType: 'fixed', SendAt: '2026-11-25T12:04:00Z' },
    35114,
  ],
  [
    { To: PERSON, MessagingServiceSid: SERVICE, Body: 'x', ScheduleType: 'smart', SendAt: '2026-11-25T13:00:00Z' },
    35126,
  ],
  [{ To: '+15550077', From: OWN, Body: 'x' }, 21608],
]

test.each(REFUSED)('%o is refused with %i, in the shape of the API', async (form, code) => {
  const { raw, network } = await carrierWith()
  network.plans.messages.set('+15550077', { outcome: 'refused', code: 21608 })

  const { status, json } = await raw('POST', `${ACCOUNT}/Messages.json`, { form })

  expect(status).toBe(400)
  expect(json()).toEqual({
    code,
    message: expect.stringMatching(/./),
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status: 400,
  })
})

test('an API key lets in like the account’s own token; anything else does not', async () => {
  const { clientOf, raw } = await carrierWith()

  expect(await clientOf(API_KEY).messages.list()).toEqual([])
  for (const login of [
    { ...API_KEY, password: 'wrong' },
    { user: ACCOUNT, password: 'secret' },
  ]) {
    await expect(clientOf(login).messages.list()).rejects.toMatchObject({ status: 401, code: 20003 })
  }
  expect(await raw('GET', `${ACCOUNT}/Messages.json`, { as: '' })).toMatchObject({ status: 401 })
})

const ELSEWHERE: readonly (readonly [method: string, path: string, status: number, code: number])[] = [
  ['GET', `AC${'9'.repeat(32)}/Messages.json`, 404, 20404],
  ['GET', `${ACCOUNT}/Nothing.json`, 404, 20404],
  ['GET', `${ACCOUNT}/Messages.wav`, 404, 20404],
  ['GET', `${ACCOUNT}/Messages/SM1.json`, 404, 20404],
  ['GET', `${ACCOUNT}/Messages/SM1/Media.json`, 404, 20404],
  ['GET', `${ACCOUNT}/Messages/%E0%A4%A.json`, 400, 20001],
  ['PUT', `${ACCOUNT}/Messages.json`, 405, 20004],
  ['DELETE', `${ACCOUNT}/Messages.json`, 405, 20004],
  ['GET', `${ACCOUNT}/Messages.json?PageSize=1001`, 400, 20007],
  ['GET', `${ACCOUNT}/Messages.json?Page=x`, 400, 20001],
  ['GET', `${ACCOUNT}/Messages.json?DateSent=soon`, 400, 20001],
]

test.each(ELSEWHERE)('%s %s answers %i with %i', async (method, path, status, code) => {
  const { raw } = await carrierWith()

  const answer = await raw(method, path)

  expect(answer.status).toBe(status)
  expect(answer.json()).toMatchObject({ code, status })
})
