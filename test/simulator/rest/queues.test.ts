import { expect, test } from 'vitest'
import { carrierWith } from '../support/carrier.ts'
import { NOON, OWN } from '../support/net.ts'
import { site } from '../support/site.ts'

/** Callers who wait in one queue that nobody serves. */
async function waiting(...callers: readonly string[]) {
  const { hook, ...pages } = await site({
    '/voice': '<Response><Enqueue action="/left" waitUrl="">support</Enqueue></Response>',
    '/agent': '<Response><Say>Hello, this is Ada</Say></Response>',
    '/left': '<Response/>',
  })
  const carrier = await carrierWith({ voice: hook('/voice') })
  carrier.network.plans.queues.set('support', { kind: 'nobody' })
  for (const from of callers) {
    carrier.network.call({ from, to: OWN })
    await carrier.time.pass(10)
  }
  const [queue] = await carrier.client.queues.list()
  return { ...carrier, ...pages, sid: queue?.sid ?? '' }
}

test('a queue that callers wait in is shown with its members', async () => {
  const { client, sid, network } = await waiting('+15550021', '+15550022')
  const [second, first] = network.legs()

  expect(await client.queues(sid).fetch()).toMatchObject({ friendlyName: 'support', currentSize: 2, maxSize: 1000 })
  expect(await client.queues(sid).members.list()).toMatchObject([
    { callSid: first?.sid, position: 1, waitTime: 20, dateEnqueued: new Date(NOON) },
    { callSid: second?.sid, position: 2, waitTime: 10 },
  ])
  expect(await client.queues(sid).members('Front').fetch()).toMatchObject({ callSid: first?.sid, queueSid: sid })
})

test('the first caller is taken out to another document, and their Enqueue is told', async () => {
  const { client, sid, url, network, time, asked, happenings } = await waiting('+15550021', '+15550022')
  const [second, first] = network.legs()

  await client
    .queues(sid)
    .members('Front')
    .update({ url: `${url}/agent` })
  await time.pass(5)

  expect(asked.filter(({ path }) => path === '/left').map(({ params }) => params)).toMatchObject([
    { CallSid: first?.sid, QueueResult: 'redirected', QueueTime: '20' },
  ])
  expect(happenings).toContainEqual(expect.objectContaining({ sid: first?.sid, text: 'Hello, this is Ada' }))
  expect(await client.queues(sid).members.list()).toMatchObject([{ callSid: second?.sid, position: 1 }])
  await expect(
    client
      .queues(sid)
      .members(first?.sid ?? '')
      .fetch(),
  ).rejects.toMatchObject({ code: 20404 })
})

test('queues can be made, changed and deleted', async () => {
  const { client, sid } = await waiting('+15550021')

  const made = await client.queues.create({ friendlyName: 'sales', maxSize: 5 })
  expect(made).toMatchObject({ friendlyName: 'sales', maxSize: 5, currentSize: 0, averageWaitTime: 0 })
  expect(await client.queues(made.sid).update({ friendlyName: 'deals', maxSize: 6 })).toMatchObject({
    friendlyName: 'deals',
    maxSize: 6,
  })
  await expect(client.queues.create({ friendlyName: 'deals' })).rejects.toMatchObject({ code: 20002, status: 400 })
  await expect(client.queues(sid).remove()).rejects.toMatchObject({ code: 20009, status: 409 })
  expect(await client.queues(made.sid).remove()).toBe(true)
  expect(await client.queues.list()).toMatchObject([{ sid }])
})
