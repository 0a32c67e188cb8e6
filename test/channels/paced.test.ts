import { expect, test } from 'vitest'
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

function pacing(perSecond: number) {
  const clock = new ManualClock(0)
  const passed: { readonly path: string; readonly at: number }[] = []
  const inner: RestApi = {
    async ask({ path }) {
      passed.push({ path, at: clock.now() })
      return { status: 201, body: {} }
    },
  }
  return { clock, passed, api: paced(inner, { perSecond, clock }) }
}

function request(path: string) {
  return { method: 'POST', product: 'api', path, form: [], token: path } as const
}

function names(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index))
}
