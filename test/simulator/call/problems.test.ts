import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../../src/clock/manual-clock.ts'
import type { Happening } from '../../../src/simulator/happening.ts'
import { Network } from '../../../src/simulator/network.ts'
import { Person } from '../../../src/simulator/people/person.ts'
import { timeOf } from '../../../src/simulator/time.ts'
import { page, web } from '../support/web.ts'

test('what is wrong with a document is told once, before any of it is played, and the rest is played', async () => {
  const flawed =
    '<Speak>a</Speak><constructor/><Gather timeout="soon" action="http://["><Say loop="x">Hi</Say></Gather>'
  const happenings = await callTo({ '/': page(`<Response>${flawed}<Hangup/></Response>`) })

  expect(codesIn(happenings)).toEqual([12200, 12200, 13313, 11100, 13322])
  expect(happenings.map(({ type }) => type).slice(2, 10)).toEqual([
    'answered',
    ...Array(5).fill('problem'),
    'call',
    'said',
  ])
})

test('a callback that is no URL is told once, and left out', async () => {
  const happenings = await callTo({
    '/': page('<Response><Dial><Number statusCallback="http://[">+15550100</Number></Dial></Response>'),
  })

  expect(codesIn(happenings)).toEqual([11100])
  expect(happenings.filter(({ type }) => type === 'asked')).toHaveLength(1)
})

test('words on both sides of a break stay two words', async () => {
  const happenings = await callTo({ '/': page('<Response><Say>one<break time="1s"/>two</Say></Response>') })

  expect(happenings.filter(({ type }) => type === 'said')).toMatchObject([{ text: 'one two' }])
})

test('a callback that nobody answers is a warning, not an error', async () => {
  const happenings = await callTo(
    {
      '/': page('<Response><Say>Still here</Say><Hangup/></Response>'),
    },
    'http://127.0.0.1:1/',
  )

  expect(happenings.filter(({ type }) => type === 'problem')).toMatchObject([
    {
      problem: { code: 15003, level: 'warning', message: expect.stringContaining('http://127.0.0.1:1/ got no answer') },
    },
  ])
  expect(happenings.filter(({ type }) => type === 'said')).toHaveLength(1)
})

test('an action that is no URL is told once, and ends the call when it is needed', async () => {
  const happenings = await callTo({
    '/': page('<Response><Dial action="http://[">+15550100</Dial><Say>Not reached</Say></Response>'),
  })

  expect(codesIn(happenings)).toEqual([11100])
  expect(happenings.filter(({ type }) => type === 'said')).toEqual([])
})

test('documents that lead to one another without a sound are told of as a loop', async () => {
  const happenings = await callTo({ '/': page('<Response><Redirect>/</Redirect></Response>') })

  expect(codesIn(happenings)).toEqual([12200])
  expect(happenings.filter(({ type }) => type === 'asked')).toHaveLength(200)
})

test('numbers that dial one another and go on at once are told of as a loop in all their calls together', async () => {
  const happenings = await callTo({
    '/': page('<Response><Dial>+15550002000</Dial><Redirect>/</Redirect></Response>'),
  })

  expect(codesIn(happenings)).toContain(12200)
  expect(happenings.filter(({ type }) => type === 'asked').length).toBeLessThan(300)
  expect(new Set(happenings.map(({ sid }) => sid)).size).toBeLessThan(400)
})

test('a host with an underscore is not called back', async () => {
  const dial = '<Dial><Number statusCallback="http://my_host.example/">+15550100</Number></Dial>'
  const happenings = await callTo({ '/': page(`<Response>${dial}</Response>`) })

  expect(codesIn(happenings)).toEqual([11100])
  expect(happenings.filter(({ type }) => type === 'asked')).toHaveLength(1)
})

/** A caller who stays silent hears everything. */
async function callTo(pages: Parameters<typeof web>[0], statusUrl?: string): Promise<Happening[]> {
  const { origin } = await web(pages)
  const clock = new ManualClock(0)
  const network = new Network({ clock, accountSid: `AC${'0'.repeat(32)}`, authToken: 'dev' })
  onTestFinished(() => network.close())
  const happenings: Happening[] = []
  network.watch((happening) => happenings.push(happening))
  network.attach('+15550002000', {
    voice: { url: `${origin}/`, method: 'POST' },
    ...(statusUrl && { status: { url: statusUrl, method: 'POST' } }),
  })
  const leg = network.call({ from: '+15550001000', to: '+15550002000' })
  const time = timeOf(clock, () => network.activity.idle())
  const caller = new Person(leg, time)
  while (await caller.listen()) await caller.beSilent()
  await time.settle()
  return happenings
}

function codesIn(happenings: readonly Happening[]): number[] {
  return happenings.flatMap((happening) => (happening.type === 'problem' ? [happening.problem.code] : []))
}
