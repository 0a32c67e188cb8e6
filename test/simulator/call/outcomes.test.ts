import { expect, test } from 'vitest'
import type { Happening } from '../../../src/simulator/happening.ts'
import type { Network } from '../../../src/simulator/network.ts'
import { Person } from '../../../src/simulator/people/person.ts'
import type { Time } from '../../../src/simulator/time.ts'
import { MUSIC, type Page } from '../support/app.ts'
import { CALLER, NUMBER, openExchange, twiml } from '../support/phone.ts'

/** One story: documents, what the person does, and what has to come of it. */
interface Story {
  readonly documents: Readonly<Record<string, Page>>
  readonly plan?: (network: Network) => void
  readonly does?: (person: Person, time: Time) => Promise<void>
  /** All requests in their order; of their parameters the decisive ones. */
  readonly asks: readonly (readonly [request: string, params?: Readonly<Record<string, string>>])[]
  /** Some of the happenings of the call, in their order. */
  readonly happens?: readonly (Pick<Happening, 'type'> & Readonly<Record<string, unknown>>)[]
  readonly status?: string
}

const NEXT = '<Say>Next.</Say>'
const saidNext = { type: 'said', text: 'Next.' } as const
const saidDone = { type: 'said', text: 'Done.' } as const
const DONE = twiml('<Say>Done.</Say>')
const RINGS = ['POST /voice', { CallStatus: 'ringing', Direction: 'inbound', From: CALLER, To: NUMBER }] as const
const ENDS = ['POST /status', { CallStatus: 'completed' }] as const
const OTHER = '+15550003000'

const hangsUpAfter = (seconds: number) => async (person: Person, time: Time) => {
  await time.pass(seconds)
  await person.hangUp()
}
const presses = (keys: string) => (person: Person) => person.press(keys)
const talks = (network: Network) => network.plans.calls.set(OTHER, { outcome: 'answered', after: 3, talks: 60 })

const STORIES: Readonly<Record<string, Story>> = {
  // Say, Play, Pause, Echo
  'Say, Play and Pause are heard to the end, one after another': {
    documents: {
      '/voice': twiml(
        '<Say voice="alice" language="fr-FR">Bonjour.</Say><Play loop="2">/a.mp3</Play><Play digits="1w2"/><Pause length="2"/>',
        NEXT,
      ),
      '/a.mp3': MUSIC,
    },
    asks: [RINGS, ['GET /a.mp3', {}], ENDS],
    happens: [
      { type: 'call', status: 'in-progress' },
      { type: 'said', text: 'Bonjour.', voice: 'alice', language: 'fr-FR' },
      { type: 'played', url: expect.stringMatching(/^http.*\/a\.mp3$/), times: 2 },
      { type: 'toned', digits: '1w2' },
      { type: 'paused', seconds: 2 },
      saidNext,
      { type: 'hung-up', by: 'server' },
      { type: 'call', status: 'completed' },
    ],
  },
  'Say is cut off by a hang-up, and nothing is asked but the end': {
    documents: { '/voice': twiml(`<Say>${'word '.repeat(100)}</Say>`, NEXT) },
    does: hangsUpAfter(2),
    asks: [RINGS, ['POST /status', { CallStatus: 'completed', CallDuration: '2' }]],
    happens: [{ type: 'hung-up', by: 'person' }],
  },
  'Play is cut off by a hang-up': {
    documents: { '/voice': twiml('<Play loop="0">/a.mp3</Play>', NEXT), '/a.mp3': MUSIC },
    does: hangsUpAfter(100),
    asks: [RINGS, ['GET /a.mp3'], ['POST /status', { CallDuration: '100' }]],
  },
  'Pause is cut off by a hang-up': {
    documents: { '/voice': twiml('<Say>Hi.</Say><Pause length="60"/>', NEXT) },
    does: hangsUpAfter(10),
    asks: [RINGS, ENDS],
  },
  'Pause as the first verb lets it ring on': {
    documents: { '/voice': twiml('<Pause length="10"/>', NEXT) },
    does: hangsUpAfter(5),
    asks: [RINGS, ['POST /status', { CallStatus: 'no-answer', CallDuration: '0' }]],
    status: 'no-answer',
  },
  'Pause alone never answers': {
    documents: { '/voice': twiml('<Pause length="10"/>') },
    asks: [RINGS, ['POST /status', { CallStatus: 'no-answer' }]],
    status: 'no-answer',
  },
  'Echo goes on until the caller hangs up': {
    documents: { '/voice': twiml('<Echo/>', NEXT) },
    does: hangsUpAfter(30),
    asks: [RINGS, ['POST /status', { CallDuration: '30' }]],
  },

  // Gather
  'Gather with keys goes on at its action': {
    documents: { '/voice': twiml('<Gather action="/keys" numDigits="2"/>', NEXT), '/keys': DONE },
    does: presses('12'),
    asks: [
      RINGS,
      ['POST /keys', { Digits: '12', FinishedOnKey: '', msg: 'Gather End', CallStatus: 'in-progress' }],
      ENDS,
    ],
    happens: [saidDone],
  },
  'Gather by GET carries its parameters in the query, beside the one that is there': {
    documents: { '/voice': twiml('<Gather action="/keys?a=1&amp;b=ä" method="get" numDigits="1"/>'), '/keys': DONE },
    does: presses('1'),
    asks: [RINGS, ['GET /keys', { a: '1', b: 'ä', Digits: '1' }], ENDS],
  },
  'Gather ends on its finish key, which is no digit': {
    documents: { '/voice': twiml('<Gather action="/keys" finishOnKey="*"/>'), '/keys': DONE },
    does: presses('1#2*'),
    asks: [RINGS, ['POST /keys', { Digits: '1#2', FinishedOnKey: '*' }], ENDS],
  },
  'Gather without a finish key takes all keys and ends after a pause': {
    documents: { '/voice': twiml('<Gather action="/keys" finishOnKey="" timeout="3"/>'), '/keys': DONE },
    does: presses('1#*'),
    asks: [RINGS, ['POST /keys', { Digits: '1#*', FinishedOnKey: '' }], ENDS],
  },
  'Gather with the finish key alone has no input': {
    documents: { '/voice': twiml('<Gather action="/keys"/>', NEXT) },
    does: presses('#'),
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },
  'Gather without an action goes on at its own document, by POST': {
    documents: {
      '/voice': ({ params }) => (params.Digits === undefined ? twiml('<Gather numDigits="1"/>') : DONE),
    },
    does: presses('5'),
    asks: [RINGS, ['POST /voice', { Digits: '5' }], ENDS],
    happens: [saidDone],
  },
  'Gather with an empty action goes on at its own document too': {
    documents: {
      '/voice': ({ params }) => (params.Digits === undefined ? twiml('<Gather action="" numDigits="1"/>') : DONE),
    },
    does: presses('5'),
    asks: [RINGS, ['POST /voice', { Digits: '5' }], ENDS],
  },
  'Gather without input goes on with the next verb': {
    documents: { '/voice': twiml('<Gather action="/keys" timeout="7"><Say>Press.</Say></Gather>', NEXT) },
    asks: [RINGS, ENDS],
    happens: [{ type: 'silence', seconds: 7 }, saidNext],
  },
  'Gather without input goes on at its action where that is wanted': {
    documents: { '/voice': twiml('<Gather action="/keys" actionOnEmptyResult="true"/>', NEXT), '/keys': DONE },
    asks: [RINGS, ['POST /keys', { Digits: '', FinishedOnKey: '' }], ENDS],
    happens: [saidDone],
  },
  'Gather with speech goes on at its action': {
    documents: {
      '/voice': twiml('<Gather input="dtmf speech" action="/heard" partialResultCallback="/partly"/>'),
      '/heard': DONE,
      '/partly': { status: 204 },
    },
    does: (person) => person.say('Grüß Gott'),
    asks: [
      RINGS,
      ['POST /partly', { UnstableSpeechResult: 'Grüß Gott', SequenceNumber: '0' }],
      ['POST /heard', { SpeechResult: 'Grüß Gott', Confidence: '0.9' }],
      ENDS,
    ],
  },
  'Gather is cut off by a hang-up, and its action is not asked': {
    documents: { '/voice': twiml('<Gather action="/keys" actionOnEmptyResult="true" timeout="60"/>') },
    does: hangsUpAfter(4),
    asks: [RINGS, ENDS],
  },

  // Record
  'Record goes on at its action with the recording': {
    documents: {
      '/voice': twiml(
        '<Record action="/recorded" recordingStatusCallback="/kept" recordingStatusCallbackEvent="in-progress completed"/>',
        NEXT,
      ),
      '/recorded': DONE,
      '/kept': { status: 204 },
    },
    async does(person) {
      await person.talk(6)
      await person.press('#')
    },
    asks: [
      RINGS,
      ['POST /kept', { RecordingStatus: 'in-progress', RecordingDuration: '0' }],
      ['POST /kept', { RecordingStatus: 'completed', RecordingSource: 'RecordVerb', RecordingDuration: '6' }],
      ['POST /recorded', { RecordingDuration: '6', Digits: '#' }],
      ENDS,
    ],
    happens: [{ type: 'toned', digits: 'beep' }, { type: 'recorded', seconds: 6 }, saidDone],
  },
  'Record without an action goes on at its own document': {
    documents: {
      '/voice': ({ params }) => (params.RecordingUrl === undefined ? twiml('<Record timeout="2"/>', NEXT) : DONE),
    },
    does: (person) => person.talk(6),
    asks: [RINGS, ['POST /voice', { RecordingDuration: '6', Digits: '' }], ENDS],
  },
  'Record ends at its greatest length': {
    documents: { '/voice': twiml('<Record action="/recorded" maxLength="10"/>'), '/recorded': DONE },
    does: (person) => person.talk(30),
    asks: [RINGS, ['POST /recorded', { RecordingDuration: '10' }], ENDS],
  },
  'Record of nothing goes on with the next verb': {
    documents: {
      '/voice': twiml(
        '<Record action="/recorded" recordingStatusCallback="/kept" recordingStatusCallbackEvent="absent"/>',
        NEXT,
      ),
      '/kept': { status: 204 },
    },
    asks: [RINGS, ['POST /kept', { RecordingStatus: 'absent' }], ENDS],
    happens: [saidNext],
  },
  'Record is told of a hang-up, and its answer is not played': {
    documents: { '/voice': twiml('<Record action="/recorded"/>'), '/recorded': DONE },
    async does(person) {
      await person.talk(6)
      await person.hangUp()
    },
    asks: [RINGS, ['POST /recorded', { Digits: 'hangup', RecordingDuration: '6', CallStatus: 'completed' }], ENDS],
    happens: [{ type: 'recorded' }, { type: 'call', status: 'completed' }],
  },
  'Record without an action tells its own document of a hang-up': {
    documents: { '/voice': ({ params }) => (params.Digits === undefined ? twiml('<Record/>') : DONE) },
    does: hangsUpAfter(2),
    asks: [RINGS, ['POST /voice', { Digits: 'hangup', CallStatus: 'completed' }], ENDS],
  },

  // Dial
  'Dial goes on at its action': {
    documents: { '/voice': twiml(`<Dial action="/dialled">${OTHER}</Dial>`, NEXT), '/dialled': DONE },
    plan: talks,
    asks: [
      RINGS,
      [
        'POST /dialled',
        { DialCallStatus: 'completed', DialCallDuration: '60', DialBridged: 'true', CallStatus: 'in-progress' },
      ],
      ENDS,
    ],
    happens: [
      { type: 'dialled', target: OTHER, noun: 'Number' },
      { type: 'connected', target: OTHER },
      { type: 'disconnected', target: OTHER, status: 'completed', seconds: 60 },
      saidDone,
    ],
  },
  'Dial without an action goes on with the next verb': {
    documents: { '/voice': twiml(`<Dial>${OTHER}</Dial>`, NEXT) },
    plan: talks,
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },
  ...Object.fromEntries(
    (['busy', 'no-answer', 'failed'] as const).map((outcome) => [
      `Dial of somebody who is ${outcome} goes on at its action`,
      {
        documents: { '/voice': twiml(`<Dial action="/dialled" timeout="9">${OTHER}</Dial>`), '/dialled': DONE },
        plan: (network: Network) => network.plans.calls.set(OTHER, { outcome, after: 2 }),
        asks: [RINGS, ['POST /dialled', { DialCallStatus: outcome, DialBridged: 'false' }], ENDS],
        happens: [saidDone],
      } satisfies Story,
    ]),
  ),
  'Dial is told of a hang-up in the middle of the talk': {
    documents: { '/voice': twiml(`<Dial action="/dialled">${OTHER}</Dial>`), '/dialled': DONE },
    plan: talks,
    does: hangsUpAfter(13),
    asks: [
      RINGS,
      ['POST /dialled', { DialCallStatus: 'completed', DialCallDuration: '10', CallStatus: 'completed' }],
      ENDS,
    ],
  },
  'Dial is told of a hang-up while it rings': {
    documents: {
      '/voice': twiml(`<Dial action="/dialled"><Number statusCallback="/leg">${OTHER}</Number></Dial>`),
      '/dialled': DONE,
      '/leg': { status: 204 },
    },
    plan: talks,
    does: hangsUpAfter(2),
    asks: [
      RINGS,
      ['POST /leg', { CallStatus: 'canceled' }],
      ['POST /dialled', { DialCallStatus: 'canceled', CallStatus: 'completed' }],
      ENDS,
    ],
  },
  'Dial without an action owes nothing after a hang-up': {
    documents: { '/voice': twiml(`<Dial>${OTHER}</Dial>`) },
    plan: talks,
    does: hangsUpAfter(13),
    asks: [RINGS, ENDS],
  },

  // Enqueue and Leave
  'Enqueue goes on at its action': {
    documents: { '/voice': twiml('<Enqueue action="/dequeued">line</Enqueue>', NEXT), '/dequeued': DONE },
    asks: [RINGS, ['POST /dequeued', { QueueResult: 'bridged', QueueTime: '5' }], ENDS],
    happens: [{ type: 'queued', queue: 'line' }, { type: 'dequeued', result: 'bridged' }, saidDone],
  },
  'Enqueue without an action goes on with the next verb': {
    documents: { '/voice': twiml('<Enqueue>line</Enqueue>', NEXT) },
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },
  'Enqueue is told of a hang-up': {
    documents: { '/voice': twiml('<Enqueue action="/dequeued">line</Enqueue>'), '/dequeued': DONE },
    plan: (network) => network.plans.queues.set('line', { kind: 'nobody' }),
    does: hangsUpAfter(40),
    asks: [RINGS, ['POST /dequeued', { QueueResult: 'hangup', QueueTime: '40', CallStatus: 'completed' }], ENDS],
  },
  'Enqueue without an action owes nothing after a hang-up': {
    documents: { '/voice': twiml('<Enqueue>line</Enqueue>') },
    plan: (network) => network.plans.queues.set('line', { kind: 'nobody' }),
    does: hangsUpAfter(40),
    asks: [RINGS, ENDS],
  },
  'Leave goes on at the action of the Enqueue': {
    documents: {
      '/voice': twiml('<Enqueue action="/dequeued" waitUrl="/wait">line</Enqueue>'),
      '/wait': twiml('<Say>Nobody is here.</Say><Leave/>'),
      '/dequeued': DONE,
    },
    plan: (network) => network.plans.queues.set('line', { kind: 'nobody' }),
    asks: [RINGS, ['POST /wait', { QueuePosition: '1' }], ['POST /dequeued', { QueueResult: 'leave' }], ENDS],
    happens: [saidDone],
  },
  'Leave outside of a queue does nothing': {
    documents: { '/voice': twiml('<Leave/>', NEXT) },
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },

  // Redirect, Hangup, Reject
  'Redirect goes on elsewhere, and what follows it is not heard': {
    documents: { '/voice': twiml('<Redirect method="GET">/other?a=1</Redirect>', NEXT), '/other': DONE },
    asks: [RINGS, ['GET /other', { a: '1', CallStatus: 'ringing' }], ENDS],
    happens: [saidDone],
  },
  'Redirect without a URL asks for its own document again': {
    documents: { '/voice': answersInTurn(twiml('<Say>Hi.</Say><Redirect/>'), DONE) },
    asks: [RINGS, ['POST /voice', { CallStatus: 'in-progress' }], ENDS],
    happens: [saidDone],
  },
  'Redirect in a circle without a sound is ended by a cap of ours': {
    documents: { '/voice': twiml('<Redirect/>') },
    asks: [...Array.from({ length: 200 }, () => ['POST /voice'] as const), ENDS],
    happens: [{ type: 'problem' }, { type: 'said' }],
  },
  'Hangup ends the call': {
    documents: { '/voice': twiml('<Say>Bye.</Say><Hangup/>', NEXT) },
    asks: [RINGS, ENDS],
    happens: [{ type: 'hung-up', by: 'server' }],
  },
  'Reject as the first verb does not answer': {
    documents: { '/voice': twiml('<Reject/>', NEXT) },
    asks: [RINGS, ['POST /status', { CallStatus: 'no-answer', CallDuration: '0' }]],
    status: 'no-answer',
  },
  'Reject may be busy': {
    documents: { '/voice': twiml('<Reject reason="busy"/>') },
    asks: [RINGS, ['POST /status', { CallStatus: 'busy' }]],
    status: 'busy',
  },
  'Reject later on ends an answered call': {
    documents: { '/voice': twiml('<Say>Hi.</Say><Reject/>', NEXT) },
    asks: [RINGS, ENDS],
  },

  // Refer, Pay, Connect, Start, Stop, Sms
  'Refer of a call that is no SIP call is told of, and goes on at its action': {
    documents: { '/voice': twiml('<Refer action="/referred"><Sip>sip:a@example.com</Sip></Refer>'), '/referred': DONE },
    asks: [RINGS, ['POST /referred', { ReferCallStatus: 'failed' }], ENDS],
    happens: [{ type: 'problem', problem: expect.objectContaining({ code: 13801 }) }],
  },
  'Pay goes on at its action': {
    documents: {
      '/voice': twiml('<Pay action="/paid" securityCode="false" postalCode="false"/>', NEXT),
      '/paid': DONE,
    },
    async does(person) {
      await person.press('4111111111111111')
      await person.press('0930')
    },
    asks: [RINGS, ['POST /paid', { Result: 'success', ExpirationDate: '0930' }], ENDS],
    happens: [saidDone],
  },
  'Pay without an action goes on at its own document': {
    documents: { '/voice': ({ params }) => (params.Result === undefined ? twiml('<Pay/>', NEXT) : DONE) },
    does: presses('*'),
    asks: [RINGS, ['POST /voice', { Result: 'caller-interrupted-with-star' }], ENDS],
  },
  'Pay is told of a hang-up': {
    documents: { '/voice': twiml('<Pay action="/paid"/>'), '/paid': DONE },
    does: hangsUpAfter(3),
    asks: [RINGS, ['POST /paid', { Result: 'caller-hung-up', CallStatus: 'completed' }], ENDS],
  },
  'Connect goes on at its action when the far end is done': {
    documents: { '/voice': twiml('<Connect action="/over"><VirtualAgent/></Connect>', NEXT), '/over': DONE },
    asks: [RINGS, ['POST /over', { VirtualAgentStatus: 'completed' }], ENDS],
    happens: [saidDone],
  },
  'Connect without an action goes on with the next verb': {
    documents: { '/voice': twiml('<Connect><Room>r</Room></Connect>', NEXT) },
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },
  'Connect is cut off by a hang-up, and its action is not asked': {
    documents: { '/voice': twiml('<Connect action="/over"><Room>r</Room></Connect>') },
    does: hangsUpAfter(4),
    asks: [RINGS, ENDS],
  },
  'Start and Stop go on at once': {
    documents: {
      '/voice': twiml('<Start><Siprec name="s"/></Start><Stop><Siprec name="s"/></Stop>', NEXT),
    },
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },
  'What was started stops with a hang-up': {
    documents: {
      '/voice': twiml('<Start><Siprec name="s" statusCallback="/siprec"/></Start><Pause length="60"/>'),
      '/siprec': { status: 204 },
    },
    does: hangsUpAfter(4),
    asks: [
      RINGS,
      ['POST /siprec', { SiprecEvent: 'siprec-started' }],
      ['POST /status', { CallStatus: 'completed' }],
      ['POST /siprec', { SiprecEvent: 'siprec-stopped' }],
    ],
  },
  'Sms without an action goes on with the next verb': {
    documents: { '/voice': twiml('<Sms>Hello</Sms>', NEXT) },
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },
  'Sms goes on at its action': {
    documents: { '/voice': twiml('<Sms action="/sent">Hello</Sms>', NEXT), '/sent': DONE },
    asks: [RINGS, ['POST /sent', { SmsStatus: 'sent' }], ENDS],
    happens: [saidDone],
  },

  // What answers an action
  'An action that answers with nothing to play ends the call': {
    documents: { '/voice': twiml('<Gather action="/keys" numDigits="1"/>', NEXT), '/keys': twiml() },
    does: presses('1'),
    asks: [RINGS, ['POST /keys', { Digits: '1' }], ENDS],
    happens: [{ type: 'hung-up', by: 'server' }],
  },
  'An action with a relative URL is meant from where redirects led': {
    documents: {
      '/voice': { status: 302, headers: { location: '/deep/down/here?x=1' } },
      '/deep/down/here': twiml('<Gather action="keys" numDigits="1"/>'),
      '/deep/down/keys': DONE,
    },
    does: presses('1'),
    asks: [
      RINGS,
      ['GET /deep/down/here', { x: '1' }],
      ['POST /deep/down/keys', { Digits: '1', CallSid: expect.stringMatching(/^CA/) }],
      ENDS,
    ],
  },
  'Cookies come back in the same call': {
    documents: {
      '/voice': { body: twiml('<Redirect>/other</Redirect>'), headers: { 'set-cookie': 'step=2; Path=/' } },
      '/other': ({ headers }) => twiml(`<Say>${headers.cookie}</Say>`),
    },
    asks: [RINGS, ['POST /other'], ENDS],
    happens: [{ type: 'said', text: 'step=2' }],
  },

  // Documents
  'A verb that is none is left out with a warning': {
    documents: { '/voice': twiml('<Shout>Hey</Shout><say>hey</say>', NEXT) },
    asks: [RINGS, ENDS],
    happens: [
      { type: 'problem', problem: expect.objectContaining({ code: 12200, level: 'warning' }) },
      { type: 'problem', problem: expect.objectContaining({ code: 12200, level: 'warning' }) },
      saidNext,
    ],
  },
  'Prompt and Queue by themselves are left out with a warning': {
    documents: { '/voice': twiml('<Queue>line</Queue>', NEXT) },
    asks: [RINGS, ENDS],
    happens: [{ type: 'problem' }, saidNext],
  },
  'An empty document ends the call': {
    documents: { '/voice': '<Response/>' },
    asks: [RINGS, ENDS],
    happens: [
      { type: 'call', status: 'in-progress' },
      { type: 'hung-up', by: 'server' },
    ],
  },
  'text/plain is said': {
    documents: { '/voice': { type: 'text/plain', body: 'Hello there' } },
    asks: [RINGS, ENDS],
    happens: [{ type: 'said', text: 'Hello there' }],
  },
  'text/plain that is TwiML is played': {
    documents: { '/voice': { type: 'text/plain; charset=utf-8', body: twiml(NEXT) } },
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },
  'text/html is TwiML': {
    documents: { '/voice': { type: 'text/html', body: twiml(NEXT) } },
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },
  'application/xml is TwiML': {
    documents: { '/voice': { type: 'application/xml', body: twiml(NEXT) } },
    asks: [RINGS, ENDS],
    happens: [saidNext],
  },
  'Sound is played': {
    documents: { '/voice': { type: 'audio/mpeg', body: 'sound' } },
    asks: [RINGS, ENDS],
    happens: [{ type: 'played', url: expect.stringContaining('/voice') }],
  },
  ...Object.fromEntries(
    (
      [
        ['JSON', { type: 'application/json', body: '{}' }, 12300],
        ['XHTML', { type: 'application/xhtml+xml', body: twiml(NEXT) }, 12300],
        ['no type', { type: '', body: twiml(NEXT) }, 11200],
        ['an error of the server', { status: 500, body: twiml(NEXT) }, 11200],
        ['a missing page', { status: 404, body: twiml(NEXT) }, 11200],
        ['what is not well-formed', { body: '<Response><Say>' }, 12100],
        ['a DOCTYPE', { body: `<!DOCTYPE Response>${twiml(NEXT).replace(/^<\?.*\?>/, '')}` }, 12100],
        ['a blank before the declaration', { body: ` ${twiml(NEXT)}` }, 12100],
        ['a character that XML forbids', { body: twiml('<Say>&#1;</Say>') }, 12100],
        ['another root', { body: '<Answer/>' }, 12102],
        ['another version', { body: '<Response version="new"/>' }, 12101],
        ['more than 64 KB', { body: twiml(`<Say>${'x'.repeat(65_536)}</Say>`) }, 11750],
        ['a redirect without an end', { status: 302, headers: { location: '/voice' } }, 11215],
      ] as const
    ).map(([what, page, code]) => [
      `An answer that is ${what} is an error, of which the caller hears`,
      {
        documents: { '/voice': page },
        asks:
          code === 11215 ? [...Array.from({ length: 11 }, () => [expect.any(String)] as const), ENDS] : [RINGS, ENDS],
        happens: [
          { type: 'problem', problem: expect.objectContaining({ code, level: 'error' }) },
          { type: 'said', text: expect.stringContaining('application error') },
        ],
      } satisfies Story,
    ]),
  ),
}

test.each(Object.entries(STORIES))('%s', async (_name, { documents, plan, does, asks, happens = [], status }) => {
  const { app, network, time, happenings, call, end } = await openExchange(documents)
  plan?.(network)

  const person = await call()
  await does?.(person, time)
  await end(person.leg)

  expect(app.asked.map(({ method, path, params }) => [`${method} ${path}`, params])).toEqual(
    asks.map(([request, params = {}]) => [request, expect.objectContaining(params)]),
  )
  expect(inOrder(happenings, happens)).toMatchObject(happens)
  expect(person.leg.status).toBe(status ?? 'completed')
})

test.each([
  ['an error', '/broken', '11200'],
  ['no TwiML', '/strange', '12300'],
])('A document that is %s is asked for at the fallback URL, once', async (_what, path, code) => {
  const { app, network, happenings, call, end } = await openExchange({
    '/broken': { status: 503 },
    '/strange': { type: 'application/json', body: '{}' },
    '/fallback': twiml(`<Say>We fell back.</Say><Redirect>${path}</Redirect>`),
  })
  const [voice, voiceFallback] = [path, '/fallback'].map((at) => ({ url: app.origin + at, method: 'POST' }) as const)
  network.attach(NUMBER, { voice, voiceFallback })

  await end((await call()).leg)

  expect(app.asked.map(({ path: asked }) => asked)).toEqual([path, '/fallback', path])
  expect(app.asked[1]?.params).toMatchObject({ ErrorCode: code, ErrorUrl: app.origin + path, CallStatus: 'ringing' })
  expect(happenings).toContainEqual(expect.objectContaining({ type: 'said', text: 'We fell back.' }))
})

test('A URL with a user is asked with Basic authentication, and signed as it is', async () => {
  const { app, network, call, end } = await openExchange({
    '/voice': twiml('<Redirect>/other#rc=2</Redirect>'),
    '/other': DONE,
  })
  const url = `${app.origin.replace('//', '//user:s%20e@')}/voice#ct=2000`
  network.attach(NUMBER, { voice: { url, method: 'GET' } })

  await end((await call()).leg)

  expect(app.asked.map(({ method, path, headers }) => [method, path, headers.authorization])).toEqual([
    ['GET', '/voice', `Basic ${Buffer.from('user:s e').toString('base64')}`],
    ['POST', '/other', `Basic ${Buffer.from('user:s e').toString('base64')}`],
  ])
})

test.each([
  ['Gather', '<Gather action="/action" timeout="60"/>'],
  ['Record', '<Record action="/action" timeout="60"/>'],
  ['Dial', `<Dial action="/action">${OTHER}</Dial>`],
  ['Conference', '<Dial action="/action"><Conference>room</Conference></Dial>'],
  ['Pay', '<Pay action="/action" timeout="60"/>'],
  ['Connect', '<Connect action="/action"><Room>r</Room></Connect>'],
])('A live call that is given another document leaves a %s without its action', async (_verb, text) => {
  const { app, network, time, happenings, call, end } = await openExchange({ '/voice': twiml(text), '/other': DONE })
  talks(network)

  const { leg } = await call()
  await time.pass(8)
  leg.interrupt({ kind: 'redirected', to: { kind: 'url', url: `${app.origin}/other`, method: 'POST' } })
  await end(leg)

  expect(app.asked.map(({ path }) => path)).toEqual(['/voice', '/other', '/status'])
  expect(app.asked[1]?.params).toMatchObject({ CallStatus: 'in-progress' })
  expect(happenings).toContainEqual(expect.objectContaining(saidDone))
  expect(network.legs().every(({ isOver }) => isOver)).toBe(true)
})

test('A relative action of a document that came from no URL is an error', async () => {
  const { network, time, happenings, call, end } = await openExchange({ '/voice': twiml('<Echo/>') })
  const { leg } = await call()

  leg.interrupt({ kind: 'redirected', to: { kind: 'twiml', text: twiml('<Gather action="/keys" numDigits="1"/>') } })
  await new Person(leg, time).press('1')
  await end(leg)

  expect(happenings).toContainEqual(
    expect.objectContaining({ type: 'problem', problem: expect.objectContaining({ code: 15004, level: 'error' }) }),
  )
  expect(network.legs()).toHaveLength(1)
})

test('A call is over after four hours', async () => {
  const { app, call, end } = await openExchange({ '/voice': twiml('<Echo/>') })

  await end((await call()).leg)

  expect(app.asked.at(-1)?.params).toMatchObject({ CallStatus: 'completed', CallDuration: '14400', Duration: '240' })
})

test.each([
  ['answered', 'in-progress', '200'],
  ['busy', 'busy', '486'],
  ['no-answer', 'no-answer', '480'],
  ['failed', 'failed', '404'],
] as const)('Refer to a SIP address where it is %s goes on at its action', async (outcome, status, code) => {
  const { app, network, call, end } = await openExchange({
    '/voice': twiml('<Refer action="/referred"><Sip>sip:a@example.com</Sip></Refer>', NEXT),
    '/referred': DONE,
  })
  network.plans.calls.set('sip:a@example.com', { outcome, after: 2 })

  await end((await call('sip:caller@example.com')).leg)

  expect(app.asked[1]).toMatchObject({
    path: '/referred',
    params: { ReferCallStatus: status, ReferSipResponseCode: '202', NotifySipResponseCode: code },
  })
})

test('Refer is told of a hang-up', async () => {
  const { app, time, call } = await openExchange({
    '/voice': twiml('<Refer action="/referred"><Sip>sip:a@example.com</Sip></Refer>'),
    '/referred': DONE,
  })

  const caller = await call('sip:caller@example.com')
  await time.pass(1)
  await caller.hangUp()

  expect(app.asked[1]).toMatchObject({
    path: '/referred',
    params: { ReferCallStatus: 'canceled', CallStatus: 'completed' },
  })
})

test('Who hangs up while a document is fetched hears nothing of it', async () => {
  let hangUp = () => {}
  const { happenings, call, end } = await openExchange({
    '/voice': twiml('<Gather action="/keys" numDigits="1"/>'),
    '/keys': () => {
      hangUp()
      return DONE
    },
  })
  const { leg } = await call()
  hangUp = () => leg.interrupt({ kind: 'hung-up', by: 'person' })
  leg.give({ kind: 'key', key: '1' })
  await end(leg)

  expect(happenings).not.toContainEqual(expect.objectContaining({ type: 'said' }))
})

/** The first happenings that are of these types, in this order. */
function inOrder(happenings: readonly Happening[], wanted: NonNullable<Story['happens']>): readonly Happening[] {
  let from = 0
  return wanted.flatMap((one) => {
    const at = happenings.findIndex((happening, index) => index >= from && isLike(happening, one))
    from = at < 0 ? from : at + 1
    return happenings[at] ?? []
  })
}

/** Of the same type, and the same in every plain value. */
function isLike(happening: Happening, wanted: Readonly<Record<string, unknown>>): boolean {
  const given: Readonly<Record<string, unknown>> = { ...happening }
  return Object.entries(wanted).every(([key, value]) => typeof value === 'object' || given[key] === value)
}

/** Answers with one document after another, and stays with the last. */
function answersInTurn(...documents: readonly string[]): Page {
  let turn = 0
  return () => documents[Math.min(turn++, documents.length - 1)] ?? ''
}
