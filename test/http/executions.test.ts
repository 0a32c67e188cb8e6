import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import twilio from 'twilio'
import { afterEach, expect, test, vi } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import type { HttpOutcome } from '../../src/engine/event.ts'
import type { Substitutes } from '../../src/substitutes.ts'
import { flow, type Places } from '../support/flow.ts'
import { call, folderOf, form, serving, urlIn } from '../support/server.ts'

afterEach(() => vi.unstubAllEnvs())

const ACCOUNT = `AC${'0'.repeat(32)}`
const CONTACT = { to: '+15550001000', from: '+15550002000' }
const WAITING: Places = {
  Trigger: { type: 'trigger', exits: { incomingRequest: 'ask' } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: {
      from: '{{flow.channel.address}}',
      body: 'Hello {{flow.data.name}}, {{trigger.request.parameters.n}}',
    },
    exits: { incomingMessage: null },
  },
}

const CALLING: Places = {
  Trigger: { type: 'trigger', exits: { incomingRequest: 'ask' } },
  ask: {
    type: 'make-http-request',
    properties: { method: 'GET', url: 'http://service.test/' },
    exits: { success: 'ask', failed: 'ask' },
  },
}

const CALLING_AND_CALLING: Places = {
  ...CALLING,
  ask: { ...CALLING.ask, type: 'make-http-request', exits: { success: 'again', failed: 'again' } },
  again: { ...CALLING.ask, type: 'make-http-request', exits: { success: 'ask', failed: 'ask' } },
}

const SAY = { type: 'say-play', properties: { say: 'Hello' }, exits: { audioComplete: null } }

test('Twilio’s own client begins an execution, which texts the contact afterwards', async () => {
  const { executions, parts, sid } = await studio()

  const begun = await executions.create({ ...CONTACT, parameters: { name: 'Ada', n: 3 } })

  expect(begun).toMatchObject({
    sid: expect.stringMatching(/^FN[0-9a-f]{32}$/),
    accountSid: ACCOUNT,
    flowSid: sid,
    contactChannelAddress: CONTACT.to,
    contactSid: `FC${'0'.repeat(32)}`,
    flowVersion: 1,
    context: {},
    status: 'active',
    dateCreated: expect.any(Date),
    initiatedBy: expect.stringMatching(/^RQ/),
    url: expect.stringMatching(new RegExp(`/v2/Flows/${sid}/Executions/FN[0-9a-f]{32}$`)),
  })
  expect(begun.dateUpdated).toBeNull()
  await parts.settled()
  const execution = await parts.store.execution(begun.sid)
  expect(execution).toMatchObject({ channel: 'request', contact: CONTACT.to, address: CONTACT.from, status: 'active' })
  expect(execution?.waiting?.output).toMatchObject({ outbound: { Body: 'Hello Ada, 3', To: CONTACT.to } })
})

test('a contact has one execution at a time, and the one in the way is named', async () => {
  const { executions, parts } = await studio()
  const { sid } = await executions.create(CONTACT)

  await expect(executions.create(CONTACT)).rejects.toMatchObject({
    status: 409,
    code: 20409,
    message: `Execution ${sid} is already active for this contact. End the active Execution before creating a new one`,
    details: { conflicting_execution_sid: sid },
  })
  await parts.settled()
  expect(await parts.store.warnings(sid)).toMatchObject([{ code: 81002, widget: 'ask' }])
})

test('an execution that waits for a slow service is refused for, ended and removed without waiting for it, too', async () => {
  const answers: (() => void)[] = []
  const httpRequest = () =>
    new Promise<HttpOutcome>((answer) => answers.push(() => answer({ ok: false, reason: 'timeout', message: 'slow' })))
  const { executions, parts } = await studio(CALLING, {}, { httpRequest })
  const [ended, removed] = [await executions.create(CONTACT), await executions.create({ ...CONTACT, to: '+1' })]

  await expect(executions.create(CONTACT)).rejects.toMatchObject({ status: 409 })
  expect(await executions(ended.sid).update({ status: 'ended' })).toMatchObject({ status: 'ended' })
  expect(await executions(removed.sid).remove()).toBe(true)

  for (const answer of answers) answer()
  await parts.settled()
  expect(await parts.store.execution(ended.sid)).toMatchObject({ endedReason: 'STOPPED', steps: 1 })
  expect(await parts.store.execution(removed.sid)).toBeUndefined()
  expect(await parts.store.pendingEffects()).toEqual([])
})

test.each([
  ['To is missing', { To: '', From: '+1' }, 20001, 'Missing required parameter To in the post body'],
  ['From is missing', { To: '+1' }, 20001, 'Missing required parameter From in the post body'],
  ['the addresses are too long', { To: '+1', From: 'x'.repeat(299) }, 81023, 'have 301 bytes'],
  ['the parameters are no JSON', { To: '+1', From: '+2', Parameters: 'name=Ada' }, 20001, 'Parameters is "name=Ada"'],
  ['the parameters are a list', { To: '+1', From: '+2', Parameters: '[1]' }, 20001, 'expected a JSON object'],
  ['the parameters are too deep', { To: '+1', From: '+2', Parameters: nested(501) }, 20001, 'at most 500 levels deep'],
])('an execution is refused where %s', async (_what, form, code, message) => {
  const { post } = await studio()

  const refused = await post(form)

  expect(refused.statusCode).toBe(400)
  expect(refused.json()).toMatchObject({ code, status: 400, message: expect.stringContaining(message) })
})

test('a stop does not wait for a walk that goes on and on, and the next start goes on with it', async () => {
  const settings = { DATABASE_URL: `sqlite:${join(folderOf({}), 'trunkline.db')}` }
  let asked = 0
  const httpRequest = async (): Promise<HttpOutcome> => {
    asked += 1
    await setTimeout(50)
    return { ok: false, reason: 'timeout', message: 'slow' }
  }
  const { executions, parts } = await studio(CALLING_AND_CALLING, settings, { httpRequest })
  const { sid } = await executions.create(CONTACT)
  await parts.close()
  const askedAtStop = asked

  const next = await studio(CALLING_AND_CALLING, settings, { httpRequest })

  expect(askedAtStop).toBe(1)
  await vi.waitUntil(() => asked > askedAtStop)
  expect(await next.parts.runtime.stop(sid)).toMatchObject({ status: 'ended' })
})

test('an unknown flow and unknown credentials are refused in Twilio’s shape', async () => {
  const { client, post } = await studio()

  const unknown = client.studio.v2.flows(`FW${'9'.repeat(32)}`).executions
  await expect(unknown.create(CONTACT)).rejects.toMatchObject({ status: 404, code: 20404 })
  const stranger = twilio(ACCOUNT, 'wrong')
  stranger.studio.baseUrl = client.studio.baseUrl
  await expect(stranger.studio.v2.flows.list()).rejects.toMatchObject({ status: 401, code: 20003 })
  const refused = await post({ To: '+1', From: '+2' }, 'wrong')
  expect(refused.json()).toMatchObject({ status: 401, code: 20003 })
  expect(refused.headers['www-authenticate']).toBe('Basic realm="Twilio API"')
})

test.each([
  ['2026-03-02T09:30:00Z', 1],
  ['2026-03-02T09:30:01Z', 0],
  ['2026-03-02T10:30:00%2B01:00', 1],
  ['2026-03-02T10:30:00+01:00', 1],
  ['2026-03-02T01:30:01-0800', 0],
  ['2026-03-02T09:30:00', 1],
  ['2026-03-02T09:30:01', 0],
  ['2026-03-02', 1],
  ['2026-03-03', 0],
])('of an execution of 09:30 in UTC, a list from %s shows %d, wherever the server is', async (from, shown) => {
  vi.stubEnv('TZ', 'Asia/Tokyo')
  const { executions, get, sid } = await studio(
    WAITING,
    {},
    { clock: new ManualClock(Date.parse('2026-03-02T09:30Z')) },
  )
  await executions.create(CONTACT)

  const { executions: listed } = (await get(`/v2/Flows/${sid}/Executions?DateCreatedFrom=${from}`)).json()

  expect(listed).toHaveLength(shown)
})

test.each([
  ['2026-03-02T09:30:00Z', 1],
  ['2026-03-02T10:30:00%2B01:00', 1],
  ['2026-03-02T09:30:00.839Z', 1],
  ['2026-03-02T09:30:00.838Z', 0],
  ['2026-03-02T09:29:59Z', 0],
])('of an execution that shows 09:30:00 as its date, a list to %s shows %d', async (to, shown) => {
  const clock = new ManualClock(Date.parse('2026-03-02T09:30:00.839Z'))
  const { executions, get, sid } = await studio(WAITING, {}, { clock })
  await executions.create(CONTACT)

  const { executions: listed } = (await get(`/v2/Flows/${sid}/Executions?DateCreatedTo=${to}`)).json()

  expect(listed).toHaveLength(shown)
})

test('a page number that is none is the first', async () => {
  const { get, sid } = await studio()

  for (const page of ['-4', '1.5', '1e999', 'x'])
    expect((await get(`/v2/Flows/${sid}/Executions?Page=${page}`)).json()).toMatchObject({ meta: { page: 0 } })
})

test('executions are listed over several pages, newest first, and what begins meanwhile moves nothing', async () => {
  const { executions, parts } = await studio()
  const sids: string[] = []
  for (const number of [1, 2, 3, 4, 5])
    sids.unshift((await executions.create({ ...CONTACT, to: `+1555000100${number}` })).sid)

  const first = await executions.page({ pageSize: 2 })
  await executions.create({ ...CONTACT, to: '+15550009999' })
  const second = await first.nextPage()
  const third = await second?.nextPage()
  const back = await third?.previousPage()

  const pages = [first, second, third, back].map((page) => page?.instances.map(({ sid }) => sid))
  expect(pages).toEqual([sids.slice(0, 2), sids.slice(2, 4), sids.slice(4), sids.slice(2, 4)])
  expect([first.previousPageUrl, third?.nextPageUrl]).toEqual([undefined, undefined])
  expect(await executions.list({ pageSize: 2 })).toHaveLength(6)
  await parts.settled()
})

test('executions are listed by status and by the time they began', async () => {
  const { executions, parts } = await studio()
  const [ended, active] = [await executions.create(CONTACT), await executions.create({ ...CONTACT, to: '+1555' })]
  await parts.settled()
  await executions(ended.sid).update({ status: 'ended' })
  const hour = 3_600_000

  const sidsOf = async (filter: object) => (await executions.list(filter)).map(({ sid }) => sid)
  expect(await sidsOf({ status: 'active' })).toEqual([active.sid])
  expect(await sidsOf({ status: 'ended' })).toEqual([ended.sid])
  expect(await sidsOf({ dateCreatedFrom: new Date(Date.now() - hour) })).toHaveLength(2)
  expect(await sidsOf({ dateCreatedFrom: new Date(Date.now() + hour) })).toEqual([])
  expect(await sidsOf({ dateCreatedTo: new Date(Date.now() - hour) })).toEqual([])
})

test('an execution is polled, read, ended and deleted', async () => {
  const { executions, parts } = await studio()
  const { sid } = await executions.create({ ...CONTACT, parameters: { name: 'Ada' } })
  await parts.settled()
  const one = executions(sid)

  expect(await one.fetch()).toMatchObject({ status: 'active', contactChannelAddress: CONTACT.to })
  const { context } = await one.executionContext().fetch()
  expect(context).toMatchObject({ flow: { sid, data: { name: 'Ada' } }, trigger: { request: { to: CONTACT.to } } })
  expect(await one.update({ status: 'ended' })).toMatchObject({ status: 'ended', dateUpdated: expect.any(Date) })
  expect(await parts.store.execution(sid)).toMatchObject({ endedReason: 'STOPPED' })
  expect(await one.update({ status: 'ended' })).toMatchObject({ status: 'ended' })
  expect(await executions.create(CONTACT)).toMatchObject({ status: 'active' })
  expect(await one.remove()).toBe(true)
  await expect(one.fetch()).rejects.toMatchObject({ status: 404, code: 20404 })
  expect(await parts.store.steps(sid)).toEqual([])
})

test('steps tell the way an execution went, newest first, each with what the flow knew after it', async () => {
  const { executions, parts } = await studio({
    Trigger: { type: 'trigger', exits: { incomingRequest: 'one' } },
    one: { type: 'set-variables', properties: { variables: [{ key: 'n', value: '1' }] }, exits: { next: 'two' } },
    two: { type: 'set-variables', properties: { variables: [{ key: 'n', value: '2' }] }, exits: { next: null } },
  })
  const { sid } = await executions.create(CONTACT)
  await parts.settled()
  const { steps } = executions(sid)

  const walked = await steps.list({ pageSize: 2 })

  expect(walked.map(({ name, transitionedFrom, transitionedTo }) => [name, transitionedFrom, transitionedTo])).toEqual([
    ['next', 'two', 'Ended'],
    ['next', 'one', 'two'],
    ['incomingRequest', 'Trigger', 'one'],
  ])
  const [last, first] = walked
  expect(await steps(first?.sid ?? '').fetch()).toMatchObject({ type: 'set-variables', executionSid: sid, context: {} })
  const contexts = await Promise.all(
    [first, last].map((step) =>
      steps(step?.sid ?? '')
        .stepContext()
        .fetch(),
    ),
  )
  expect(contexts.map(({ context }) => [context.flow.variables, Object.keys(context.widgets)])).toEqual([
    [{ n: '1' }, ['one']],
    [{ n: '2' }, ['one', 'two']],
  ])
})

test('an execution that has ended in the moment in which it began shows that as its last change', async () => {
  const clock = new ManualClock(Date.parse('2026-03-02T09:30:00Z'))
  const places = { Trigger: { type: 'trigger', exits: { incomingRequest: null } } }
  const { executions, parts } = await studio(places, {}, { clock })
  const { sid } = await executions.create(CONTACT)
  await parts.settled()

  const ended = await executions(sid).fetch()

  expect(ended).toMatchObject({ status: 'ended', dateUpdated: new Date(clock.now()) })
})

test('version 1 answers a second execution with the first, and calls them engagements, too', async () => {
  const { client, sid } = await studio()
  const { executions, engagements } = client.studio.v1.flows(sid)

  const first = await executions.create(CONTACT)
  const second = await engagements.create(CONTACT)

  expect(second.sid).toBe(first.sid)
  expect(first).not.toHaveProperty('flowVersion', expect.anything())
  expect((await engagements.list()).map((one) => one.sid)).toEqual([first.sid])
  const { context } = await engagements(first.sid).engagementContext().fetch()
  expect(context).toMatchObject({ flow: { sid: first.sid } })
  const [step] = await engagements(first.sid).steps.list()
  expect(step).toMatchObject({ engagementSid: first.sid, transitionedFrom: 'Trigger' })
  expect(await engagements(first.sid).remove()).toBe(true)
})

test.each([
  ['a page size that is none', 'PageSize=many', 20001, 'PageSize is "many"'],
  ['a page token of nobody', 'PageToken=abc', 21481, 'PageToken is "abc"'],
  ['a status that there is not', 'status=failed', 20001, 'expected active or ended'],
  ['a day that no month has', 'DateCreatedTo=2026-02-30', 20001, 'DateCreatedTo is "2026-02-30"; expected a time'],
  ['a time that is none', 'DateCreatedFrom=yesterday', 20001, 'expected a time in ISO 8601'],
])('a list is refused for %s', async (_what, query, code, message) => {
  const { get, sid } = await studio()

  const refused = await get(`/v2/Flows/${sid}/Executions?${query}`)

  expect(refused.json()).toMatchObject({ status: 400, code, message: expect.stringContaining(message) })
})

test('more executions than are allowed in a second are refused over REST, and begin a little later', async () => {
  const clock = new ManualClock(Date.parse('2026-03-02T09:30:00Z'))
  const { executions } = await studio(WAITING, { REST_EXECUTIONS_PER_SECOND: '2' }, { clock })
  const begin = (number: number) => executions.create({ ...CONTACT, to: `+1555000100${number}` })

  await Promise.all([begin(1), begin(2)])
  await expect(begin(3)).rejects.toMatchObject({ status: 429, code: 20429 })
  clock.moveTo(clock.now() + 500)
  expect(await begin(3)).toMatchObject({ status: 'active' })
  await expect(begin(4)).rejects.toMatchObject({ status: 429 })
})

test('more calls than are allowed in a second are left to the fallback URL, and calls under way go on', async () => {
  const places = { Trigger: { type: 'trigger', exits: { incomingCall: 'say' } }, say: SAY }
  const settings = { INBOUND_EXECUTIONS_PER_SECOND: '1' }
  const { parts } = await studio(places, settings, { clock: new ManualClock(0) })
  const { server } = parts
  const first = await server.inject(form(call(), '/flows/reminder'))

  expect((await server.inject(form(call({ CallSid: 'CA2', From: '+1' }), '/flows/reminder'))).statusCode).toBe(429)
  expect((await server.inject(form(call(), urlIn(first.body, 'Redirect')))).statusCode).toBe(200)
})

test('a client that names JSON as the type of no body at all deletes what it names', async () => {
  const { executions, parts, sid } = await studio()
  const begun = await executions.create(CONTACT)
  const headers = { authorization: `Basic ${btoa(`${ACCOUNT}:dev`)}`, 'content-type': 'application/json' }
  const url = `/v2/Flows/${sid}/Executions/${begun.sid}`

  expect((await parts.server.inject({ method: 'POST', url, headers })).json()).toMatchObject({
    message: 'Missing required parameter Status in the post body',
  })
  expect((await parts.server.inject({ method: 'DELETE', url, headers })).statusCode).toBe(204)
})

test('a method that a resource has not is refused by name', async () => {
  const { get } = await studio()

  expect((await get('/v2/Flows/Validate')).json()).toMatchObject({ status: 405, code: 20004 })
})

function nested(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
}

/** A server with one flow, and what speaks to it. */
async function studio(places = WAITING, settings: Record<string, string> = {}, substitutes: Substitutes = {}) {
  const parts = await serving({ reminder: flow(places) }, settings, substitutes)
  const url = await parts.server.listen({ host: '127.0.0.1', port: 0 })
  const [served] = parts.flows.list()
  const sid = served?.sid ?? ''
  const client = twilio(ACCOUNT, 'dev')
  client.studio.baseUrl = url
  const authorization = (password: string) => `Basic ${Buffer.from(`${ACCOUNT}:${password}`).toString('base64')}`
  const get = (path: string) => parts.server.inject({ url: path, headers: { authorization: authorization('dev') } })
  const post = (form: Record<string, string>, password = 'dev') =>
    parts.server.inject({
      method: 'POST',
      url: `/v2/Flows/${sid}/Executions`,
      headers: {
        authorization: authorization(password),
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams(form).toString(),
    })
  return { parts, sid, client, get, post, executions: client.studio.v2.flows(sid).executions }
}
