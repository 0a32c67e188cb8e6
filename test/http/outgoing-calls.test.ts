import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import type { PlaceCallEffect } from '../../src/engine/effect.ts'
import type { Params } from '../../src/engine/event.ts'
import { topFrame } from '../../src/engine/execution.ts'
import type { Parts } from '../../src/parts.ts'
import { Person } from '../../src/simulator/people/person.ts'
import type { CallPlan } from '../../src/simulator/plans.ts'
import { openStage, type Stage } from '../../src/stage.ts'
import { channelThat } from '../support/channel.ts'
import { flow, type Places } from '../support/flow.ts'
import { folderOf, form, serving } from '../support/server.ts'

const CALLEE = '+15550001000'
const OWN = '+15550002000'
const NOON = Date.parse('2026-03-05T17:00:00Z')
const CALL = { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}', timeout: 30 }
const EXITS = { answered: 'greet', busy: 'mark', noAnswer: 'mark', failed: 'mark' }
const REMINDER: Places = {
  Trigger: { type: 'trigger', exits: { incomingRequest: 'ring', incomingMessage: 'ring', incomingCall: 'ring' } },
  ring: { type: 'make-outgoing-call-v2', properties: CALL, exits: EXITS },
  greet: { type: 'say-play', properties: { say: 'Hello {{flow.data.name}}' }, exits: { audioComplete: 'mark' } },
  mark: { type: 'set-variables', properties: { variables: [{ key: 'done', value: 'yes' }] }, exits: { next: null } },
}

test('whoever answers hears the next widget, and the end of the call ends nothing that is over', async () => {
  const stage = await staged(REMINDER, { outcome: 'answered', after: 3, talks: 60 })
  const said = heard(stage)

  await request(stage.parts)
  await ending(stage)

  expect(said).toEqual(['Hello Ada'])
  expect(await walk(stage)).toEqual([
    'Trigger incomingRequest ring',
    'ring answered greet',
    'greet audioComplete mark',
    'mark next Ended',
  ])
  expect(outputs(stage, 'ring')).toMatchObject({
    CallStatus: 'in-progress',
    Direction: 'outbound-api',
    To: CALLEE,
    From: OWN,
  })
  expect(outputs(stage, 'ring')).not.toHaveProperty('TrunklineExecution')
})

test.each([
  ['busy', 'busy', { CallStatus: 'busy', SipResponseCode: '486' }],
  ['no-answer', 'noAnswer', { CallStatus: 'no-answer' }],
  ['failed', 'failed', { CallStatus: 'failed' }],
] as const)('a call that is %s leaves by %s', async (outcome, exit, output) => {
  const stage = await staged(REMINDER, { outcome, after: 3 })

  await request(stage.parts)
  await ending(stage)

  expect(await walk(stage)).toEqual(['Trigger incomingRequest ring', `ring ${exit} mark`, 'mark next Ended'])
  expect(outputs(stage, 'ring')).toMatchObject(output)
})

test('a number that cannot be called leaves by failed at once', async () => {
  const stage = await staged(REMINDER, { outcome: 'answered', after: 3 })

  await request(stage.parts, 'nobody')

  expect(await walk(stage)).toContain('ring failed mark')
  expect(outputs(stage, 'ring')).toEqual({})
  expect(await stage.parts.store.warnings(only(stage).sid)).toMatchObject([{ code: 81008, widget: 'ring' }])
})

test('a machine is told by AnsweredBy', async () => {
  const properties = { ...CALL, detect_answering_machine: true, machine_detection: 'DetectMessageEnd' }
  const ring = { type: 'make-outgoing-call-v2', properties, exits: EXITS }
  const stage = await staged({ ...REMINDER, ring }, { outcome: 'answered', after: 3, answeredBy: 'machine' })

  await request(stage.parts)
  await ending(stage)

  expect(outputs(stage, 'ring')).toMatchObject({ AnsweredBy: 'machine_end_beep', MachineDetectionDuration: '12000' })
})

test('the older widget calls as well', async () => {
  const ring = { type: 'make-outgoing-call-v1', properties: CALL, exits: EXITS }
  const stage = await staged({ ...REMINDER, ring }, { outcome: 'answered', after: 3, talks: 60 })

  await request(stage.parts)
  await ending(stage)

  expect(await walk(stage)).toContain('ring answered greet')
})

test('a message can lead to a call', async () => {
  const stage = await staged(REMINDER, { outcome: 'answered', after: 3, talks: 60 })
  const said = heard(stage)

  await stage.network.text({ from: CALLEE, to: OWN, body: 'call me' })
  await ending(stage)

  expect(said).toEqual(['Hello'])
  expect(only(stage)).toMatchObject({ channel: 'message', endedReason: 'FLOW_END' })
})

test('a caller cannot be called at the same time', async () => {
  const stage = await staged(REMINDER, { outcome: 'answered', after: 3 })

  stage.network.call({ from: CALLEE, to: OWN })
  await ending(stage)

  expect(await walk(stage)).toEqual(['Trigger incomingCall ring', 'ring failed mark', 'mark next Ended'])
})

test('whoever was called and hangs up in the middle ends the walk', async () => {
  const ask = {
    type: 'gather-input-on-call',
    properties: { say: 'Yes?', timeout: 5, loop: 9 },
    exits: { timeout: 'ask' },
  }
  const stage = await staged({ ...REMINDER, greet: ask, ask }, { outcome: 'answered', after: 3, talks: 4 })

  await request(stage.parts)
  await ending(stage)

  expect(only(stage)).toMatchObject({ status: 'ended', endedReason: 'HANGUP', call: { live: false } })
})

test('a hang-up is followed by the exit for it, and the next call is another one', async () => {
  const record = { type: 'record-voicemail', exits: { hangup: 'again', recordingComplete: 'again', noAudio: 'again' } }
  const again = { type: 'make-outgoing-call-v2', properties: CALL, exits: { ...EXITS, answered: 'bye' } }
  const bye = { type: 'say-play', properties: { say: 'Bye' }, exits: { audioComplete: 'mark' } }
  const stage = await staged({ ...REMINDER, greet: record, again, bye }, { outcome: 'answered', after: 3, talks: 5 })
  const callbacks = reports(stage)
  const said = heard(stage)

  await request(stage.parts)
  await stage.time.until(() => said.length > 0)
  const { steps, call } = only(stage)
  await deliver(stage, callbacks[0])
  expect(only(stage)).toMatchObject({ steps, call, status: 'active' })
  await ending(stage)

  expect(said).toEqual(['Bye'])
  expect(await walk(stage)).toContain('again answered bye')
  expect(new Set(callbacks.map(({ params }) => params.CallSid)).size).toBe(2)
})

test.each(['the first request', 'the report of the end'])(
  '%s of a call that is over, delivered again, moves nothing of the call that came after it',
  async (which) => {
    const voicemail = {
      type: 'record-voicemail',
      exits: { hangup: 'ring', recordingComplete: 'ring', noAudio: 'ring' },
    }
    const trigger = { type: 'trigger', exits: { incomingCall: 'voicemail' } }
    const stage = await staged(
      { ...REMINDER, Trigger: trigger, voicemail },
      { outcome: 'answered', after: 3, talks: 60 },
    )
    const [asked, callbacks] = [requests(stage), reports(stage)]
    const person = new Person(stage.network.call({ from: CALLEE, to: OWN }), stage.time)
    await stage.time.settle()
    await person.hangUp()
    await stage.time.until(() => topFrame(only(stage)).at === 'greet')
    const { steps, call } = only(stage)

    const again = await deliver(stage, which === 'the first request' ? asked[0] : callbacks[0])

    expect(again.body).not.toContain('Hello')
    expect(stage.executions()).toHaveLength(1)
    expect(only(stage)).toMatchObject({ steps, call, status: 'active' })
  },
)

test('a report of an earlier call moves nothing while the next one rings', async () => {
  const again = { type: 'make-outgoing-call-v2', properties: CALL, exits: { ...EXITS, busy: null } }
  const ring = { ...again, exits: { ...EXITS, busy: 'again' } }
  const stage = await staged({ ...REMINDER, ring, again }, { outcome: 'busy', after: 3 })
  const callbacks = reports(stage)

  await request(stage.parts)
  await stage.time.until(() => callbacks.length === 1)
  await stage.time.settle()
  const ringing = only(stage)
  await deliver(stage, callbacks[0])

  expect(topFrame(ringing)).toMatchObject({ at: 'again' })
  expect(only(stage)).toMatchObject({ status: 'active', steps: ringing.steps })
  await ending(stage)
  expect(await walk(stage)).toContain('again busy Ended')
})

test('a report that comes twice moves nothing a second time', async () => {
  const stage = await staged(REMINDER, { outcome: 'busy', after: 3 })
  const callbacks = reports(stage)

  await request(stage.parts)
  await ending(stage)
  const { steps } = only(stage)
  await deliver(stage, callbacks[0])

  expect(only(stage)).toMatchObject({ steps, status: 'ended' })
})

test('an answer that is delivered twice is told the same', async () => {
  const stage = await staged(REMINDER, { outcome: 'answered', after: 3, talks: 60 })
  const asked = requests(stage)
  const bodies: string[] = []
  stage.network.watch((happening) => void (happening.type === 'answered' && bodies.push(happening.body)))

  await request(stage.parts)
  await stage.time.until(() => bodies.length === 1)

  expect((await deliver(stage, asked[0])).body).toBe(bodies[0])
  expect(await walk(stage)).toHaveLength(2)
})

test.each([
  ['answered', { CallStatus: 'in-progress' }, 'ring answered greet', 'Hello Ada'],
  ['not answered', { CallStatus: 'no-answer', CallbackSource: 'call-progress-events' }, 'ring noAnswer mark', ''],
])('a call that rings during a restart and is %s after it goes on', async (_what, params, step, said) => {
  const placed: PlaceCallEffect[] = []
  const channel = channelThat({
    placeCall: async (call) => {
      placed.push(call)
      return { ok: true, resource: { Sid: 'CA9', Status: 'queued' } }
    },
  })
  const settings = { DATABASE_URL: `sqlite:${join(folderOf({}), 'trunkline.db')}` }
  const before = await serving({ reminder: flow(REMINDER) }, settings, { channel })
  await request(before)
  await before.close()

  const { server, store } = await serving({ reminder: flow(REMINDER) }, settings, { channel })
  const { pathname, search, searchParams } = new URL(placed[0]?.url ?? '')
  const answer = await server.inject(form({ CallSid: 'CA9', ...params }, pathname + search))

  expect(answer.body).toContain(said)
  expect(placed).toHaveLength(1)
  const steps = await store.steps(searchParams.get('TrunklineExecution') ?? '')
  expect(steps.map(({ from, name, to }) => `${from} ${name} ${to}`)).toContain(step)
})

test('a call that is answered when its time is up is told nothing', async () => {
  const clock = new ManualClock(NOON)
  const stage = await staged(REMINDER, { outcome: 'answered', after: 3, talks: 60 }, clock)
  const asked = requests(stage)

  await request(stage.parts)
  clock.moveTo(NOON + 2 * 60 * 60 * 1_000) // past everything that would have rung
  await stage.parts.runtime.handle(only(stage).sid, { type: 'time-ran-out' })
  await ending(stage)

  expect(await walk(stage)).toContain('ring failed mark')
  expect((await deliver(stage, asked[0])).body).toContain('<Response/>')
  expect(stage.executions()).toHaveLength(1)
})

test('a caller who has heard something is recorded, and no longer once that is stopped', async () => {
  const stage = await staged(RECORDED, { outcome: 'busy', after: 3 })
  stage.network.call({ from: CALLEE, to: OWN })
  await ending(stage)

  expect(await walk(stage)).toEqual([
    'Trigger incomingCall early',
    'early failed hello',
    'hello audioComplete start',
    'start success listen',
    'listen audioComplete stop',
    'stop success Ended',
  ])
  const [recording] = stage.network.recordings.list()
  expect(outputs(stage, 'start')).toMatchObject({
    Sid: recording?.sid,
    CallSid: only(stage).call?.sid,
    Channels: 2,
    Source: 'StartCallRecordingAPI',
    Uri: expect.stringMatching(/\/Recordings\/RE.*\.json$/),
  })
  expect(outputs(stage, 'early')).toEqual({})
  expect(outputs(stage, 'stop')).toMatchObject({ Sid: recording?.sid, Status: 'stopped' })
})

const say = (text: string, next: string) => ({
  type: 'say-play',
  properties: { say: text },
  exits: { audioComplete: next },
})
const record = (start: boolean, next: string | null, failed: string | null) => ({
  type: 'record-call',
  properties: { record_call: start },
  exits: { success: next, failed },
})
const RECORDED: Places = {
  Trigger: { type: 'trigger', exits: { incomingCall: 'early' } },
  early: record(true, null, 'hello'), // it still rings
  hello: say('Hello', 'start'),
  start: record(true, 'listen', null),
  listen: say('You are being recorded.', 'stop'),
  stop: record(false, null, null),
}

/** A stage on which whoever is called does what is planned. */
async function staged(places: Places, plan: CallPlan, clock = new ManualClock(NOON)): Promise<Stage> {
  const definition = { ...flow(places), flags: { allow_concurrent_calls: true } }
  const flowFile = join(folderOf({ reminder: definition }), 'reminder.json')
  const stage = await openStage({ flowFile, clock })
  stage.network.plans.calls.set(CALLEE, plan)
  onTestFinished(() => stage.close())
  return stage
}

/** Begins an execution as the REST API does. */
async function request({ flows, runtime }: Parts, to = CALLEE): Promise<void> {
  const [served] = flows.list()
  const event = { type: 'incoming-request', to, from: OWN, parameters: { name: 'Ada' } } as const
  await runtime.start(served?.sid ?? '', event)
}

async function ending(stage: Stage): Promise<void> {
  await stage.time.until(() => stage.executions().every(({ status }) => status === 'ended'))
  await stage.time.pass(60)
}

function only(stage: Stage) {
  const [execution] = stage.executions()
  if (!execution) throw new Error('no execution has begun')
  return execution
}

function outputs(stage: Stage, widget: string): unknown {
  return topFrame(only(stage)).widgets[widget]
}

async function walk(stage: Stage): Promise<readonly string[]> {
  const steps = await stage.parts.store.steps(only(stage).sid)
  return steps.map(({ from, name, to }) => `${from} ${name} ${to}`)
}

/** What is said from now on. */
function heard(stage: Stage): readonly string[] {
  const said: string[] = []
  stage.network.watch((happening) => void (happening.type === 'said' && said.push(happening.text)))
  return said
}

interface Asked {
  readonly url: string
  readonly params: Params
}

/** What the network asks of the flow from now on, the status callbacks apart. */
function requests(stage: Stage): readonly Asked[] {
  const asked: Asked[] = []
  stage.network.watch((happening) => {
    if (happening.type === 'asked' && !happening.params.CallbackSource) asked.push(happening)
  })
  return asked
}

/** The status callbacks from now on. */
function reports(stage: Stage): readonly Asked[] {
  const asked: Asked[] = []
  stage.network.watch((happening) => {
    if (happening.type === 'asked' && happening.params.CallbackSource) asked.push(happening)
  })
  return asked
}

/** Delivers once more what was delivered before, under no token. */
async function deliver(stage: Stage, asked: Asked | undefined) {
  if (!asked) throw new Error('nothing was asked')
  const { pathname, search } = new URL(asked.url)
  return stage.parts.server.inject(form({ ...asked.params }, pathname + search))
}
