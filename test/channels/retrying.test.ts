import { expect, onTestFinished, test } from 'vitest'
import { carrierConnections, restApiAt } from '../../src/channels/rest-api.ts'
import { retrying } from '../../src/channels/retrying.ts'
import { twilioChannel } from '../../src/channels/twilio.ts'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import { type Answer, carrierApi, carrierThatHangsUp } from '../support/carrier-api.ts'
import { stepping } from '../support/stepping.ts'

const MESSAGE = { type: 'send-message', from: '+15550002', to: '+15550001', body: 'hi' } as const
const OK = { status: 201, body: { sid: 'SM1', status: 'queued' } }
const BUSY = { status: 429, body: { code: 20429, message: 'Too Many Requests', status: 429 } }
const BROKEN = { status: 503, body: '<html>unavailable</html>' }
const START = Date.parse('2026-01-01T00:00:00Z')

test.each([
  ['busy', [BUSY, BUSY, OK]],
  ['broken', [{ status: 500, body: '' }, BROKEN, OK]],
])('a carrier that is %s is asked again under the same token until it is well', async (_what, answers) => {
  const { sending, asked } = await sent(answers)

  expect(await sending).toMatchObject({ ok: true, message: { Sid: 'SM1' }, attempts: 3 })
  expect(asked).toHaveLength(3)
  expect(new Set(asked.map(({ token }) => token))).toEqual(new Set(['t1']))
})

test('a carrier that stays busy has refused, with its status, its code and how often it was asked', async () => {
  const { sending, asked, clock } = await sent([BUSY])

  const handed = await sending

  expect(handed).toMatchObject({
    ok: false,
    reason: `Too Many Requests, HTTP 429 after ${asked.length} attempts (20429)`,
    message: { Status: 'failed', ErrorCode: 20429 },
    attempts: asked.length,
  })
  expect(asked.length).toBeGreaterThanOrEqual(5)
  expect(asked.length).toBeLessThanOrEqual(6)
  expect(clock.now() - START).toBeLessThanOrEqual(15_000)
})

test('a carrier that stays broken has refused, and what it said is told', async () => {
  const { sending } = await sent([BROKEN])

  expect(await sending).toMatchObject({
    reason: expect.stringMatching(/^HTTP 503 with no JSON object: "<html>unavailable<\/html>" after [56] attempts$/),
  })
})

test.each([
  ['seconds', '7'],
  ['a date', new Date(START + 7_000).toUTCString()],
])('a carrier that wants to be left alone, by %s, is', async (_what, wish) => {
  const { sending, asked, clock } = await sent([{ ...BUSY, headers: { 'retry-after': wish } }, OK])

  expect(await sending).toMatchObject({ ok: true })
  expect(asked).toHaveLength(2)
  expect(clock.now()).toBe(START + 7_000)
})

test('a carrier that wants to be left alone for longer than a caller waits has refused', async () => {
  const { sending, asked, clock } = await sent([{ ...BUSY, headers: { 'retry-after': '60' } }, OK])

  expect(await sending).toMatchObject({ ok: false, reason: 'Too Many Requests (20429)' })
  expect([asked.length, clock.now()]).toEqual([1, START])
})

test('what the carrier refuses is not asked for again', async () => {
  const { sending, asked } = await sent([{ status: 400, body: { code: 21610, message: 'unsubscribed' } }, OK])

  expect(await sending).toMatchObject({ ok: false, reason: 'unsubscribed (21610)' })
  expect(asked).toHaveLength(1)
})

test('a carrier that cannot be reached is tried again, and then it is told how often', async () => {
  const clock = new ManualClock(START)

  const handed = await stepping(clock, channelTo('http://127.0.0.1:1', clock).sendMessage(MESSAGE, 't1'))

  expect(handed).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^the carrier did not answer: connect ECONNREFUSED .*, after [56] attempts$/),
  })
})

test('what was sent and not answered is not sent again: it may have arrived', async () => {
  const { url, calls } = await carrierThatHangsUp()
  const clock = new ManualClock(START)

  const handed = await stepping(clock, channelTo(url, clock).sendMessage(MESSAGE, 't1'))

  expect(handed).toMatchObject({ ok: false, reason: expect.stringMatching(/^the carrier did not answer: /) })
  expect([calls(), clock.now()]).toEqual([1, START])
})

/** A message that is handed to a carrier with these answers, while the clock jumps over every pause. */
async function sent(answers: readonly Answer[]) {
  const { url, asked } = await carrierApi(...answers)
  const clock = new ManualClock(START)
  return { asked, clock, sending: stepping(clock, channelTo(url, clock).sendMessage(MESSAGE, 't1')) }
}

function channelTo(url: string, clock: ManualClock) {
  const connections = carrierConnections()
  onTestFinished(() => connections.destroy())
  const api = retrying(restApiAt({ url, user: 'AC1', password: 'secret', connections }), clock)
  return twilioChannel({ api, accountSid: 'AC1', now: () => clock.now() })
}
