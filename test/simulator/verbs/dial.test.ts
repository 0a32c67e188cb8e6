import { expect, test } from 'vitest'
import { MUSIC } from '../support/app.ts'
import { askedFor, CALLER, NUMBER, openExchange, problemsOf, saidIn, twiml } from '../support/phone.ts'

const OTHER = '+15550003000'
const THIRD = '+15550004000'

test('A noun tells its status callback of the events that it names', async () => {
  const events = 'initiated ringing answered completed'
  const exchange = await openExchange({
    '/voice': twiml(`<Dial><Number statusCallback="/leg" statusCallbackEvent="${events}">${OTHER}</Number></Dial>`),
    '/leg': { status: 204 },
  })
  exchange.network.plans.calls.set(OTHER, { outcome: 'answered', after: 4, talks: 61 })

  const { leg } = await exchange.call()
  await exchange.end(leg)

  expect(askedFor(exchange.app, '/leg')).toMatchObject([
    { CallStatus: 'initiated', SequenceNumber: '0', ParentCallSid: leg.sid, Direction: 'outbound-dial', To: OTHER },
    { CallStatus: 'ringing', SequenceNumber: '1' },
    { CallStatus: 'in-progress', SequenceNumber: '2' },
    { CallStatus: 'completed', SequenceNumber: '3', CallDuration: '61', Duration: '2' },
  ])
})

test('The first of several to answer wins; the others are hung up', async () => {
  const exchange = await openExchange({
    '/voice': twiml(
      `<Dial action="/after"><Number>${OTHER}</Number><Client statusCallback="/leg">jane</Client></Dial>`,
    ),
    '/after': twiml(),
    '/leg': { status: 204 },
  })
  exchange.network.plans.calls.set(OTHER, { outcome: 'answered', after: 2, talks: 8 })
  exchange.network.plans.calls.set('client:jane', { outcome: 'answered', after: 9 })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([{ DialCallStatus: 'completed', DialCallDuration: '8' }])
  expect(askedFor(exchange.app, '/leg')).toMatchObject([{ CallStatus: 'no-answer', To: 'client:jane' }])
})

test('Sequential nouns ring one after another', async () => {
  const exchange = await openExchange({
    '/voice': twiml(
      `<Dial action="/after" sequential="true" timeout="10"><Number>${OTHER}</Number><Number>${THIRD}</Number></Dial>`,
    ),
    '/after': twiml(),
  })
  exchange.network.plans.calls.set(OTHER, { outcome: 'no-answer', after: 0 })
  exchange.network.plans.calls.set(THIRD, { outcome: 'answered', after: 3, talks: 5 })

  await exchange.end((await exchange.call()).leg)

  const dialled = exchange.happenings.filter(({ type }) => type === 'dialled')
  expect(dialled.map(({ at }) => at - (dialled[0]?.at ?? 0))).toEqual([0, 10_000])
  expect(askedFor(exchange.app, '/after')).toMatchObject([{ DialCallStatus: 'completed', DialCallDuration: '5' }])
})

test.each([
  ['busy', 'busy', 'busy'],
  ['busy', 'no-answer', 'no-answer'],
  ['failed', 'no-answer', 'failed'],
] as const)('Where one is %s and one %s, the Dial was %s', async (one, other, status) => {
  const exchange = await openExchange({
    '/voice': twiml(`<Dial action="/after"><Number>${OTHER}</Number><Number>${THIRD}</Number></Dial>`),
    '/after': twiml(),
  })
  exchange.network.plans.calls.set(OTHER, { outcome: one, after: 2 })
  exchange.network.plans.calls.set(THIRD, { outcome: other, after: 2 })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([{ DialCallStatus: status, DialBridged: 'false' }])
})

test.each([
  ['1', 'completed'],
  ['2', 'no-answer'],
])('A callee who presses %s in the whisper makes the Dial %s', async (presses, status) => {
  const exchange = await openExchange({
    '/voice': twiml(`<Dial action="/after"><Number url="/whisper" sendDigits="ww12#">${OTHER}</Number></Dial>`),
    '/whisper': twiml('<Gather numDigits="1" action="/screened"><Say>Press 1 to accept.</Say></Gather><Hangup/>'),
    '/screened': ({ params }) => twiml(params.Digits === '1' ? '<Dial>+15550005000</Dial>' : '<Hangup/>'),
    '/after': twiml(),
  })
  exchange.network.plans.calls.set(OTHER, { outcome: 'answered', after: 2, talks: 8, presses })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/screened')).toMatchObject([{ Digits: presses, From: CALLER, To: OTHER }])
  expect(askedFor(exchange.app, '/after')).toMatchObject([{ DialCallStatus: status }])
  expect(exchange.happenings).toContainEqual(expect.objectContaining({ type: 'toned', digits: 'ww12#' }))
  expect(problemsOf(exchange)).toEqual(presses === '1' ? [13201] : [])
})

test.each([
  ['Enable', 'machine_start', '4000'],
  ['DetectMessageEnd', 'machine_end_beep', '12000'],
])('A noun with %s finds a machine beside the call', async (mode, answeredBy, duration) => {
  const noun = `<Number machineDetection="${mode}" amdStatusCallback="/amd">${OTHER}</Number>`
  const exchange = await openExchange({ '/voice': twiml(`<Dial>${noun}</Dial>`), '/amd': { status: 204 } })
  exchange.network.plans.calls.set(OTHER, { outcome: 'answered', after: 2, talks: 30, answeredBy: 'machine' })

  await exchange.end((await exchange.call()).leg)

  const [asked] = askedFor(exchange.app, '/amd')
  expect(asked).toMatchObject({ AnsweredBy: answeredBy, MachineDetectionDuration: duration })
  expect(Object.keys(asked ?? {})).toHaveLength(4)
})

test('The star drops the callee and keeps the caller', async () => {
  const exchange = await openExchange({
    '/voice': twiml(`<Dial action="/after" hangupOnStar="true">${OTHER}</Dial>`),
    '/after': twiml('<Say>And now?</Say>'),
  })
  exchange.network.plans.calls.set(OTHER, { outcome: 'answered', after: 2 })

  const caller = await exchange.call()
  await exchange.time.pass(12)
  await caller.press('*')
  await exchange.end(caller.leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([
    { DialCallStatus: 'completed', DialCallDuration: '10', CallStatus: 'in-progress' },
  ])
  expect(saidIn(exchange)).toEqual(['And now?'])
})

test.each([
  ['record-from-answer', '20', '1'],
  ['record-from-answer-dual', '20', '2'],
  ['record-from-ringing-dual', '22', '2'],
  ['true', '20', '1'],
])('A Dial ends at its timeLimit; %s records %s seconds on %s channels', async (record, seconds, channels) => {
  const callback = 'recordingStatusCallback="/recorded" recordingStatusCallbackEvent="in-progress completed"'
  const exchange = await openExchange({
    '/voice': twiml(`<Dial action="/after" timeLimit="20" record="${record}" ${callback}>${OTHER}</Dial>`),
    '/after': twiml(),
    '/recorded': { status: 204 },
  })
  exchange.network.plans.calls.set(OTHER, { outcome: 'answered', after: 2 })

  await exchange.end((await exchange.call()).leg)

  const [after] = askedFor(exchange.app, '/after')
  expect(after).toMatchObject({ DialCallDuration: '20', RecordingDuration: seconds })
  const about = { RecordingSource: 'DialVerb', RecordingSid: after?.RecordingSid, RecordingChannels: channels }
  expect(askedFor(exchange.app, '/recorded')).toMatchObject([
    { ...about, RecordingStatus: 'in-progress' },
    { ...about, RecordingStatus: 'completed', RecordingDuration: seconds },
  ])
})

test('With answerOnBridge the caller goes on hearing it ring until the callee answers', async () => {
  const exchange = await openExchange({
    '/voice': twiml(`<Dial action="/after" answerOnBridge="true">${OTHER}</Dial>`),
    '/after': twiml(),
  })
  exchange.network.plans.calls.set(OTHER, { outcome: 'answered', after: 7, talks: 5 })

  const { leg } = await exchange.call()
  await exchange.time.pass(6)
  expect(leg.status).toBe('ringing')
  await exchange.end(leg)

  expect(askedFor(exchange.app, '/status')).toMatchObject([{ CallDuration: '5', CallStatus: 'completed' }])
})

test('A number of the network is reached as a call of its own, whose menu the caller answers', async () => {
  const exchange = await openExchange({
    '/voice': twiml(`<Dial action="/after">${OTHER}</Dial>`),
    '/other': twiml('<Gather numDigits="1" action="/chosen"><Say>Press a key.</Say></Gather>'),
    '/chosen': twiml('<Say>Thank you.</Say>'),
    '/after': twiml(),
  })
  exchange.network.attach(OTHER, { voice: { url: `${exchange.app.origin}/other`, method: 'POST' } })

  const caller = await exchange.call()
  await caller.press('4')
  await exchange.end(caller.leg)

  expect(askedFor(exchange.app, '/other')).toMatchObject([{ From: CALLER, To: OTHER, Direction: 'inbound' }])
  expect(askedFor(exchange.app, '/chosen')).toMatchObject([{ Digits: '4', From: CALLER, To: OTHER }])
  expect(saidIn(exchange)).toEqual(['Press a key.', 'Thank you.'])
  expect(askedFor(exchange.app, '/after')).toMatchObject([{ DialCallStatus: 'completed', CallStatus: 'in-progress' }])
})

test.each([
  ['<Reject reason="busy"/>', 'busy'],
  ['<Reject/>', 'no-answer'],
  ['<Pause length="40"/>', 'no-answer'],
])('A number of the network that answers %s is %s', async (verb, status) => {
  const exchange = await openExchange({
    '/voice': twiml(`<Dial action="/after">${OTHER}</Dial>`),
    '/other': twiml(verb),
    '/after': twiml(),
  })
  exchange.network.attach(OTHER, { voice: { url: `${exchange.app.origin}/other`, method: 'POST' } })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([{ DialCallStatus: status }])
})

test('A caller who hangs up hangs up on the number of the network too', async () => {
  const exchange = await openExchange({
    '/voice': twiml(`<Dial>${OTHER}</Dial>`),
    '/other': twiml('<Play loop="0">/music.mp3</Play>'),
    '/music.mp3': MUSIC,
  })
  exchange.network.attach(OTHER, { voice: { url: `${exchange.app.origin}/other`, method: 'POST' } })

  const caller = await exchange.call()
  await exchange.time.pass(5)
  await caller.hangUp()

  expect(exchange.network.legs().map(({ status }) => status)).toEqual(['completed', 'completed', 'completed'])
})

test('A target that is no number fails', async () => {
  const exchange = await openExchange({ '/voice': twiml('<Dial action="/after">Jane</Dial>'), '/after': twiml() })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([{ DialCallStatus: 'failed' }])
})

test('A SIP address tells its response code', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Dial action="/after"><Sip>sip:jane@example.com</Sip></Dial>'),
    '/after': twiml(),
  })
  exchange.network.plans.calls.set('sip:jane@example.com', { outcome: 'busy', after: 1 })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([{ DialCallStatus: 'busy', DialSipResponseCode: '486' }])
})

test.each(['true', 'false'])('A number that dials itself comes to an end, with answerOnBridge="%s"', async (bridge) => {
  const exchange = await openExchange({ '/voice': twiml(`<Dial answerOnBridge="${bridge}">${NUMBER}</Dial>`) })

  await exchange.end((await exchange.call()).leg)

  expect(exchange.network.legs().every(({ isOver }) => isOver)).toBe(true)
  expect(problemsOf(exchange)).toEqual([32006])
})

test('A Dial of nobody that goes on at itself is a loop that is ended', async () => {
  const exchange = await openExchange({ '/voice': twiml('<Dial action="/voice">+15550003000</Dial>') })
  exchange.network.plans.calls.set(OTHER, { outcome: 'failed', after: 0 })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/voice').length).toBeLessThanOrEqual(202)
  expect(problemsOf(exchange)).toEqual([12200])
})
