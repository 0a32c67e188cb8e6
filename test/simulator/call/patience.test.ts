import { expect, test } from 'vitest'
import type { Waiting } from '../../../src/simulator/call/waiting.ts'
import { askedFor, openExchange, saidIn, twiml } from '../support/phone.ts'

/** Whoever is asked has all the time they want, until they have begun. */
const lasts = ({ seconds, listening, begun }: Waiting) => (listening && !begun ? undefined : seconds)

const MENU = {
  '/voice': twiml('<Gather action="/chosen"><Say>Choose.</Say></Gather><Say>Too late.</Say>'),
  '/chosen': twiml('<Say>Thanks.</Say>'),
}

test('Where people are waited for, a question has no end but theirs', async () => {
  const { call, network, time, ...exchange } = await openExchange(MENU, { lasts })

  const caller = await call()
  await time.pass(3_600)
  expect(caller.leg.listening?.takes).toEqual(['keys'])
  expect(caller.leg.beSilent()).toBe(true)
  await time.pass(10)

  expect(saidIn(exchange)).toEqual(['Choose.', 'Too late.'])
  expect(exchange.happenings).toContainEqual(expect.objectContaining({ type: 'silence' }))
})

test('Who has begun to press keys has the usual time for the next', async () => {
  const { call, time, app } = await openExchange(MENU, { lasts })

  const caller = await call()
  await caller.press('12')
  await time.pass(6)

  expect(askedFor(app, '/chosen')).toMatchObject([{ Digits: '12' }])
})

test('A recording ends a while after who has begun to talk has stopped', async () => {
  const { call, time, app } = await openExchange(
    { '/voice': twiml('<Record timeout="4" action="/kept"/>'), '/kept': twiml('<Hangup/>') },
    { lasts },
  )

  const caller = await call()
  await time.pass(60)
  await caller.talk(7)
  await time.pass(5)

  expect(askedFor(app, '/kept')).toMatchObject([{ RecordingDuration: '7' }])
})

test('Silence where nothing is asked changes nothing', async () => {
  const { call } = await openExchange({ '/voice': twiml('<Say>A long story begins.</Say>') }, { lasts })
  expect((await call()).leg.beSilent()).toBe(false)
})
