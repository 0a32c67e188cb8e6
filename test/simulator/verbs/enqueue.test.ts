import { expect, test } from 'vitest'
import { MUSIC } from '../support/app.ts'
import { askedFor, openExchange, saidIn, twiml } from '../support/phone.ts'

const QUEUE = twiml('<Enqueue action="/after" waitUrl="/wait">support</Enqueue>')

test('A caller hears the wait document again and again until an agent has time', async () => {
  const exchange = await openExchange({
    '/voice': QUEUE,
    '/wait': twiml('<Say>Please wait.</Say><Pause length="2"/>'),
    '/after': twiml('<Say>Goodbye.</Say>'),
  })
  exchange.network.plans.queues.set('support', { kind: 'answered', after: 7, talks: 20 })

  const { leg } = await exchange.call()
  await exchange.end(leg)

  expect(askedFor(exchange.app, '/wait')).toMatchObject([
    { QueuePosition: '1', QueueTime: '0', AvgQueueTime: '0', CurrentQueueSize: '1', MaxQueueSize: '1000' },
    { QueueTime: '3', CallStatus: 'in-progress' },
    { QueueTime: '6' },
  ])
  expect(askedFor(exchange.app, '/after')).toMatchObject([
    { QueueResult: 'bridged', QueueTime: '7', QueueSid: expect.stringMatching(/^QU[0-9a-f]{32}$/) },
  ])
  expect(saidIn(exchange)).toEqual(['Please wait.', 'Please wait.', 'Please wait.', 'Goodbye.'])
})

test('A call that dials the queue takes the first caller, who hears a document of their own before', async () => {
  const exchange = await openExchange({
    '/voice': ({ params }) =>
      params.From === '+15550009000'
        ? twiml('<Dial action="/dialled"><Queue url="/whisper">support</Queue></Dial>')
        : QUEUE,
    '/wait': twiml('<Play>/music.mp3</Play>'),
    '/music.mp3': MUSIC,
    '/whisper': twiml('<Say>You are next.</Say>'),
    '/after': twiml('<Say>Thank you.</Say>'),
    '/dialled': twiml('<Say>Next one.</Say>'),
  })
  exchange.network.plans.queues.set('support', { kind: 'nobody' })

  const first = await exchange.call('+15550001001')
  const second = await exchange.call('+15550001002')
  await exchange.time.pass(30)
  const agent = await exchange.call('+15550009000')
  await exchange.time.pass(60)
  await agent.hangUp()

  expect(askedFor(exchange.app, '/whisper')).toMatchObject([
    { CallSid: first.leg.sid, QueueTime: '30', DequeingCallSid: agent.leg.sid },
  ])
  expect(askedFor(exchange.app, '/after')).toMatchObject([
    { CallSid: first.leg.sid, QueueResult: 'bridged', QueueTime: '30', CallStatus: 'in-progress' },
  ])
  expect(askedFor(exchange.app, '/dialled')).toMatchObject([
    { DialCallStatus: 'completed', DialCallSid: first.leg.sid, DialBridged: 'true', QueueResult: 'bridged' },
  ])
  expect(exchange.network.queues.find('support')?.members).toMatchObject([{ leg: { sid: second.leg.sid } }])
})

test('A call that dials an empty queue waits for the next caller', async () => {
  const exchange = await openExchange({
    '/voice': ({ params }) =>
      params.From === '+15550009000' ? twiml('<Dial action="/dialled"><Queue>support</Queue></Dial>') : QUEUE,
    '/wait': twiml('<Pause length="60"/>'),
    '/after': twiml(),
    '/dialled': twiml(),
  })
  exchange.network.plans.queues.set('support', { kind: 'nobody' })
  exchange.network.queues.open('support')

  const agent = await exchange.call('+15550009000')
  await exchange.time.pass(20)
  const caller = await exchange.call()
  await exchange.time.pass(5)
  await caller.hangUp()
  await exchange.end(agent.leg)

  expect(askedFor(exchange.app, '/dialled')).toMatchObject([{ DialCallStatus: 'completed', DialCallDuration: '5' }])
  expect(askedFor(exchange.app, '/after')).toMatchObject([{ QueueResult: 'bridged', CallStatus: 'completed' }])
})

test.each([
  ['nobody comes in time', 'no-answer', (open: (name: string) => void) => open('support')],
  ['there is no such queue', 'failed', () => {}],
])('A call that dials a queue goes on at its action when %s', async (_why, status, prepare) => {
  const exchange = await openExchange({
    '/voice': twiml('<Dial action="/dialled" timeout="15"><Queue>support</Queue></Dial>'),
    '/dialled': twiml(),
  })
  prepare((name) => exchange.network.queues.open(name))

  const { leg } = await exchange.call()
  await exchange.end(leg)

  expect(askedFor(exchange.app, '/dialled')).toMatchObject([{ DialCallStatus: status, DialBridged: 'false' }])
})

test.each(['queue-full', 'system-error', 'error'] as const)('A queue by plan may answer %s', async (kind) => {
  const exchange = await openExchange({ '/voice': QUEUE, '/after': twiml('<Say>Sorry.</Say>') })
  exchange.network.plans.queues.set('support', { kind })

  const { leg } = await exchange.call()
  await exchange.end(leg)

  const [after] = askedFor(exchange.app, '/after')
  expect(after).toMatchObject({ QueueResult: kind })
  expect(after).not.toHaveProperty('QueueSid')
})

test('A queue takes no more callers than its maxQueueSize', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Enqueue action="/after" waitUrl="" maxQueueSize="1">support</Enqueue>'),
    '/after': twiml(),
  })
  exchange.network.plans.queues.set('support', { kind: 'nobody' })

  await exchange.call('+15550001001')
  const { leg } = await exchange.call('+15550001002')
  await exchange.end(leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([{ From: '+15550001002', QueueResult: 'queue-full' }])
})

test('A key in the wait document may let the caller leave, up to the verb after Enqueue', async () => {
  const exchange = await openExchange({
    '/voice': twiml('<Enqueue waitUrl="/wait">support</Enqueue>', '<Say>You left.</Say>'),
    '/wait': twiml('<Gather numDigits="1" action="/key"><Say>Press any key to leave.</Say></Gather>'),
    '/key': twiml('<Say>As you like.</Say>', '<Leave/>'),
  })
  exchange.network.plans.queues.set('support', { kind: 'nobody' })

  const caller = await exchange.call()
  await caller.beSilent()
  await caller.press('1')
  await exchange.end(caller.leg)

  expect(saidIn(exchange)).toEqual(['Press any key to leave.', 'Press any key to leave.', 'As you like.', 'You left.'])
  expect(askedFor(exchange.app, '/key')).toMatchObject([{ Digits: '1', QueuePosition: '1' }])
})

test('A verb that a wait document may not hold is left out with a warning', async () => {
  const exchange = await openExchange({
    '/voice': QUEUE,
    '/wait': twiml('<Dial>+15550003000</Dial><Hangup/>'),
  })
  exchange.network.plans.queues.set('support', { kind: 'nobody' })

  const { leg } = await exchange.call()
  await exchange.end(leg)

  expect(exchange.happenings).toContainEqual(
    expect.objectContaining({ type: 'problem', problem: expect.objectContaining({ code: 12200, level: 'warning' }) }),
  )
  expect(exchange.happenings).not.toContainEqual(expect.objectContaining({ type: 'dialled' }))
  expect(askedFor(exchange.app, '/after')).toMatchObject([{ QueueResult: 'hangup', CallStatus: 'completed' }])
})

test('A caller who is sent elsewhere leaves the queue; the answer of the action is not played', async () => {
  const exchange = await openExchange({
    '/voice': QUEUE,
    '/wait': twiml('<Pause length="60"/>'),
    '/after': twiml('<Say>Never heard.</Say>'),
    '/elsewhere': twiml('<Say>Welcome.</Say>'),
  })
  exchange.network.plans.queues.set('support', { kind: 'nobody' })

  const { leg } = await exchange.call()
  await exchange.time.pass(12)
  const [member] = exchange.network.queues.open('support').members
  const to = { kind: 'url', url: `${exchange.app.origin}/elsewhere`, method: 'POST' } as const
  member?.leg.interrupt({ kind: 'redirected', to })
  await exchange.end(leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([{ QueueResult: 'redirected', QueueTime: '12' }])
  expect(saidIn(exchange)).toEqual(['Welcome.'])
})

test('A caller who is sent elsewhere in the middle of the talk was redirected from it', async () => {
  const exchange = await openExchange({ '/voice': QUEUE, '/wait': twiml(), '/elsewhere': twiml('<Say>Hi.</Say>') })
  exchange.network.plans.queues.set('support', { kind: 'answered', after: 3, talks: 60 })

  const { leg } = await exchange.call()
  await exchange.time.pass(10)
  leg.interrupt({ kind: 'redirected', to: { kind: 'url', url: `${exchange.app.origin}/elsewhere`, method: 'POST' } })
  await exchange.end(leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([{ QueueResult: 'redirected-from-bridged', QueueTime: '3' }])
})

test('A workflow has an agent too, and tasks need a JSON object', async () => {
  const exchange = await openExchange({
    '/voice': ({ params }) =>
      twiml(
        `<Enqueue action="/after" workflowSid="WW1"><Task>${params.From === '+15550001001' ? '{"skill":"tax"}' : '[1]'}</Task></Enqueue>`,
      ),
    '/after': twiml(),
  })

  for (const from of ['+15550001001', '+15550001002']) await exchange.end((await exchange.call(from)).leg)

  expect(askedFor(exchange.app, '/after')).toMatchObject([
    { QueueResult: 'bridged', QueueTime: '5' },
    { QueueResult: 'error' },
  ])
})

const WORKFLOW = `WW${'1'.repeat(32)}`
const ROUTED = twiml(
  `<Enqueue workflowSid="${WORKFLOW}" action="/after" waitUrl="/wait"><Task priority="5" timeout="600">`,
  '{"name":"Ada  Lovelace","direction":"in"}</Task></Enqueue>',
)

test('A call before a workflow is a task with what is known of the call, from the first wait document to the wrapping up', async () => {
  const seen: unknown[] = []
  const exchange = await openExchange({
    '/voice': ROUTED,
    '/wait': () => {
      seen.push(exchange.network.taskRouter.list()[0]?.status)
      return twiml('<Pause length="10"/>')
    },
    '/after': twiml('<Pause length="1"/>'),
  })
  exchange.network.plans.queues.set(WORKFLOW, { kind: 'answered', after: 5, talks: 20 })

  const { leg } = await exchange.call()
  await exchange.time.pass(10)
  seen.push(exchange.network.taskRouter.list()[0]?.status)
  await exchange.end(leg)

  const [task] = exchange.network.taskRouter.list()
  expect(seen).toEqual(['pending', 'assigned'])
  expect(task).toMatchObject({ status: 'wrapping', workflowSid: WORKFLOW, channel: 'voice', priority: 5, timeout: 600 })
  expect(JSON.parse(task?.attributes ?? '')).toMatchObject({
    name: 'Ada  Lovelace',
    direction: 'in',
    call_sid: leg.sid,
    from: leg.setup.from,
    to: leg.setup.to,
    call_status: 'in-progress',
    api_version: '2010-04-01',
    from_country: '',
  })
})

test.each([
  ['hangs up', 'hangup', twiml('<Pause length="60"/>')],
  ['leaves', 'leave', twiml('<Leave/>')],
])('Who %s before an agent has time leaves no task behind', async (_what, reason, wait) => {
  const exchange = await openExchange({ '/voice': ROUTED, '/wait': wait, '/after': twiml('<Pause length="60"/>') })
  exchange.network.plans.queues.set(WORKFLOW, { kind: 'nobody' })

  const caller = await exchange.call()
  await caller.hangUp()
  await exchange.end(caller.leg)

  expect(exchange.network.taskRouter.list()).toMatchObject([{ status: 'canceled', reason }])
})

test('A task that was completed over REST stays so when its call leaves the queue', async () => {
  const exchange = await openExchange({ '/voice': ROUTED, '/wait': twiml('<Pause length="60"/>'), '/after': twiml() })
  exchange.network.plans.queues.set(WORKFLOW, { kind: 'nobody' })
  const { taskRouter } = exchange.network

  const caller = await exchange.call()
  for (const task of taskRouter.list()) taskRouter.change(task, { status: 'completed' })
  await caller.hangUp()
  await exchange.end(caller.leg)

  expect(taskRouter.list()).toMatchObject([{ status: 'completed' }])
})

test('A queue that has a name makes no task', async () => {
  const exchange = await openExchange({ '/voice': QUEUE, '/wait': twiml('<Leave/>'), '/after': twiml() })
  const { leg } = await exchange.call()
  await exchange.end(leg)
  expect(exchange.network.taskRouter.list()).toEqual([])
})
