import fc from 'fast-check'
import { ManualClock } from '../../../src/clock/manual-clock.ts'
import type { Leg } from '../../../src/simulator/call/leg.ts'
import type { Line } from '../../../src/simulator/line/line.ts'
import { Network } from '../../../src/simulator/network.ts'
import type { CallPlan, Guest, MessagePlan, QueuePlan } from '../../../src/simulator/plans.ts'
import { restApi } from '../../../src/simulator/rest/api.ts'
import { ACCOUNT, NEWS_FIRST, ORIGIN, Watch } from './watch.ts'

const NUMBERS = ['+15550002000', '+15550003000']
const PERSON = '+15550001000'

/** What a person, or whoever has the REST API, does at any moment. */
export type Deed =
  | { readonly do: 'key' | 'speech' | 'redirect'; readonly text: string }
  | { readonly do: 'voice' | 'pass'; readonly seconds: number }
  | { readonly do: 'step' | 'hang-up' | 'end' | 'call' | 'pass-on' }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Deed>({ do: 'step' }) },
  { weight: 4, arbitrary: fc.constantFrom('1', '4', '#', '*').map((text) => ({ do: 'key' as const, text })) },
  { weight: 1, arbitrary: fc.constant<Deed>({ do: 'speech', text: 'yes please' }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 7).map((seconds) => ({ do: 'voice' as const, seconds })) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 5, 60).map((seconds) => ({ do: 'pass' as const, seconds })) },
  { weight: 1, arbitrary: fc.constantFrom(...NUMBERS, '/1', '/3').map((text) => ({ do: 'redirect' as const, text })) },
  { weight: 1, arbitrary: fc.constantFrom('hang-up' as const, 'end' as const).map((what) => ({ do: what })) },
  { weight: 1, arbitrary: fc.constantFrom('call' as const, 'pass-on' as const).map((what) => ({ do: what })) },
)

/** In their order; which call it concerns, by a number of any size. */
export const deeds = fc.array(fc.tuple(deed, fc.nat(30)), { maxLength: 40 })

/** What happens at the far ends. */
export interface Planned {
  readonly call: CallPlan
  readonly queue: QueuePlan
  readonly guests: readonly Guest[]
  readonly message: MessagePlan
  readonly connectsAfter: number | undefined
}

const seconds = fc.constantFrom(0, 1, 3, 40)
const some = fc.option(seconds, { nil: undefined })

export const plans: fc.Arbitrary<Planned> = fc.record({
  call: fc
    .record({
      outcome: fc.constantFrom(
        'answered' as const,
        'answered' as const,
        'busy' as const,
        'no-answer' as const,
        'failed' as const,
      ),
      after: seconds,
      talks: some,
      presses: fc.constantFrom('', '1', '12#'),
      answeredBy: fc.constantFrom('human' as const, 'machine' as const),
    })
    .map(({ talks, ...plan }) => ({ ...plan, ...(talks !== undefined && { talks }) })),
  queue: fc.oneof<fc.Arbitrary<QueuePlan>[]>(
    fc.record({ kind: fc.constant('answered' as const), after: seconds, talks: seconds }),
    fc.record({ kind: fc.constantFrom('nobody' as const, 'nobody' as const, 'queue-full' as const, 'error' as const) }),
  ),
  guests: fc.array(
    fc
      .record({
        after: seconds,
        stays: some,
        starts: fc.boolean(),
        ends: fc.boolean(),
        comes: fc.constantFrom('always' as const, 'alone' as const),
      })
      .map(({ stays, ...guest }) => ({ ...guest, ...(stays !== undefined && { stays }) })),
    { maxLength: 2 },
  ),
  message: fc.constantFrom<MessagePlan>({ outcome: 'delivered' }, { outcome: 'refused', code: 21211 }),
  connectsAfter: some,
})

/** Plays these documents to whoever does these things, to the end of every call; what was not as it has to be comes back. */
export async function played(
  documents: Readonly<Record<string, string>>,
  planned: Planned,
  done: readonly (readonly [Deed, number])[],
) {
  const clock = new ManualClock(Date.UTC(2026, 0, 5, 12))
  const network = new Network({
    clock,
    accountSid: ACCOUNT,
    authToken: 'x',
    line: () => lineTo(documents),
    connects: () => false,
  })
  plan(network, planned)
  const watch = new Watch(network, documents)
  for (const number of NUMBERS) {
    network.attach(number, {
      voice: { url: `${ORIGIN}/${number === NUMBERS[0] ? 0 : 2}`, method: 'POST' },
      status: { url: `${ORIGIN}/told`, method: 'POST' },
      message: { url: `${ORIGIN}/4`, method: 'POST' },
    })
  }
  network.call({ from: PERSON, to: NUMBERS[0] ?? '' })
  await network.activity.idle()
  for (const [what, which] of done) {
    const live = [...watch.live]
    const leg = network.leg(live[which % Math.max(live.length, 1)] ?? '')
    const at = clock.now()
    await act(what, leg, { network, clock })
    const [newest] = network.legs() // a call that is queued has not been told of
    if (newest && !newest.isOver) watch.live.add(newest.sid)
    await network.activity.idle()
    if (clock.now() < at) watch.faults.push('time went back')
  }
  await finish(network, clock, watch)
  return watch
}

async function finish(network: Network, clock: ManualClock, watch: Watch) {
  const over = clock.now() + 15_000_000
  let steps = 0
  while (watch.live.size > 0) {
    if (steps >= MOST_STEPS)
      for (const sid of watch.live) network.leg(sid)?.interrupt({ kind: 'hung-up', by: 'person' })
    await network.activity.idle()
    if (watch.live.size === 0) break
    if (!clock.step() || clock.now() > over || steps > 2 * MOST_STEPS) {
      for (const sid of watch.live) watch.faults.push(`${sid} never ends: it is ${network.leg(sid)?.status}`)
      return
    }
    await network.activity.idle()
    steps += 1
  }
  let later = 0
  const from = clock.now()
  while (clock.step()) {
    await network.activity.idle()
    later += 1
    if (later > 20_000) {
      watch.faults.push('the clock never runs out of alarms')
      break
    }
  }
  if (clock.now() - from > 10_000)
    watch.faults.push(`an alarm was left for ${(clock.now() - from) / 1000} seconds later`)
  watch.close()
}

const MOST_STEPS = 1_500

function plan({ plans: book }: Network, { call, queue, guests, message, connectsAfter }: Planned): void {
  book.calls.set('*', call)
  book.queues.set('*', queue)
  book.conferences.set('*', guests)
  book.messages.set('*', message)
  book.connects.set('*', connectsAfter === undefined ? {} : { after: connectsAfter })
}

async function act(what: Deed, leg: Leg | undefined, { network, clock }: { network: Network; clock: ManualClock }) {
  switch (what.do) {
    case 'step':
      return void clock.step()
    case 'pass': {
      const end = clock.now() + what.seconds * 1_000
      while (clock.step(end)) await network.activity.idle()
      return clock.moveTo(end)
    }
    case 'key':
      return void leg?.give({ kind: 'key', key: what.text })
    case 'speech':
      return void leg?.give({ kind: 'speech', text: what.text })
    case 'voice':
      return void leg?.give({ kind: 'voice', seconds: what.seconds })
    case 'hang-up':
      return leg?.interrupt({ kind: 'hung-up', by: 'person' })
    case 'end':
      return rest(network, leg, [['Status', 'completed']])
    case 'redirect':
      return rest(network, leg, [
        what.text.startsWith('/')
          ? ['Url', ORIGIN + what.text]
          : ['Twiml', `<Response><Dial>${what.text}</Dial></Response>`],
      ])
    case 'call':
      return void network.call({ from: NEWS_FIRST, to: NUMBERS[1] ?? '', newsFirst: true })
    case 'pass-on':
      return rest(network, undefined, [
        ['To', '+15550001111'],
        ['From', NUMBERS[0] ?? ''],
        ['Url', `${ORIGIN}/1`],
        ['StatusCallback', `${ORIGIN}/told`],
      ])
  }
}

function rest(network: Network, leg: Leg | undefined, form: readonly (readonly [string, string])[]): void {
  if (!leg && form[0]?.[0] !== 'To') return
  const api = restApi({ network, credentials: [{ user: ACCOUNT, password: 'x' }] })
  const path = `/2010-04-01/Accounts/${ACCOUNT}/Calls${leg ? `/${leg.sid}` : ''}.json`
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:x`).toString('base64')}`
  api.handle({ method: 'POST', path, authorization, query: [], form })
}

/** A server in memory: documents at their paths, a place that is told things, and media, of which other servers have none. */
export function lineTo(documents: Readonly<Record<string, string>>): Line {
  return {
    async ask({ url, wants }) {
      await new Promise((resolve) => setImmediate(resolve))
      const { origin, pathname } = new URL(url)
      if (wants) return { status: origin === ORIGIN ? 200 : 404, contentType: 'audio/mpeg', body: '', url }
      const body = origin === ORIGIN ? documents[pathname] : undefined
      if (pathname === '/told') return { status: 204, contentType: '', body: '', url }
      if (body === undefined) return { status: 404, contentType: 'text/html', body: 'not here', url }
      return { status: 200, contentType: 'text/xml', body, url }
    },
  }
}
