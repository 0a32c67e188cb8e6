import { expect, test } from 'vitest'
import { MUSIC } from '../support/app.ts'
import { askedFor, CALLER, openExchange, problemsOf, saidIn, twiml } from '../support/phone.ts'
import { serveSockets } from '../support/sockets.ts'

test('A stream carries silence and keys to the server, its sound and marks back, and ends with the socket', async () => {
  const sockets = await serveSockets((message, peer) => {
    if (message.event === 'start') {
      peer.send({ event: 'media', media: { payload: Buffer.alloc(16_000).toString('base64') } })
      peer.send({ event: 'mark', mark: { name: 'played' } })
    }
    if (message.event === 'dtmf') peer.close()
  })
  const exchange = await openExchange({
    '/voice': twiml(
      `<Connect action="/after"><Stream url="${sockets.url}" name="mine" statusCallback="/told"><Parameter name="a" value="1"/></Stream></Connect>`,
    ),
    '/after': twiml('<Say>The stream is over.</Say>'),
    '/told': { status: 204 },
  })

  const caller = await exchange.call()
  await exchange.time.pass(3)
  await caller.press('7')
  await exchange.end(caller.leg)

  const [connected, start, ...rest] = sockets.heard
  expect(connected).toEqual({ event: 'connected', protocol: 'Call', version: '1.0.0' })
  expect(start).toMatchObject({
    event: 'start',
    sequenceNumber: '1',
    streamSid: expect.stringMatching(/^MZ[0-9a-f]{32}$/),
    start: {
      callSid: caller.leg.sid,
      tracks: ['inbound'],
      customParameters: { a: '1' },
      mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 },
    },
  })
  const media = rest.filter(({ event }) => event === 'media')
  expect(media).toHaveLength(150)
  expect(media[1]).toMatchObject({ media: { track: 'inbound', chunk: '2', timestamp: '20' } })
  const mark = rest.findIndex(({ event }) => event === 'mark')
  expect(rest[mark]).toMatchObject({ mark: { name: 'played' } })
  expect(rest.slice(0, mark).filter(({ event }) => event === 'media').length).toBeGreaterThanOrEqual(95) // 2 s
  expect(rest.at(-1)).toMatchObject({ event: 'dtmf', dtmf: { digit: '7' } })
  expect(askedFor(exchange.app, '/told')).toMatchObject([
    { StreamEvent: 'stream-started', StreamName: 'mine', StreamSid: start?.streamSid },
    { StreamEvent: 'stream-stopped', CallSid: caller.leg.sid },
  ])
  expect(saidIn(exchange)).toEqual(['The stream is over.'])
  expect(problemsOf(exchange)).toEqual([12200]) // no wss
})

test('A caller who hangs up stops the stream', async () => {
  const sockets = await serveSockets(() => {})
  const exchange = await openExchange({
    '/voice': twiml(`<Connect action="/after"><Stream url="${sockets.url}"/></Connect>`),
  })

  const caller = await exchange.call()
  await exchange.time.pass(1)
  await caller.hangUp()

  expect(sockets.heard.at(-1)).toMatchObject({ event: 'stop', stop: { callSid: caller.leg.sid } })
  expect(askedFor(exchange.app, '/after')).toEqual([])
})

test('A clear gives back the marks of what was not heard', async () => {
  const sockets = await serveSockets((message, peer) => {
    if (message.event === 'start') {
      peer.send({ event: 'media', media: { payload: Buffer.alloc(80_000).toString('base64') } })
      peer.send({ event: 'mark', mark: { name: 'far' } })
      peer.send({ event: 'clear' })
      peer.send('not json')
    }
    if (message.event === 'mark') peer.close()
  })
  const exchange = await openExchange({ '/voice': twiml(`<Connect><Stream url="${sockets.url}"/></Connect>`) })

  const caller = await exchange.call()
  await exchange.end(caller.leg)

  expect(sockets.heard.map(({ event }) => event)).toContain('mark')
  expect(problemsOf(exchange)).toEqual([12200, 31951])
  expect(askedFor(exchange.app, '/status')).toMatchObject([{ CallDuration: '0' }])
})

test.each([
  ['ws://127.0.0.1:9/', [12200, 31920]],
  ['ws://example.com/', [11100]],
  ['over there', [11100]],
])('A stream to %s is told of as an error, and the call goes on', async (url, problems) => {
  const exchange = await openExchange({
    '/voice': twiml(`<Connect><Stream url="${url}" statusCallback="/told"/></Connect>`, '<Say>Next.</Say>'),
    '/told': { status: 204 },
  })

  await exchange.end((await exchange.call()).leg)

  expect(problemsOf(exchange)).toEqual(problems)
  expect(askedFor(exchange.app, '/told')).toMatchObject([{ StreamEvent: 'stream-error' }])
  expect(saidIn(exchange)).toEqual(['Next.'])
})

test('A relay passes on what the caller says and presses, says what comes back, and hands over at the end', async () => {
  const sockets = await serveSockets((message, peer) => {
    if (message.type === 'prompt')
      setTimeout(() => {
        peer.send({ type: 'text', token: 'You said ', last: false })
        peer.send({ type: 'text', token: String(message.voicePrompt), last: true })
      }, 20) // a server that thinks does so in the world's time
    if (message.type === 'dtmf') {
      peer.send({ type: 'play', source: `${exchange.app.origin}/bye.mp3` })
      peer.send({ type: 'sendDigits', digits: '12' })
      peer.send({ type: 'end', handoffData: '{"reason":"done"}' })
    }
  })
  const exchange = await openExchange({
    '/voice': twiml(
      `<Connect action="/after"><ConversationRelay url="${sockets.url}" welcomeGreeting="Hello!" dtmfDetection="true"><Parameter name="a" value="1"/></ConversationRelay></Connect>`,
    ),
    '/after': twiml('<Say>Goodbye.</Say>'),
    '/bye.mp3': MUSIC,
  })

  const caller = await exchange.call()
  await caller.say('Good morning')
  await caller.press('1')
  await exchange.end(caller.leg)

  expect(sockets.heard).toMatchObject([
    {
      type: 'setup',
      sessionId: expect.stringMatching(/^VX[0-9a-f]{32}$/),
      callSid: caller.leg.sid,
      from: CALLER,
      direction: 'inbound',
      customParameters: { a: '1' },
    },
    { type: 'prompt', voicePrompt: 'Good morning', lang: 'en-US', last: true },
    { type: 'dtmf', digit: '1' },
  ])
  expect(saidIn(exchange)).toEqual(['Hello!', 'You said Good morning', 'Goodbye.'])
  expect(exchange.happenings.map(({ type }) => type)).toEqual(expect.arrayContaining(['played', 'toned']))
  expect(askedFor(exchange.app, '/after')).toMatchObject([
    { SessionId: sockets.heard[0]?.sessionId, SessionStatus: 'ended', HandoffData: '{"reason":"done"}' },
  ])
})

test('Who interrupts a relay is passed on with how much they had heard', async () => {
  const sockets = await serveSockets((message, peer) => {
    if (message.type === 'prompt') peer.send({ type: 'end' })
  })
  const exchange = await openExchange({
    '/voice': twiml(
      `<Connect><ConversationRelay url="${sockets.url}" welcomeGreeting="${'word '.repeat(30)}"/></Connect>`,
    ),
  })

  const { leg } = await exchange.call()
  await exchange.time.pass(5)
  leg.give({ kind: 'speech', text: 'Stop' })
  await exchange.end(leg)

  expect(sockets.heard[1]).toEqual({
    type: 'interrupt',
    utteranceUntilInterrupt: 'word '.repeat(15),
    durationUntilInterruptMs: 5_000,
  })
  expect(sockets.heard[2]).toMatchObject({ type: 'prompt', voicePrompt: 'Stop' })
})

test('A message that is none is answered with an error, and a socket that closes ends the relay', async () => {
  const sockets = await serveSockets((message, peer) => {
    if (message.type === 'setup') peer.send({ type: 'shout' })
    if (message.type === 'error') peer.close()
  })
  const exchange = await openExchange({
    '/voice': twiml(`<Connect action="/after"><ConversationRelay url="${sockets.url}"/></Connect>`),
    '/after': twiml(),
  })

  await exchange.end((await exchange.call()).leg)

  expect(sockets.heard[1]).toMatchObject({ type: 'error', description: expect.stringContaining('shout') })
  expect(problemsOf(exchange)).toEqual([12200, 64107, 64105])
  expect(askedFor(exchange.app, '/after')).toMatchObject([
    { SessionStatus: 'failed', ErrorCode: '64105', ErrorMessage: 'WebSocket Ended' },
  ])
})

test('A relay that cannot be had fails', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Connect action="/after"><ConversationRelay url="ws://127.0.0.1:9/"/></Connect>'),
    '/after': twiml(),
  })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([{ SessionStatus: 'failed', ErrorCode: '64102' }])
})

test('A caller who hangs up on a relay is told of to its action', async () => {
  const sockets = await serveSockets(() => {})
  const exchange = await openExchange({
    '/voice': twiml(`<Connect action="/after"><ConversationRelay url="${sockets.url}"/></Connect>`),
    '/after': twiml('<Say>Hello?</Say>'),
  })

  const caller = await exchange.call()
  await exchange.time.pass(9)
  await caller.hangUp()

  expect(askedFor(exchange.app, '/after')).toMatchObject([
    { SessionStatus: 'completed', SessionDuration: '9', CallStatus: 'completed' },
  ])
  expect(saidIn(exchange)).toEqual([])
})

test('A virtual agent ends by plan', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Connect action="/after"><VirtualAgent connectorName="agent"/></Connect>'),
    '/after': twiml(),
  })
  exchange.network.plans.connects.set('VirtualAgent', {
    after: 4,
    params: { VirtualAgentStatus: 'live-agent-handoff' },
  })

  await exchange.end((await exchange.call()).leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([
    { VirtualAgentProvider: 'dialogflow', VirtualAgentStatus: 'live-agent-handoff' },
  ])
})

test.each(['Conversation', 'Room', 'AiSession', 'ConversationRelaySession', 'Autopilot'])(
  'A %s is over after a while, and the next verb is played',
  async (noun) => {
    const exchange = await openExchange({ '/voice': twiml(`<Connect><${noun}/></Connect>`, '<Say>Next.</Say>') })

    await exchange.end((await exchange.call()).leg)

    expect(saidIn(exchange)).toEqual(['Next.'])
    expect(askedFor(exchange.app, '/status')).toMatchObject([{ CallDuration: '10' }])
  },
)

test('A far end that is never done stays until the caller goes', async () => {
  const exchange = await openExchange({ '/voice': twiml('<Connect action="/after"><Room>1</Room></Connect>') })
  exchange.network.plans.connects.set('Room', {})

  const caller = await exchange.call()
  await exchange.time.pass(600)
  await caller.hangUp()

  expect(askedFor(exchange.app, '/after')).toEqual([])
  expect(askedFor(exchange.app, '/status')).toMatchObject([{ CallDuration: '600' }])
})
