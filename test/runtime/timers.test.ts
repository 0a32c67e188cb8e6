import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import type { HttpOutcome } from '../../src/engine/event.ts'
import { definitionOf } from '../../src/flow/import.ts'
import { STUDIO_LIQUID } from '../../src/liquid/template.ts'
import type { Parts } from '../../src/parts.ts'
import { wholeMatch } from '../../src/regex/whole-match.ts'
import { FlowLibrary } from '../../src/runtime/flows.ts'
import type { Move } from '../../src/runtime/move.ts'
import { RateLimit } from '../../src/runtime/rate-limit.ts'
import { Runtime } from '../../src/runtime/runtime.ts'
import { Timers } from '../../src/runtime/timers.ts'
import { sqliteStore } from '../../src/store/sqlite.ts'
import { execution, moved } from '../store/sample.ts'
import { channelThat } from '../support/channel.ts'
import { flow, type Places } from '../support/flow.ts'
import { form, message, serving } from '../support/server.ts'

test('waits that cannot be ended hold up no others and are not tried without a pause', async () => {
  const { timers, store, clock, log } = await ticking()
  const createdAt = clock.now()
  await store.save(moved(execution({ sid: 'FN1', contact: '+1', createdAt }))) // its flow is not in the database
  await store.save(moved(execution({ sid: 'FN2', contact: '+2', createdAt })))

  await timers.start()
  clock.step()
  await timers.settled()

  expect(clock.step(clock.now() + 4_900)).toBe(false)
  expect(log().map(({ executionSid }) => executionSid)).toEqual(['FN1', 'FN2'])
})

test('many waits that cannot be ended hold up no others', async () => {
  const { timers, store, clock, log } = await ticking()
  const createdAt = clock.now()
  for (let index = 0; index < 300; index += 1) {
    await store.save(moved(execution({ sid: `FN${index}`, contact: `+${index}`, createdAt })))
  }

  await timers.start()
  clock.step()
  await timers.settled()
  expect(new Set(log().map(({ executionSid }) => executionSid)).size).toBe(300)
  clock.step(clock.now() + 5_000)
  await timers.settled()

  expect(log()).toHaveLength(600)
})

const WAITING: Places = {
  Trigger: { type: 'trigger', exits: { incomingMessage: 'ask', incomingRequest: 'ask' } },
  ask: {
    type: 'send-and-wait-for-reply',
    properties: { from: '{{flow.channel.address}}', body: 'Well?', timeout: '60' },
    exits: { incomingMessage: 'thank', timeout: 'look' },
  },
  thank: {
    type: 'send-message',
    properties: { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}', body: 'Thanks' },
    exits: { sent: null, failed: null },
  },
  look: {
    type: 'make-http-request',
    properties: { method: 'GET', url: 'https://a.example/{{contact.channel.address}}' },
    exits: { success: null, failed: null },
  },
}
const ANSWERED = { ok: true, status: 200, contentType: 'text/plain', headers: {}, body: '' } as const

test('a wait ends at the millisecond and not before', async () => {
  const { parts, clock, walks } = await waiting(1)

  clock.moveTo(NOON + 59_999)
  await parts.settled()
  expect(clock.next()).toBe(NOON + 60_000)
  clock.step()
  await parts.settled()

  expect(await walks()).toEqual([['Trigger incomingRequest ask', 'ask timeout look', 'look success Ended']])
})

test('a wait that was over in the moment in which its time was up ends once', async () => {
  const { parts, clock, walks } = await waiting(1)
  const [{ name = '' } = {}] = parts.flows.list()

  const reply = parts.server.inject(form(message({ From: '+0', To: '+15550002', MessageSid: 'SM9' }), `/flows/${name}`))
  clock.step()
  await Promise.all([reply, parts.settled()])

  const [walk] = await walks()
  expect(walk?.filter((step) => step.startsWith('ask '))).toHaveLength(1)
})

test('a wait without a reply expires after 30 days, and who writes then begins anew', async () => {
  const clock = new ManualClock(NOON)
  const properties = { ...WAITING.ask?.properties, timeout: '9999999' }
  const places = { ...WAITING, ask: { type: 'send-and-wait-for-reply', ...WAITING.ask, properties } }
  const reasons: unknown[] = []
  const onMove = ({ execution }: Move) => void reasons.push(execution.endedReason)
  const { server, settled } = await serving({ waiting: flow(places) }, {}, { clock, onMove })
  const write = (MessageSid: string) => server.inject(form(message({ MessageSid }), '/flows/waiting'))

  await write('SM1')
  clock.step()
  await settled()

  expect(clock.now()).toBe(NOON + 30 * 24 * 60 * 60 * 1_000 + 1)
  expect(reasons.at(-1)).toBe('EXPIRED')
  expect((await write('SM2')).body).toContain('Well?')
})

test('a walk that takes long holds up no wait that ends meanwhile', async () => {
  let answer = () => {}
  const slow = new Promise<typeof ANSWERED>((resolve) => {
    answer = () => resolve(ANSWERED)
  })
  const { parts, clock, walks, begin } = await waiting(1, (url) => (url.endsWith('+0') ? slow : ANSWERED))
  clock.moveTo(NOON + 1)
  await begin('+1')

  clock.step()
  await expect.poll(() => clock.step()).toBe(true)
  await expect.poll(walks).toMatchObject([{ length: 2 }, { length: 3 }])
  answer()
  await parts.settled()

  expect(await walks()).toMatchObject([{ length: 3 }, { length: 3 }])
})

test('thousands of waits that end at once end once each, and others are let in meanwhile', async () => {
  const { parts, clock, walks } = await waiting(2_500)
  let turns = 0
  const counting = setInterval(() => {
    turns += 1
  }, 0)

  clock.step()
  await parts.settled()
  clearInterval(counting)

  expect(new Set((await walks()).map((walk) => walk.join(', ')))).toEqual(
    new Set(['Trigger incomingRequest ask, ask timeout look, look success Ended']),
  )
  expect(turns).toBeGreaterThan(20)
})

const NOON = Date.parse('2026-01-01T12:00:00Z')
const NO_LIMIT = { REST_EXECUTIONS_PER_SECOND: '0' }

/** A server on which so many wait for a reply, and its clock. */
async function waiting(count: number, answer: (url: string) => HttpOutcome | Promise<HttpOutcome> = () => ANSWERED) {
  const clock = new ManualClock(NOON)
  const channel = channelThat({ sendMessage: async () => ({ ok: true, message: {} }) })
  const httpRequest = async ({ url }: { readonly url: string }) => answer(url)
  const parts = await serving({ waiting: flow(WAITING) }, NO_LIMIT, { clock, channel, httpRequest })
  const [served] = parts.flows.list()
  const sids: string[] = []
  const begin = async (to: string) => {
    const begun = { type: 'incoming-request', to, from: '+15550002', parameters: {} } as const
    sids.push((await parts.runtime.start(served?.sid ?? '', begun))?.sid ?? '')
  }
  await Promise.all(Array.from({ length: count }, (_, index) => begin(`+${index}`)))
  return { parts, clock, begin, walks: () => Promise.all(sids.map((sid) => walkOf(parts, sid))) }
}

async function walkOf({ store }: Parts, sid: string): Promise<readonly string[]> {
  return (await store.steps(sid)).map(({ from, name, to }) => `${from} ${name} ${to}`)
}

/** Timers over a database without flows. */
async function ticking() {
  const lines: { executionSid?: string }[] = []
  const write = (line: Buffer, _encoding: string, done: () => void) => {
    lines.push(JSON.parse(String(line)))
    done()
  }
  const clock = new ManualClock(Date.parse('2026-01-01'))
  const log = pino({ level: 'warn' }, new Writable({ write }))
  const store = await sqliteStore(':memory:')
  const flows = new FlowLibrary(store, { widgets: new Map(), liquid: STUDIO_LIQUID, wholeMatch }, definitionOf)
  const outside = {
    httpRequest: async () => ({ ok: false, reason: 'network', message: 'nothing is there' }) as const,
    channel: channelThat(),
    patient: channelThat(),
  }
  const runtime = new Runtime({
    store,
    flows,
    outside,
    log,
    clock,
    accountSid: 'AC1',
    messageReplies: 'twiml',
    keepsEvents: true,
    limits: { inbound: new RateLimit(0, 'calls', clock), rest: new RateLimit(0, 'requests', clock) },
    webhookUrl: () => 'https://phone.example/',
    onDue: () => undefined,
  })
  const timers = new Timers({ store, runtime, log, clock })
  onTestFinished(() => timers.stop().then(() => store.close()))
  return { timers, store, clock, log: () => lines }
}
