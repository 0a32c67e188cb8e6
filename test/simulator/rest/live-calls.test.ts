import { expect, test } from 'vitest'
import { carrierWith } from '../support/carrier.ts'
import { OWN, PERSON } from '../support/net.ts'
import { type Page, site } from '../support/site.ts'

const PAGES: Record<string, Page> = {
  '/gather': '<Response><Gather timeout="60" action="/keys"><Say>Press something</Say></Gather></Response>',
  '/record': '<Response><Record timeout="60" action="/recorded"/></Response>',
  '/dial': '<Response><Dial action="/dialled">+15550033</Dial></Response>',
  '/answering-late': '<Response><Pause length="30"/><Say>Hello</Say></Response>',
  '/other': '<Response><Say>Somewhere else</Say></Response>',
  '/status': '',
}

/** A person in a call that plays this document, and the call as REST knows it. */
async function calling(path: string) {
  const { hook, ...pages } = await site(PAGES)
  const carrier = await carrierWith({ voice: hook(path), status: hook('/status') })
  carrier.network.plans.calls.set('+15550033', { outcome: 'answered', after: 1 })
  const leg = carrier.network.call({ from: PERSON, to: OWN })
  await carrier.time.pass(4)
  return { ...carrier, ...pages, leg, call: carrier.client.calls(leg.sid) }
}

test.each(['/gather', '/record', '/dial'])('%s is left for another document, without its action', async (path) => {
  const { call, url, time, pathsAsked, asked, happenings } = await calling(path)

  expect(await call.update({ url: `${url}/other?é=1`, method: 'POST' })).toMatchObject({ status: 'in-progress' })
  await time.pass(10)

  expect(pathsAsked()).toEqual([path, '/other?%C3%A9=1', '/status'])
  expect(asked[1]?.params).toMatchObject({ CallStatus: 'in-progress', é: '1' })
  expect(happenings).toContainEqual(expect.objectContaining({ type: 'said', text: 'Somewhere else' }))
  expect(await call.fetch()).toMatchObject({ status: 'completed', direction: 'inbound' })
})

test('TwiML in the request is played, but has no base for a relative action', async () => {
  const { call, time, codes, pathsAsked } = await calling('/gather')

  await call.update({ twiml: '<Response><Say>Now this</Say><Redirect>/other</Redirect></Response>' })
  await time.pass(10)

  expect(pathsAsked()).toEqual(['/gather', '/status'])
  expect(codes()).toEqual([15004])
})

test.each([
  ['/gather', []],
  ['/record', ['/recorded']],
  ['/dial', ['/dialled']],
] as const)('%s that is hung up on by REST ends as by the caller', async (path, owed) => {
  const { call, time, pathsAsked, leg } = await calling(path)

  await call.update({ status: 'completed' })
  await time.settle()

  expect(leg.status).toBe('completed')
  expect(pathsAsked().sort()).toEqual([path, ...owed, '/status'].sort())
})

test('a call that is over cannot be changed', async () => {
  const { call, url, time } = await calling('/gather')
  await call.update({ status: 'completed' })
  await time.settle()

  for (const change of [{ url: `${url}/other` }, { twiml: '<Response/>' }, { status: 'completed' as const }])
    await expect(call.update(change)).rejects.toMatchObject({ code: 21220, status: 400 })
})

test('a ringing call can be ended but not redirected', async () => {
  const { call, url, leg, time } = await calling('/answering-late')
  expect(leg.status).toBe('ringing')

  await expect(call.update({ url: `${url}/other` })).rejects.toMatchObject({ code: 21220 })
  await call.update({ status: 'canceled' })
  await time.settle()

  expect(await call.fetch()).toMatchObject({ status: 'canceled' })
})

test('canceled does nothing to an answered call', async () => {
  const { call, time, leg } = await calling('/gather')

  expect(await call.update({ status: 'canceled' })).toMatchObject({ status: 'in-progress' })
  await time.settle()

  expect(leg.status).toBe('in-progress')
})

test('a call that is canceled while it is queued tells nobody; one that rings does', async () => {
  const { client, time, url, pathsAsked } = await calling('/gather')
  const order = { from: OWN, to: '+15550044', url: `${url}/other`, statusCallback: `${url}/status?order` }

  const queued = await client.calls.create(order)
  expect(await client.calls(queued.sid).update({ status: 'canceled' })).toMatchObject({ status: 'canceled' })
  const ringing = await client.calls.create(order)
  await time.pass(1)
  expect(await client.calls(ringing.sid).update({ status: 'canceled' })).toMatchObject({ status: 'canceled' })
  await time.pass(10)

  expect(pathsAsked()).toEqual(['/gather', '/status?order'])
  expect(await client.calls(queued.sid).fetch()).toMatchObject({ status: 'canceled', startTime: null })
})

test('a live call gets another callback, fallback and time limit', async () => {
  const { call, url, time, pathsAsked, leg } = await calling('/gather')

  await call.update({ statusCallback: `${url}/status?new`, fallbackUrl: `${url}/other`, timeLimit: 40 })
  await call.update({ url: `${url}/missing` })
  await time.pass(60)

  expect(pathsAsked()).toEqual(['/gather', '/missing', '/other', '/status?new'])
  expect(leg.status).toBe('completed')
})

test('the other end of a Dial can be hung up on', async () => {
  const { client, leg, time, asked } = await calling('/dial')

  const [child] = await client.calls.list({ parentCallSid: leg.sid })
  expect(child).toMatchObject({ direction: 'outbound-dial', status: 'in-progress', to: '+15550033' })
  await client.calls(child?.sid ?? '').update({ status: 'completed' })
  await time.settle()

  expect(asked[1]).toMatchObject({
    path: '/dialled',
    params: { DialCallStatus: 'completed', CallStatus: 'in-progress' },
  })
})

test('the other end of a Dial can be sent elsewhere, and is then a call of its own', async () => {
  const { client, leg, url, time, asked, happenings } = await calling('/dial')

  const [child] = await client.calls.list({ parentCallSid: leg.sid })
  await client.calls(child?.sid ?? '').update({ url: `${url}/gather` })
  await time.pass(2)

  expect(asked.find(({ path }) => path === '/dialled')).toMatchObject({ params: { DialCallStatus: 'completed' } })
  expect(asked.find(({ path }) => path === '/gather')).toMatchObject({ params: { CallSid: child?.sid } })
  expect(happenings).toContainEqual(expect.objectContaining({ sid: child?.sid, text: 'Press something' }))
  expect((await client.calls(child?.sid ?? '').fetch()).status).toBe('in-progress')
})

test('a call to a number of the same network is a call at that number, and both end together', async () => {
  const { client, network, url, time, leg, pathsAsked } = await calling('/gather')
  network.attach('+15550066', { voice: { url: `${url}/other`, method: 'POST' } })

  const { sid } = await client.calls.create({ from: OWN, to: '+15550066', url: `${url}/gather?first` })
  await time.pass(4)

  const far = network.legs().find(({ setup }) => setup.to === '+15550066' && setup.direction === 'inbound')
  expect(pathsAsked()).toEqual(['/gather', '/other', '/gather?first'])
  expect([far?.status, network.leg(sid)?.status]).toEqual(['completed', 'completed'])
  expect(leg.status).toBe('in-progress')
})

test('a call that is still being listened to can be sent elsewhere', async () => {
  const { client, network, url, time, pathsAsked } = await calling('/gather')
  network.plans.calls.set('+15550066', { outcome: 'answered', after: 1, answeredBy: 'machine' })
  const order = { from: OWN, to: '+15550066', url: `${url}/record`, machineDetection: 'DetectMessageEnd' as const }

  const { sid } = await client.calls.create(order)
  await time.pass(3)
  await client.calls(sid).update({ url: `${url}/other` })
  await time.pass(20)

  expect(pathsAsked()).toEqual(['/gather', '/other'])
  expect(network.leg(sid)?.status).toBe('completed')
})
