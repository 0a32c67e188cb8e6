import { expect, test } from 'vitest'
import { CALLER, NUMBER, openExchange, twiml } from './support/phone.ts'

const DAY_S = 24 * 60 * 60

test('A network remembers the newest thousand calls and messages, and every call that is going on', async () => {
  const exchange = await openExchange({ '/voice': twiml('<Pause length="3600"/>') })
  const { network, time } = exchange
  const { leg: first } = await exchange.call()
  network.attach('+15550007000', {})

  for (let calls = 0; calls < 1_200; calls += 1) network.call({ from: CALLER, to: '+15550007000' })
  for (let texts = 0; texts < 1_200; texts += 1)
    await network.text({ from: CALLER, to: '+15550007000', body: `${texts}` })
  await time.settle()
  network.call({ from: CALLER, to: '+15550007000' })

  expect(network.legs()).toHaveLength(1_000)
  expect(network.leg(first.sid)).toBe(first)
  expect(network.messages.list()).toHaveLength(1_000)
  expect(network.messages.list()[0]).toMatchObject({ body: '1199' })
})

test('A network forgets after a day what is over: calls, messages, recordings and conferences', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Record/>'),
  })
  const { network, time } = exchange
  await exchange.call()
  const [recording] = network.recordings.list()
  await time.pass(DAY_S + 60)
  const conference = network.conferences.create('old')
  conference.end()
  await network.text({ from: CALLER, to: NUMBER, body: 'old' })

  await time.pass(DAY_S + 60)
  const { leg } = await exchange.call()
  network.conferences.create('new')
  await network.text({ from: CALLER, to: NUMBER, body: 'new' })

  expect(network.legs()).toEqual([leg])
  expect(network.recordings.list()).toHaveLength(1)
  expect(network.recordings.list()).not.toContainEqual(recording)
  expect(network.conferences.list()).toMatchObject([{ name: 'new' }])
  expect(network.messages.list()).toMatchObject([{ body: 'new' }])
})

test('A network remembers the newest thousand queues and opt-outs, and every queue in which somebody waits', async () => {
  const exchange = await openExchange({ '/voice': twiml('<Enqueue>busy</Enqueue>') })
  const { network } = exchange
  network.plans.queues.set('busy', { kind: 'nobody' })
  network.queues.open('idle')
  await exchange.call()

  for (let queues = 0; queues < 1_200; queues += 1) network.queues.open(`queue ${queues}`)
  for (let people = 0; people < 1_001; people += 1)
    await network.text({ from: `+1666000${people}`, to: NUMBER, body: 'STOP' })

  expect(network.queues.list()).toHaveLength(1_000)
  expect(network.queues.find('idle')).toBeUndefined()
  expect(network.queues.find('busy')?.members).toHaveLength(1)
  const statuses = [0, 1, 1_000].map((person) => refusedTo(`+1666000${person}`))
  expect(statuses).toEqual([false, true, true])

  function refusedTo(to: string): boolean {
    const made = network.messages.create({ from: NUMBER, to, body: 'Hi', direction: 'outbound-api' })
    return 'code' in made && made.code === 21610
  }
})
