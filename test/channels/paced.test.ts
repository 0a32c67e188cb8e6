import { expect, test } from 'vitest'
import { inLine } from '../../src/channels/in-line.ts'
import { Pace } from '../../src/channels/pace.ts'
import { paced } from '../../src/channels/paced.ts'
import type { RestApi } from '../../src/channels/rest-api.ts'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import { stepping } from '../support/stepping.ts'

test('no more than so many requests a second are let through, in their order', async () => {
  const { clock, api, passed } = pacing(10)

  await stepping(clock, Promise.all(names(25).map((name) => api.ask(request(name)))))

  expect(passed.map(({ path }) => path)).toEqual(names(25))
  expect(passed.map(({ at }) => at)).toEqual(names(25).map((_, index) => index * 100))
})

test('a request that comes when none waits does not wait', async () => {
  const { clock, api, passed } = pacing(1)

  await api.ask(request('first'))
  clock.moveTo(1_000)
  await api.ask(request('second'))

  expect(passed).toEqual([
    { path: 'first', at: 0 },
    { path: 'second', at: 1_000 },
  ])
})

test('a request that would wait too long is refused at once, and holds nobody up', async () => {
  const { clock, api, passed } = pacing(10)

  const outcomes = await stepping(clock, Promise.allSettled(names(60).map((name) => api.ask(request(name)))))
  await stepping(clock, api.ask(request('later')))

  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(9)
  expect(outcomes.at(-1)).toMatchObject({
    reason: {
      message: 'more requests wait than TWILIO_REQUESTS_PER_SECOND (10) lets through in 5 s',
      mayBeDone: false,
    },
  })
  expect(passed.at(-1)).toMatchObject({ path: 'later' })
})

test('what nobody waits for stands in line for as long as it takes, behind what somebody waits for', async () => {
  const { clock, api, patient, passed } = pacing(10)

  const reminders = Promise.all(names(200).map((name) => patient.ask(request(name))))
  await stepping(
    clock,
    patient.ask(request('last in line')).then(() => reminders),
  )
  const more = Promise.all(names(20).map((name) => patient.ask(request(name))))
  const answer = api.ask(request('to a caller'))
  await stepping(clock, Promise.all([more, answer]))

  expect(passed.slice(0, 201).map(({ path }) => path)).toEqual([...names(200), 'last in line'])
  expect(passed.slice(0, 201).map(({ at }) => at)).toEqual(names(201).map((_, index) => index * 100))
  expect(passed.slice(201).findIndex(({ path }) => path === 'to a caller')).toBeLessThan(2)
})

test('a refusal holds up nobody who stands in line behind it', async () => {
  const pace = new Pace({ perSecond: 10, clock: new ManualClock(0) })
  const patient = inLine({ ask: ({ path }) => (path === 'bad' ? Promise.reject(new Error('bad')) : OK) }, pace)

  const outcomes = await Promise.allSettled(['bad', 'good'].map((path) => patient.ask(request(path))))

  expect(outcomes).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled' }])
})

const OK = Promise.resolve({ status: 201, body: {} })

function pacing(perSecond: number) {
  const clock = new ManualClock(0)
  const passed: { readonly path: string; readonly at: number }[] = []
  const inner: RestApi = {
    async ask({ path }) {
      passed.push({ path, at: clock.now() })
      return { status: 201, body: {} }
    },
  }
  const pace = new Pace({ perSecond, clock })
  const api = paced(inner, pace)
  return { clock, passed, api, patient: inLine(api, pace) }
}

function request(path: string) {
  return { method: 'POST', product: 'api', path, form: [], token: path } as const
}

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index))
}
