import { expect, test } from 'vitest'
import { ManualClock } from '../../../src/clock/manual-clock.ts'
import { restApi } from '../../../src/simulator/rest/api.ts'
import { AUTH_TOKEN } from '../support/app.ts'
import { type Exchange, NUMBER, openExchange, problemsOf, twiml } from '../support/phone.ts'

test('A caller who hangs up is disconnected from what a Connect had brought about', async () => {
  const exchange = await openExchange({ '/voice': twiml('<Connect><Room>lobby</Room></Connect>') })

  const caller = await exchange.call()
  await exchange.time.pass(4)
  await caller.hangUp()

  expect(exchange.happenings.filter(({ type }) => type === 'disconnected')).toMatchObject([
    { target: 'Room lobby', seconds: 4 },
  ])
})

test('A call that is over leaves no alarm on the clock', async () => {
  const exchange = await openExchange({ '/voice': twiml('<Hangup/>') })
  exchange.network.plans.calls.set('+15550001111', { outcome: 'answered', after: 1, talks: 600 })

  const form = { To: '+15550001111', From: NUMBER, Url: `${exchange.app.origin}/voice`, TimeLimit: '900' }
  rest(exchange, 'Calls', form)
  const [leg] = exchange.network.legs()
  await exchange.time.until(() => leg?.isOver ?? true)

  expect(leg?.status).toBe('completed')
  expect(exchange.time.clock instanceof ManualClock && exchange.time.clock.next()).toBe(undefined)
})

test('A recording ends when its call is sent elsewhere', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Record recordingStatusCallback="/recorded"/>'),
    '/recorded': { status: 204 },
    '/elsewhere': twiml('<Say>Hello.</Say>'),
  })
  const caller = await exchange.call()
  await caller.talk(4)

  rest(exchange, `Calls/${caller.leg.sid}`, { Url: `${exchange.app.origin}/elsewhere` })
  await exchange.end(caller.leg)

  expect(exchange.network.recordings.list()).toMatchObject([{ status: 'completed', seconds: 4 }])
  expect(exchange.app.asked.filter(({ path }) => path === '/recorded')).toMatchObject([
    { params: { RecordingStatus: 'completed', RecordingDuration: '4' } },
  ])
})

test('A guest who would stay to the end goes when the last caller has gone', async () => {
  const exchange = await openExchange({ '/voice': twiml('<Dial><Conference>room</Conference></Dial>') })
  exchange.network.plans.conferences.set('room', [{ after: 1, starts: true, ends: false, comes: 'always' }])

  const caller = await exchange.call()
  await exchange.time.pass(5)
  await caller.hangUp()

  expect(exchange.network.conferences.list()).toMatchObject([{ status: 'completed', participants: [] }])
})

test('A conference that takes nobody in does not last', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Dial><Conference maxParticipants="0">room</Conference></Dial>'),
  })

  const { leg } = await exchange.call()
  await exchange.end(leg)

  expect(exchange.network.conferences.list()).toMatchObject([{ status: 'completed' }])
})

test('A number that dials itself twice brings about no more than fifty calls', {
  timeout: 20_000,
}, async () => {
  const twice = `<Number>${NUMBER}</Number>`.repeat(2)
  const exchange = await openExchange({ '/voice': twiml(`<Dial answerOnBridge="true">${twice}</Dial>`) })

  const caller = await exchange.call()
  await exchange.end(caller.leg)

  expect(exchange.network.legs().filter(({ setup }) => setup.direction === 'inbound')).toHaveLength(51)
  expect(problemsOf(exchange)).toContain(32006)
})

function rest({ network }: Exchange, path: string, form: Readonly<Record<string, string>>): void {
  const api = restApi({ network, credentials: [{ user: 'me', password: AUTH_TOKEN }] })
  const answer = api.handle({
    method: 'POST',
    path: `/2010-04-01/Accounts/${network.accountSid}/${path}.json`,
    authorization: `Basic ${Buffer.from(`me:${AUTH_TOKEN}`).toString('base64')}`,
    query: [],
    form: Object.entries(form),
  })
  expect(answer.status).toBeLessThan(300)
}
