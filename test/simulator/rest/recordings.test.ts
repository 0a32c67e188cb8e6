import { expect, test } from 'vitest'
import { carrierWith } from '../support/carrier.ts'
import { ACCOUNT, OWN, PERSON } from '../support/net.ts'
import { site } from '../support/site.ts'

const GATHER = '<Response><Gather timeout="600"/></Response>'

/** A person in a call that lasts. */
async function talking() {
  const { hook, ...pages } = await site({ '/voice': GATHER, '/recording': '', '/status': '' })
  const carrier = await carrierWith({ voice: hook('/voice') })
  const leg = carrier.network.call({ from: PERSON, to: OWN })
  await carrier.time.pass(1)
  return { ...carrier, site: pages, leg, call: carrier.client.calls(leg.sid) }
}

test('a recording is started, paused, gone on with and stopped', async () => {
  const { call, time, leg } = await talking()

  const started = await call.recordings.create({ recordingChannels: 'dual', recordingTrack: 'inbound' })
  expect(started).toMatchObject({
    status: 'in-progress',
    source: 'StartCallRecordingAPI',
    channels: 2,
    track: 'inbound',
  })
  expect(started).toMatchObject({ callSid: leg.sid, duration: '-1', accountSid: ACCOUNT })
  const current = call.recordings('Twilio.CURRENT')
  await time.pass(10)
  expect(await current.update({ status: 'paused', pauseBehavior: 'skip' })).toMatchObject({ status: 'paused' })
  await time.pass(100)
  expect(await current.update({ status: 'in-progress' })).toMatchObject({ status: 'in-progress' })
  await time.pass(5)
  expect(await current.update({ status: 'stopped' })).toMatchObject({ status: 'stopped', duration: '15' })

  expect(await call.recordings(started.sid).fetch()).toMatchObject({ status: 'completed', duration: '15' })
  await expect(current.update({ status: 'stopped' })).rejects.toMatchObject({ code: 20404, status: 404 })
})

test('a pause can be filled with silence', async () => {
  const { call, time } = await talking()

  const { sid } = await call.recordings.create()
  await time.pass(10)
  await call.recordings('Twilio.CURRENT').update({ status: 'paused' })
  await time.pass(10)
  await call.recordings(sid).update({ status: 'stopped' })

  expect(await call.recordings(sid).fetch()).toMatchObject({ duration: '20' })
})

test('a recording ends with its call, and its callback is told of both ends', async () => {
  const { call, time, site: pages, leg } = await talking()

  const { sid } = await call.recordings.create({
    recordingStatusCallback: `${pages.url}/recording`,
    recordingStatusCallbackEvent: ['in-progress', 'completed'],
  })
  await time.pass(12)
  await call.update({ status: 'completed' })
  await time.settle()

  const told = pages.asked.filter(({ path }) => path === '/recording').map(({ params }) => params)
  expect(told).toMatchObject([
    { RecordingStatus: 'in-progress', RecordingSid: sid, RecordingSource: 'StartCallRecordingAPI', CallSid: leg.sid },
    { RecordingStatus: 'completed', RecordingSid: sid, RecordingDuration: '12', RecordingChannels: '1' },
  ])
})

test('the sound is a WAV file that lasts as long as the recording, open to whoever has its URL', async () => {
  const { call, time, url, network } = await talking()
  const { sid } = await call.recordings.create()
  await time.pass(3)
  const where = network.recordings.get(sid)?.url ?? ''
  expect(where).toBe(`${url}/2010-04-01/Accounts/${ACCOUNT}/Recordings/${sid}`)
  expect((await fetch(`${where}.wav`)).status).toBe(404)
  await call.recordings(sid).update({ status: 'stopped' })

  for (const ending of ['', '.wav', '.mp3']) {
    const answer = await fetch(where + ending)
    const sound = Buffer.from(await answer.arrayBuffer())
    expect(answer.headers.get('content-type')).toBe('audio/x-wav')
    expect([sound.subarray(0, 4).toString(), sound.subarray(8, 12).toString()]).toEqual(['RIFF', 'WAVE'])
    expect(sound.readUInt32LE(40) / sound.readUInt32LE(28)).toBe(3) // bytes of sound by bytes a second
  }
  expect((await fetch(where, { method: 'HEAD' })).status).toBe(200)
  expect((await fetch(`${where}.json`)).status).toBe(401)
  expect((await fetch(where, { method: 'DELETE' })).status).toBe(401)
})

test('recordings of all calls are listed, shown and deleted', async () => {
  const { client, call, time, leg } = await talking()
  const { sid } = await call.recordings.create()
  await time.pass(3)
  await call.recordings(sid).update({ status: 'stopped' })

  expect(await client.recordings.list({ callSid: leg.sid })).toMatchObject([
    { sid, duration: '3', mediaUrl: expect.any(String) },
  ])
  expect(await client.recordings.list({ callSid: 'CA1' })).toEqual([])
  expect(await call.recordings.list()).toMatchObject([{ sid, track: 'both' }])
  expect(await client.recordings(sid).fetch()).toMatchObject({
    sid,
    uri: `/2010-04-01/Accounts/${ACCOUNT}/Recordings/${sid}.json`,
  })
  expect(await client.recordings(sid).remove()).toBe(true)
  await expect(client.recordings(sid).fetch()).rejects.toMatchObject({ code: 20404 })
})

test('a call that is not answered, or over, cannot be recorded; nor can nothing be stopped', async () => {
  const { client, call, time } = await talking()

  const { sid } = await client.calls.create({ from: OWN, to: PERSON, twiml: GATHER })
  await expect(client.calls(sid).recordings.create()).rejects.toMatchObject({ code: 21220, status: 400 })
  await call.update({ status: 'completed' })
  await time.settle()
  await expect(call.recordings.create()).rejects.toMatchObject({ code: 21220 })
  await expect(call.recordings('RE1').update({ status: 'stopped' })).rejects.toMatchObject({ code: 20404 })
})

test('a call that is placed to be recorded tells of it at its end', async () => {
  const { client, time, site: pages, network } = await talking()
  network.plans.calls.set(PERSON, { outcome: 'answered', after: 1, talks: 20 })

  const { sid } = await client.calls.create({
    from: OWN,
    to: PERSON,
    twiml: GATHER,
    record: true,
    recordingChannels: 'dual',
    recordingStatusCallback: `${pages.url}/recording`,
    statusCallback: `${pages.url}/status`,
  })
  await time.pass(60)

  const [recording] = await client.calls(sid).recordings.list()
  expect(recording).toMatchObject({ source: 'OutboundAPI', channels: 2, duration: '20', status: 'completed' })
  const [told, ended] = ['/recording', '/status'].map((path) => pages.asked.find((one) => one.path === path)?.params)
  expect(told).toMatchObject({ RecordingSid: recording?.sid, RecordingSource: 'OutboundAPI', CallSid: sid })
  expect(ended).toMatchObject({ RecordingSid: recording?.sid, RecordingDuration: '20', CallStatus: 'completed' })
})
