import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { record } from '../../src/scenario/recorder.ts'
import { Person } from '../../src/simulator/people/person.ts'
import { openStage, type Stage } from '../../src/stage.ts'
import { played } from './stories.ts'

const OWN = '+15550001000'
const STARTED_AT = Date.parse('2026-03-05T17:00:00Z')

test('what was done and heard becomes steps, and plays again', async () => {
  const text = await recorded('menu', async (person) => {
    await person.press('7')
    await person.beSilent()
    await person.press('2')
    await person.talk(5)
    await person.press('#')
    await person.listen()
  })
  expect(parse(text)).toMatchObject({
    flow: 'flows/menu.json',
    now: '2026-03-05T17:00:00.000Z',
    start: { call: { From: OWN, To: '+15550002000' } },
    // biome-ignore lint/suspicious/noThenProperty: the format has this key; it is a list
    then: [
      { hear: expect.stringMatching(/^Hello/) },
      { press: '7', hear: ['Sorry, I did not get that.', expect.stringMatching(/^For our/)] },
      { silence: true, hear: ['Sorry, I did not get that.', expect.stringMatching(/^For our/)] },
      { press: '2', hear: expect.stringMatching(/^Please leave a message/) },
      { talk: '5s' },
      { press: '#', hear: ['Thank you. We will call you back.', 'Thank you for calling. Goodbye.'] },
      { expect: { status: 'ended', endedReason: 'FLOW_END', variables: { attempts: '2' } } },
    ],
  })
  expect((await played(text)).failure).toBeUndefined()
})

test('time that was let pass before an answer is waited for', async () => {
  const text = await recorded('menu', async (person, { time }) => {
    await person.listen()
    await time.pass(3)
    await person.press('2')
    await person.listen()
    await time.pass(2)
    await person.hangUp()
  })
  expect(acts(text)).toEqual(['hear', 'wait', 'press', 'wait', 'hangUp', 'expect'])
  expect((await played(text)).failure).toBeUndefined()
})

test('keys that nothing ends are recorded with the silence after them, and services with what they answered', async () => {
  const text = await recorded('order-status', async (person) => {
    await person.press('12')
    await person.beSilent()
    await person.listen()
  })
  expect(acts(text)).toEqual(['hear', 'press', 'silence', 'expect'])
  expect(parse(text).services).toEqual([
    { url: 'https://orders.example.com/orders/12', method: 'GET', answer: { json: { status: 'lost' } } },
  ])
  expect((await played(text)).failure).toBeUndefined()
})

test('a service that gave no answer gives none when it is played', async () => {
  const text = await recorded('order-status', async (person) => person.press('12#'), {
    ok: false,
    reason: 'refused-address',
    message: 'private',
  })
  expect(parse(text).services).toMatchObject([{ answer: { fails: 'network' } }])
  expect((await played(text)).failure).toBeUndefined()
})

test('each of several requests that are open at a time is recorded with its own answer', () => {
  const asked = (url: string) => ({ type: 'asked', method: 'GET', url, params: {} }) as const
  const answered = (url: string, body: string) =>
    ({ type: 'answered', url, status: 200, contentType: 'text/plain', body }) as const
  const happenings = [
    asked('http://127.0.0.1/flows/menu'),
    asked('https://a.example/'),
    asked('https://b.example/'),
    asked('https://c.example/'),
    answered('https://c.example/', 'c'),
    answered('https://a.example/', 'a'),
    { type: 'problem', problem: { code: 11200, level: 'error', message: '' }, url: 'https://b.example/' } as const,
  ].map((news) => ({ ...news, at: STARTED_AT, sid: 'CA1' }))

  const text = record({ flow: 'flows/menu.json', startedAt: STARTED_AT, own: OWN, happenings, moves: [] })

  expect(parse(text).services).toEqual([
    { url: 'https://c.example/', method: 'GET', answer: { body: 'c' } },
    { url: 'https://a.example/', method: 'GET', answer: { body: 'a' } },
    { url: 'https://b.example/', method: 'GET', answer: { fails: 'timeout' } },
  ])
})

test('media is recorded only where it could not be played', () => {
  const media = (name: string, contentType: string) => {
    const url = `https://media.example/${name}`
    return [
      { type: 'asked', method: 'GET', url, params: {}, wants: 'media' } as const,
      { type: 'answered', url, status: 200, contentType, body: '' } as const,
    ]
  }
  const flow = { type: 'asked', method: 'POST', url: 'http://127.0.0.1/flows/menu', params: {} } as const
  const happenings = [flow, ...media('a.wav', 'audio/wav'), ...media('b.ogg', 'audio/ogg')].map((news) => ({
    ...news,
    at: STARTED_AT,
    sid: 'CA1',
  }))

  const text = record({ flow: 'flows/menu.json', startedAt: STARTED_AT, own: OWN, happenings, moves: [] })

  expect(parse(text).services).toEqual([
    { url: 'https://media.example/b.ogg', method: 'GET', answer: { contentType: 'audio/ogg', body: '' } },
  ])
})

const LOST: HttpOutcome = {
  ok: true,
  status: 200,
  contentType: 'application/json',
  headers: {},
  body: '{"status":"lost"}',
}

/** Plays a call by hand and records it. */
async function recorded(
  name: string,
  call: (person: Person, stage: Stage) => Promise<unknown>,
  outcome = LOST,
): Promise<string> {
  const clock = new ManualClock(STARTED_AT)
  const stage = await openStage({ flowFile: `flows/${name}.json`, clock, httpRequest: async () => outcome })
  const happenings: Parameters<Parameters<typeof stage.network.watch>[0]>[0][] = []
  const moves: Parameters<Parameters<typeof stage.onMove>[0]>[0][] = []
  stage.network.watch((happening) => happenings.push(happening))
  stage.onMove((move) => moves.push(move))
  await call(new Person(stage.network.call({ from: OWN, to: '+15550002000' }), stage.time), stage)
  const text = record({ flow: `flows/${name}.json`, startedAt: STARTED_AT, own: OWN, happenings, moves })
  await stage.close()
  return text
}

/** The first key of each step. */
function acts(text: string): readonly (string | undefined)[] {
  return parse(text).then.map((step: object) => Object.keys(step)[0])
}
