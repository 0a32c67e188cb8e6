import { expect, test } from 'vitest'
import { carrierWith } from '../support/carrier.ts'
import { OWN, PERSON } from '../support/net.ts'
import { site } from '../support/site.ts'

/** Somebody who waits alone in a conference. */
async function meeting() {
  const { hook, ...pages } = await site({
    '/voice':
      '<Response><Dial action="/done"><Conference waitUrl="" participantLabel="guest">room &amp; board</Conference></Dial></Response>',
    '/done': '<Response/>',
    '/status': '',
  })
  const carrier = await carrierWith({ voice: hook('/voice') })
  carrier.network.plans.conferences.set('*', [])
  carrier.network.plans.calls.set('+15550055', { outcome: 'answered', after: 2 })
  const leg = carrier.network.call({ from: PERSON, to: OWN })
  await carrier.time.pass(10)
  const [conference] = await carrier.client.conferences.list()
  const { client } = carrier
  return { ...carrier, ...pages, leg, conference, room: client.conferences(conference?.sid ?? '') }
}

test('a conference and who is in it are shown', async () => {
  const { room, client, conference, leg } = await meeting()

  expect(conference).toMatchObject({ friendlyName: 'room & board', status: 'init' })
  expect(await client.conferences.list({ status: 'completed' })).toEqual([])
  expect(await room.participants.list()).toMatchObject([
    { callSid: leg.sid, label: 'guest', muted: false, hold: false, status: 'connected', startConferenceOnEnter: true },
  ])
  expect((await room.participants('guest').fetch()).callSid).toBe(leg.sid)
})

test('somebody is called into it, muted, held and removed', async () => {
  const { room, time, url, asked } = await meeting()

  const added = await room.participants.create({
    from: OWN,
    to: '+15550055',
    label: 'an "agent"',
    endConferenceOnExit: false,
    statusCallback: `${url}/status`,
  })
  expect(added).toMatchObject({ status: 'queued', label: 'an "agent"' })
  await time.pass(5)

  const agent = room.participants(added.callSid)
  expect(await agent.fetch()).toMatchObject({ status: 'connected', label: 'an "agent"' })
  expect(await room.fetch()).toMatchObject({ status: 'in-progress' })
  expect(await agent.update({ muted: true, hold: true })).toMatchObject({ muted: true, hold: true })
  expect(await room.participants.list({ muted: true })).toMatchObject([{ callSid: added.callSid }])
  expect(await agent.remove()).toBe(true)
  await time.pass(1)
  expect(await room.participants.list()).toHaveLength(1)
  expect(asked).toContainEqual(expect.objectContaining({ path: '/status' }))
})

test('a conference is ended for all', async () => {
  const { room, time, asked, leg } = await meeting()

  expect(await room.update({ status: 'completed' })).toMatchObject({ status: 'completed' })
  await time.settle()

  expect(asked.at(-1)).toMatchObject({ path: '/done', params: { DialCallStatus: 'answered', CallSid: leg.sid } })
  await expect(room.participants.create({ from: OWN, to: PERSON })).rejects.toMatchObject({ code: 20404 })
})

test('a conference begins with whoever is called into a name', async () => {
  const { client, network, time } = await meeting()
  network.plans.calls.set('+15550056', { outcome: 'answered', after: 1 })

  for (const to of ['+15550055', '+15550056'])
    await client.conferences('standup').participants.create({ from: OWN, to })
  await time.pass(5)

  const [found] = await client.conferences.list({ friendlyName: 'standup' })
  expect(found).toMatchObject({ status: 'in-progress' })
  expect(await client.conferences(found?.sid ?? '').participants.list()).toHaveLength(2)
})
