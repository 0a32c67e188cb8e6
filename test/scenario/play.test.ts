import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { failureOfMenu, flowText, folderWith, played } from './stories.ts'

test('a scenario in the form of the design plays as it is', async () => {
  const text = JSON.stringify({
    flow: 'flows/menu.json',
    start: { call: { From: '+15550001', To: '+15550002' } },
    // biome-ignore lint/suspicious/noThenProperty: the format has this key; it is a list
    then: [
      { expect: { at: 'menu', twiml: '<Response><Gather … numDigits="1"…' } },
      { press: '1' },
      {
        expect: {
          status: 'ended',
          twiml: '<Response><Say loop="1">We are open from Monday to Friday, from nine to five.</Say>',
          widgets: { menu: { Digits: '1' } },
        },
      },
    ],
  })
  expect((await played(text, resolve('story.json'))).failure).toBeUndefined()
})

test('a failure says what was expected, what came, at which step, and where the flow stood', async () => {
  const failure = await failureOfMenu('  - press: 1\n    hear: We are open from Monday to Thursday,')

  expect(failure).toEqual({
    file: resolve('story.yaml'),
    position: { line: 5, column: 11 },
    step: 'step 1: press 1, then hear',
    trouble: undefined,
    mismatches: [
      {
        path: ['heard', 0],
        what: 'heard',
        expected: 'We are open from Monday to Thursday,',
        got: ['We are open from Monday to Friday, from nine to five.', 'Thank you for calling. Goodbye.'],
        difference: 'We are open from Monday to [-Thursday,-] {+Friday, from nine to five.+}',
      },
    ],
    scene: [
      { title: 'last heard', lines: [expect.any(String), expect.any(String), 'Thank you for calling. Goodbye.'] },
      { title: 'flow', lines: ['menu with +15550001000 stands on goodbye, ended (FLOW_END)'] },
      { title: 'steps', lines: [expect.stringContaining('menu (keypress) → menu_choice (match) → opening_hours')] },
    ],
  })
})

test.each([
  ['hear: Goodbye', 'heard', 'Goodbye', '5:11'],
  ['hear: [Hello, Goodbye]', 'heard', 'Goodbye', '5:19'],
  ['hear: { only: [Hello, Goodbye] }', 'heard', 'Goodbye (as number 2, and nothing else)', '5:27'],
  ['hear: []', 'heard', 'nothing more', '5:11'],
  ['expect: { at: ask, status: ended }', 'at', 'ask', '5:19'],
  ['expect: { status: ended }', 'status', 'ended', '5:23'],
  ['expect: { endedReason: HANGUP }', 'endedReason', 'HANGUP', '5:28'],
  ['expect: { call: completed }', 'call', 'completed', '5:21'],
  ['expect: { variables: { attempts: 3 } }', 'variables.attempts', '3', '5:38'],
  ['expect: { widgets: { menu: { Digits: 1 } } }', 'widgets.menu', '{"Digits":1}', '5:32'],
  ['expect: { context: { contact: { channel: { address: x } } } }', 'context.contact.channel.address', '"x"', '5:57'],
  ['expect: { path: [Trigger, menu] }', 'path', 'menu', '5:31'],
  ['expect: { warnings: 81000 }', 'warnings', '81000', '5:25'],
  ['expect: { problems: 12100 }', 'problems', '12100', '5:25'],
  ['expect: { dialled: "+1" }', 'dialled', '+1', '5:24'],
  ['expect: { asked: GET }', 'asked', 'GET', '5:22'],
  ['expect: { twiml: <Dial> }', 'twiml', '<Dial>', '5:22'],
  ['get: Hello', 'got', 'Hello', '5:10'],
])('at the menu, %s does not hold', async (expectation, what, expected, place) => {
  const failure = await failureOfMenu(`  -\n    ${expectation}`)
  expect(failure?.mismatches[0]).toMatchObject({ what, expected })
  expect(`${failure?.position.line}:${failure?.position.column}`).toBe(place)
})

test.each([
  ['- say: hello', '3', 'a Gather takes keys now, not the words "hello"'],
  ['- press: 1\n  - press: 2', '4', 'the call is over (completed): nobody takes the keys "2"'],
  [
    '- as: +15550009\n    press: 1',
    '3',
    "nobody is on the phone: 'press' needs a call, and this is a conversation by text",
  ],
])('what nobody takes fails: %j', async (steps, line, trouble) => {
  const failure = await failureOfMenu(`  ${steps}`)
  expect(failure).toMatchObject({ trouble, position: { line: Number(line) + 1 } })
})

test('an expectation goes on where the one before it ended, and begins anew with each act', async () => {
  const twice = '  - hear: press 1\n  - hear: press 1'
  expect(await failureOfMenu(twice)).toMatchObject({
    step: 'step 2: hear',
    mismatches: [{ expected: 'press 1 (after what was expected before it)' }],
  })
  expect(
    await failureOfMenu('  - hear: press 1\n  - press: 7\n  - hear: press 1\n  - press: 8\n  - hear: press 1'),
  ).toBe(undefined)
})

test('after a wait things are looked at as they are', async () => {
  const waiting = '  - press: 1\n  - wait: 1s\n  - expect: { at: opening_hours, status: active, heard: [] }'
  expect(await failureOfMenu(waiting)).toBeUndefined()
})

test('keys that nothing ends are followed by a silence before anything is expected', async () => {
  const text = 'flow: flows/order-status.json\nstart: call\nservices: [{ url: "*", answer: { status: 404 } }]\nthen:\n'
  const { failure } = await played(`${text}  - press: 12\n    hear: We have no order 1 2.`)
  expect(failure).toBeUndefined()
})

test('the next question of a payment is heard without a silence that would answer it', async () => {
  const folder = folderWith({ 'pay.json': flowText(PAYING) })
  const text = 'flow: pay.json\nstart: call\nthen:\n'
  const typed = '  - press: 4111111111111111\n    hear: expiration date\n  - press: 1230\n    hear: Paid.'
  expect((await played(text + typed, `${folder}/story.yaml`)).failure).toBeUndefined()
})

test('a request that is not stubbed leaves by the failure exit, and is noted', async () => {
  const text = 'flow: flows/order-status.json\nstart: call\nthen:\n  - press: 12#\n    hear: We cannot look up orders'
  const { failure, notes } = await played(text)
  expect(failure).toBeUndefined()
  expect(notes).toEqual(['GET https://orders.example.com/orders/12 → no service of the scenario fits'])
})

test('a request that is not as expected is laid beside the one that is, and repeated ones are counted', async () => {
  const text = `flow: flows/order-status.json
start: call
then:
  - press: 12#
  - call:
  - press: 12#
    expect: { asked: GET https://orders.example.com/orders/13 }`
  const { failure, notes } = await played(text)
  expect(failure?.mismatches[0]?.difference).toBe(
    'GET [-https://orders.example.com/orders/13-] {+https://orders.example.com/orders/12+}',
  )
  expect(notes).toEqual(['GET https://orders.example.com/orders/12 → no service of the scenario fits (2 times)'])
})

test('where the flow stands is said in words', async () => {
  const failure = await failureOfMenu('  - expect: { at: goodbye }')
  expect(failure?.scene.find(({ title }) => title === 'flow')?.lines).toEqual([
    'menu with +15550001000 stands on menu, waits for the carrier to go on',
  ])
})

test('what the carrier has to give up fails a scenario that does not expect it', async () => {
  const folder = folderWith({ 'broken.json': flowText(REDIRECTING) })
  const text = 'flow: broken.json\nstart: call\nthen:\n  - hear: an application error has occurred'
  const alone = await played(text, `${folder}/story.yaml`)
  expect(alone.failure?.trouble).toMatch(
    /^the carrier gave up after the beginning: 11205 no service of the scenario fits POST http:/,
  )
  expect(alone.failure?.position).toEqual({ line: 2, column: 8 })

  const expecting = await played(`${text}\n    expect: { problems: 11205 }`, `${folder}/story.yaml`)
  expect(expecting.failure).toBeUndefined()
})

test('a scenario begins over REST, with a contact who answers the call of the flow', async () => {
  const { failure } = await played(`
flow: flows/appointment-reminder.json
people: { ada: +15550001234 }
start: { request: { To: ada, From: +15550009999, Parameters: { name: Ada, day: Friday, visits: [1, 2] } } }
then:
  - hear: We expect you on Friday
    expect:
      context: { trigger: { request: { to: +15550001234, from: +15550009999 } }, flow: { data: { visits: [1, 2] } } }
  - press: 1
    expect: { call: completed, status: ended }`)

  expect(failure).toBeUndefined()
})

test('those whom the flow dials do what the scenario says', async () => {
  const folder = folderWith({ 'dial.json': flowText(DIALLING) })
  const text = (callee: string, status: string) =>
    `flow: dial.json\nstart: call\npeople: { boss: +15550009 }\ncallees: { boss: ${callee} }\nthen:\n` +
    `  - expect: { dialled: +15550009, widgets: { dial: { DialCallStatus: ${status} } } }`
  for (const [callee, status] of [
    ['busy', 'busy'],
    ['no-answer', 'no-answer'],
    ['failed', 'failed'],
    ['{ answers: 2, talks: 9 }', 'completed'],
  ] as const)
    expect((await played(text(callee, status), `${folder}/story.yaml`)).failure).toBeUndefined()
})

test('the clock begins at the time of the scenario, in the time zone of its settings', async () => {
  const folder = folderWith({ 'clock.json': flowText(TELLING_THE_TIME) })
  const text =
    'flow: clock.json\nstart: call\nnow: 2026-03-02T09:30:00Z\nsettings: { TEMPLATE_TIMEZONE: Europe/Berlin }\n'
  const { failure } = await played(`${text}then: [{ hear: It is 10:30 }]`, `${folder}/story.yaml`)
  expect(failure).toBeUndefined()
})

test('a flow that cannot be played is told at its key', async () => {
  const { failure } = await played('flow: flows/nothing.json\nstart: call')
  expect(failure).toMatchObject({
    position: { line: 1, column: 7 },
    trouble: expect.stringContaining('cannot be read'),
  })
})

test('a setting that is wrong is told at its key', async () => {
  const { failure } = await played('flow: flows/menu.json\nstart: call\nsettings:\n  TEMPLATE_TIMEZONE: Moon')
  expect(failure).toMatchObject({
    position: { line: 4 },
    trouble: expect.stringContaining('"Moon"; expected: a time zone'),
  })
})

const trigger = (next: string) => ({ type: 'trigger', exits: { incomingCall: next } })

const REDIRECTING = {
  Trigger: trigger('away'),
  away: { type: 'add-twiml-redirect', properties: { url: 'http://127.0.0.1:1/', method: 'POST', timeout: '14400' } },
}

const DIALLING = {
  Trigger: trigger('dial'),
  dial: {
    type: 'connect-call-to',
    properties: { noun: 'number', to: '+15550009', caller_id: '{{contact.channel.address}}', timeout: 20 },
    exits: { callCompleted: null },
  },
}

const PAYING = {
  Trigger: trigger('pay'),
  pay: {
    type: 'capture-payments',
    properties: { security_code: false, postal_code: 'false', max_attempts: 1 },
    exits: { success: 'paid' },
  },
  paid: { type: 'say-play', properties: { say: 'Paid.', loop: 1 } },
}

const TELLING_THE_TIME = {
  Trigger: trigger('tell'),
  tell: { type: 'say-play', properties: { say: 'It is {{ "now" | date: "%H:%M" }}', loop: 1 } },
}

const AWAY = flowText({
  Trigger: { type: 'trigger', exits: { incomingCall: 'away' } },
  away: { type: 'add-twiml-redirect', properties: { url: 'https://other.example/voice' }, exits: { return: 'back' } },
  back: { type: 'say-play', properties: { say: 'Welcome back.' }, exits: { audioComplete: null } },
})

test('where TwiML leads elsewhere, the services of the scenario answer', async () => {
  const folder = folderWith({ 'away.json': AWAY })
  const text = `flow: away.json
start: call
services:
  - url: https://other.example/voice
    answer: { contentType: text/xml, body: '<Response><Say>Somebody else speaks.</Say></Response>' }
then:
  - hear: Somebody else speaks.
`

  expect((await played(text, resolve(folder, 'story.yaml'))).failure).toBeUndefined()
})

test('where nobody stands for it nothing is asked, and that is told', async () => {
  const folder = folderWith({ 'away.json': AWAY })
  const { failure, notes } = await played(
    'flow: away.json\nstart: call\nthen:\n  - hear: Somebody else speaks.\n',
    resolve(folder, 'story.yaml'),
  )

  expect(failure).toBeDefined()
  expect(notes).toEqual([expect.stringContaining('https://other.example/voice')])
})

const MUSIC = flowText({
  Trigger: { type: 'trigger', exits: { incomingCall: 'music' } },
  music: { type: 'say-play', properties: { play: 'https://media.example/hold.mp3' }, exits: { audioComplete: 'bye' } },
  bye: { type: 'say-play', properties: { say: 'Goodbye.' }, exits: { audioComplete: null } },
})

test.each([
  ['is heard where nothing stands for it', '', '{ only: [https://media.example/hold.mp3, Goodbye.] }', '[]'],
  ['is missing where a service says so', '{ status: 404 }', '{ only: [Goodbye.] }', '11200'],
  ['is no music where a service says so', '{ contentType: text/html }', '{ only: [Goodbye.] }', '13420'],
  ['cannot be had where a service fails', '{ fails: network }', '{ only: [Goodbye.] }', '11200'],
])('music %s', async (_, answer, heard, problems) => {
  const services = answer && `services: [{ url: https://media.example/*, answer: ${answer} }]`
  const text = `flow: music.json
start: call
${services}
then:
  - expect: { heard: ${heard}, problems: ${problems} }
`
  const { failure, notes } = await played(text, resolve(folderWith({ 'music.json': MUSIC }), 'story.yaml'))

  expect(failure).toBeUndefined()
  expect(notes).toEqual([])
})

test('a message that the caller has left is played back as long as it is', async () => {
  const flow = flowText({
    Trigger: { type: 'trigger', exits: { incomingCall: 'leave' } },
    leave: { type: 'record-voicemail', properties: { play_beep: 'false' }, exits: { recordingComplete: 'back' } },
    back: { type: 'say-play', properties: { play: '{{widgets.leave.RecordingUrl}}' }, exits: { audioComplete: 'ask' } },
    ask: { type: 'gather-input-on-call', properties: { say: 'Was it right?' }, exits: { keypress: null } },
  })
  const text = `flow: flow.json
start: call
then:
  - talk: 20s
  - press: '#'
  - wait: 15s
    expect: { heard: { only: [Recordings/] } }
`
  expect((await played(text, resolve(folderWith({ 'flow.json': flow }), 'story.yaml'))).failure).toBeUndefined()
})
