import { expect, test } from 'vitest'
import type { Guest } from '../../../src/simulator/plans.ts'
import { askedFor, openExchange, problemsOf, saidIn, twiml } from '../support/phone.ts'

const GUEST: Guest = { after: 5, stays: 10, starts: true, ends: false, comes: 'always' }
const HOST = '+15550009000'

/** A conference with these attributes for most, and others for the host. */
function room(attributes: string, ofHost = '') {
  return ({ params }: { readonly params: Readonly<Record<string, string>> }) =>
    twiml(`<Dial action="/after"><Conference ${params.From === HOST ? ofHost : attributes}>Room 1</Conference></Dial>`)
}

test('Whoever waits alone is joined by a host, and the conference is over with them', async () => {
  const exchange = await openExchange({
    '/voice': room('waitUrl="/wait"'),
    '/wait': twiml('<Say>You are the first.</Say><Gather/>'),
    '/after': twiml('<Say>Goodbye.</Say>'),
  })

  const { leg } = await exchange.call()
  await exchange.end(leg)

  const [after] = askedFor(exchange.app, '/after')
  expect(after).toMatchObject({ DialCallStatus: 'answered', CallStatus: 'in-progress', FriendlyName: 'Room 1' })
  expect(after).toMatchObject({ ConferenceSid: expect.stringMatching(/^CF[0-9a-f]{32}$/) })
  expect(after).not.toHaveProperty('DialCallSid')
  expect(exchange.happenings).toContainEqual(
    expect.objectContaining({ type: 'disconnected', target: 'Room 1', seconds: 10 }),
  )
  expect(askedFor(exchange.app, '/wait')).toHaveLength(1)
  expect(problemsOf(exchange)).toEqual([13238])
  expect(saidIn(exchange)).toEqual(['You are the first.', 'Goodbye.'])
})

test('A conference starts with the first who may start it', async () => {
  const exchange = await openExchange({
    '/voice': room('startConferenceOnEnter="false"', 'endConferenceOnExit="true"'),
    '/after': twiml(),
  })
  exchange.network.plans.conferences.set('Room 1', [])

  const callers = [await exchange.call('+15550001001'), await exchange.call('+15550001002')]
  await exchange.time.pass(10)
  const conference = exchange.network.conferences.find('Room 1')
  expect(conference).toMatchObject({ status: 'init', participants: [{}, {}] })
  const host = await exchange.call(HOST)
  await exchange.time.pass(10)
  expect(conference).toMatchObject({ status: 'in-progress', participants: [{}, {}, {}] })
  await host.hangUp()
  for (const { leg } of callers) await exchange.end(leg)

  expect(conference).toMatchObject({ status: 'completed', participants: [] })
  const params = { DialCallStatus: 'answered', ConferenceSid: conference?.sid }
  expect(askedFor(exchange.app, '/after')).toMatchObject([
    { ...params, CallStatus: 'completed', From: HOST },
    { ...params, CallStatus: 'in-progress', From: '+15550001001' },
    { ...params, CallStatus: 'in-progress', From: '+15550001002' },
  ])
})

test('The first participant says who is told of the conference, and of what', async () => {
  const exchange = await openExchange({
    '/voice': room(
      'statusCallback="/told" statusCallbackEvent="start end join leave mute modify" participantLabel="me"',
    ),
    '/told': { status: 204 },
  })
  exchange.network.plans.conferences.set('Room 1', [GUEST])

  const caller = await exchange.call()
  await exchange.time.pass(6)
  const conference = exchange.network.conferences.find('Room 1')
  conference?.change(caller.leg.sid, { muted: true, hold: true })
  await exchange.time.pass(20)
  await caller.hangUp()

  const told = askedFor(exchange.app, '/told')
  expect(told.map(({ StatusCallbackEvent }) => StatusCallbackEvent)).toEqual([
    'participant-join',
    'participant-join',
    'conference-start',
    'participant-mute',
    'participant-leave',
    'participant-leave',
    'conference-end',
  ])
  expect(told[0]).toMatchObject({
    FriendlyName: 'Room 1',
    SequenceNumber: '0',
    CallSid: caller.leg.sid,
    Muted: 'false',
    Hold: 'false',
    StartConferenceOnEnter: 'true',
    EndConferenceOnExit: 'false',
    ParticipantLabel: 'me',
  })
  expect(told[0]).not.toHaveProperty('From')
  expect(told[3]).toMatchObject({ Muted: 'true', SequenceNumber: '3' })
  expect(told.at(-1)).toMatchObject({
    ReasonConferenceEnded: 'last-participant-left',
    CallSidEndingConference: caller.leg.sid,
  })
})

test('The star leaves a conference', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Dial action="/after" hangupOnStar="true"><Conference>Room 1</Conference></Dial>'),
    '/after': twiml('<Say>You left.</Say>'),
  })
  exchange.network.plans.conferences.set('Room 1', [{ ...GUEST, stays: 600 }])

  const caller = await exchange.call()
  await caller.press('*')
  await exchange.end(caller.leg)

  expect(saidIn(exchange)).toEqual(['You left.'])
  expect(exchange.network.conferences.find('Room 1')?.participants).toHaveLength(1)
})

test('A participant may leave for a time limit, or with the end of the conference by REST', async () => {
  const exchange = await openExchange({
    '/voice': ({ params }) =>
      twiml(
        `<Dial action="/after" timeLimit="${params.From === HOST ? 300 : 20}"><Conference>Room 1</Conference></Dial>`,
      ),
    '/after': twiml(),
  })
  exchange.network.plans.conferences.set('Room 1', [{ ...GUEST, after: 0, stays: 600 }])

  const { leg: short } = await exchange.call()
  const { leg: long } = await exchange.call(HOST)
  await exchange.end(short)
  expect(long.isOver).toBe(false)
  exchange.network.conferences.find('Room 1')?.end()
  await exchange.time.settle()

  expect(long.isOver).toBe(true)
  expect(askedFor(exchange.app, '/after')).toMatchObject([{ CallSid: short.sid }, { CallSid: long.sid }])
})

test('A conference takes no more than maxParticipants', async () => {
  const exchange = await openExchange({
    '/voice': room('maxParticipants="1"', 'maxParticipants="1"'),
    '/after': twiml(),
  })
  exchange.network.plans.conferences.set('Room 1', [])

  await exchange.call()
  await exchange.end((await exchange.call(HOST)).leg)

  expect(problemsOf(exchange)).toContain(16020)
  expect(askedFor(exchange.app, '/after')).toMatchObject([{ DialCallStatus: 'failed', From: HOST }])
})

test('Those who are there hear a beep when somebody comes and goes, unless they are to hear none', async () => {
  const exchange = await openExchange({ '/voice': room('', 'beep="onExit"'), '/after': twiml() })
  exchange.network.plans.conferences.set('Room 1', [])

  const { leg } = await exchange.call()
  const host = await exchange.call(HOST)
  const beeps = () => exchange.happenings.filter(({ type, sid }) => type === 'toned' && sid === leg.sid)
  expect(beeps()).toHaveLength(0)
  await host.hangUp()

  expect(beeps()).toHaveLength(1)
})

test('A conference is recorded from its start', async () => {
  const exchange = await openExchange({
    '/voice': room('record="record-from-start" recordingStatusCallback="/recorded"'),
    '/recorded': { status: 204 },
    '/after': twiml(),
  })
  exchange.network.plans.conferences.set('Room 1', [{ ...GUEST, ends: true }])

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/recorded')).toMatchObject([
    { RecordingSource: 'Conference', RecordingDuration: '10', ConferenceSid: expect.stringMatching(/^CF/) },
  ])
})
