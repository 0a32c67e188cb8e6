import { expect, test } from 'vitest'
import { askedFor, openExchange, problemsOf, twiml } from '../support/phone.ts'
import { serveSockets } from '../support/sockets.ts'

test('A stream beside the call goes on until it is stopped by its name', async () => {
  const sockets = await serveSockets(() => {})
  const exchange = await openExchange({
    '/voice': twiml(
      `<Start><Stream name="mine" url="${sockets.url}" track="both_tracks" statusCallback="/told"/></Start>`,
      '<Pause length="2"/>',
      '<Stop><Stream name="mine"/></Stop>',
      '<Pause length="2"/>',
    ),
    '/told': { status: 204 },
  })

  await exchange.end((await exchange.call()).leg)

  expect(sockets.heard[1]).toMatchObject({ start: { tracks: ['inbound', 'outbound'] } })
  expect(sockets.heard.filter(({ event }) => event === 'media').length).toBeLessThanOrEqual(200)
  expect(sockets.heard.at(-1)).toMatchObject({ event: 'stop' })
  expect(askedFor(exchange.app, '/told').map(({ StreamEvent }) => StreamEvent)).toEqual([
    'stream-started',
    'stream-stopped',
  ])
})

test('A stream beside the call stops with it', async () => {
  const sockets = await serveSockets(() => {})
  const exchange = await openExchange({
    '/voice': twiml(`<Start><Stream url="${sockets.url}"/></Start>`, '<Pause length="1"/>'),
  })

  await exchange.end((await exchange.call()).leg)

  expect(sockets.heard.at(-1)).toMatchObject({ event: 'stop' })
})

test('A transcription tells what both ends say, with the track of each', async () => {
  const exchange = await openExchange({
    '/voice': twiml(
      '<Start><Transcription name="t" statusCallbackUrl="/told"/></Start>',
      '<Gather input="speech" action="/heard"><Say>How are you?</Say></Gather>',
    ),
    '/heard': twiml('<Stop><Transcription name="t"/></Stop>', '<Say>Never told.</Say>'),
    '/told': { status: 204 },
  })

  const caller = await exchange.call()
  await caller.say('Fine')
  await exchange.end(caller.leg)

  const told = askedFor(exchange.app, '/told')
  expect(told).toMatchObject([
    { TranscriptionEvent: 'transcription-started', SequenceId: '1', TranscriptionSid: expect.stringMatching(/^GT/) },
    { TranscriptionEvent: 'transcription-content', Track: 'outbound_track', Final: 'true' },
    { TranscriptionEvent: 'transcription-content', Track: 'inbound_track' },
    { TranscriptionEvent: 'transcription-stopped', SequenceId: '4' },
  ])
  expect(JSON.parse(told[2]?.TranscriptionData ?? '')).toMatchObject({ transcript: 'Fine' })
})

test('A transcription of one track tells that one alone', async () => {
  const exchange = await openExchange({
    '/voice': twiml(
      '<Start><Transcription track="inbound_track" statusCallbackUrl="/told"/></Start>',
      '<Say>Hello.</Say>',
    ),
    '/told': { status: 204 },
  })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/told').map(({ TranscriptionEvent }) => TranscriptionEvent)).toEqual([
    'transcription-started',
    'transcription-stopped',
  ])
})

test('A recording beside the call is kept and reported when the call is over', async () => {
  const exchange = await openExchange({
    '/voice': ({ headers }) =>
      twiml(
        `<Start><Recording channels="mono" recordingStatusCallback="http://${headers.host}/recorded"/></Start>`,
        '<Pause length="7"/>',
      ),
    '/recorded': { status: 204 },
  })

  const { leg } = await exchange.call()
  await exchange.end(leg)

  expect(askedFor(exchange.app, '/recorded')).toMatchObject([
    { RecordingSource: 'StartCallRecordingTwiML', RecordingDuration: '7', RecordingChannels: '1', CallSid: leg.sid },
  ])
  expect(exchange.network.recordings.list()).toMatchObject([{ callSid: leg.sid, seconds: 7 }])
})

test('A relative callback of a recording beside the call is an error', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Start><Recording recordingStatusCallback="/recorded"/></Start>', '<Pause length="7"/>'),
  })

  await exchange.end((await exchange.call()).leg)

  expect(problemsOf(exchange)).toEqual([11200])
  expect(askedFor(exchange.app, '/recorded')).toEqual([])
})

test('Siprec tells its callback that it starts and stops', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Start><Siprec connectorName="c" statusCallback="/told"/></Start>', '<Stop><Siprec/></Stop>'),
    '/told': { status: 204 },
  })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/told')).toMatchObject([
    { SiprecEvent: 'siprec-started' },
    { SiprecEvent: 'siprec-stopped' },
  ])
})

test('What cannot be started, or does not run, is told of', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Start><Band/></Start>', '<Stop><Stream name="mine"/></Stop>', '<Say>Go on.</Say>'),
  })

  await exchange.end((await exchange.call()).leg)

  expect(problemsOf(exchange)).toEqual([14300, 14300])
})
