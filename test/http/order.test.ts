import { expect, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import type { Move } from '../../src/runtime/move.ts'
import { Retention } from '../../src/runtime/retention.ts'
import { channelThat } from '../support/channel.ts'
import { flow, type Places } from '../support/flow.ts'
import { call, form, message, serving, urlIn } from '../support/server.ts'

const COUNTING: Places = {
  Trigger: { type: 'trigger', exits: { incomingCall: 'ask', incomingMessage: 'write' } },
  ask: {
    type: 'gather-input-on-call',
    properties: { say: 'So far: {{flow.variables.all}}.', number_of_digits: 1 },
    exits: { keypress: 'add' },
  },
  add: { ...adding('{{widgets.ask.Digits}}'), exits: { next: 'ask' } },
  write: {
    type: 'send-and-wait-for-reply',
    properties: { from: '{{flow.channel.address}}', body: 'So far: {{flow.variables.all}}.', timeout: '600' },
    exits: { incomingMessage: 'keep', deliveryFailure: null },
  },
  keep: { ...adding('{{widgets.write.inbound.Body}},'), exits: { next: 'write' } },
}

const LIVE = { CallStatus: 'in-progress' }
const FILES = { counting: flow(COUNTING) }

test('of a hundred texts at once each is taken once, in the order in which they came', async () => {
  const { server, store, sids, taken } = await counting()
  await server.inject(form(message(), '/flows/counting'))
  const texts = Array.from({ length: 100 }, (_, index) => message({ MessageSid: `SM-${index}`, Body: String(index) }))

  const answers = await Promise.all(texts.map((params) => server.inject(form(params, '/flows/counting'))))

  const bodies = texts.map(({ Body = '' }) => Body)
  expect(answers.map(({ body }) => body.match(/So far: (.*)\./)?.[1])).toEqual(
    bodies.map((_, index) => `${bodies.slice(0, index + 1).join(',')},`),
  )
  expect(taken().slice(1)).toEqual(texts.map(({ MessageSid }) => MessageSid))
  expect(sids()).toHaveLength(1)
  expect(await store.steps(sids()[0] ?? '')).toHaveLength(201)
})

test('of a hundred requests for one visit of a call the first moves it, and all are told the same', async () => {
  const { server, action, steps } = await called()
  const requests = Array.from({ length: 100 }, (_, index) =>
    form(call({ ...LIVE, Digits: String(index % 10) }), action, { 'i-twilio-idempotency-token': `T${index}` }),
  )

  const answers = await Promise.all(requests.map((request) => server.inject(request)))

  expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  expect(answers[0]?.body).toContain('So far: 0.')
  expect(await steps()).toBe(3)
})

test('a delivery that comes five times at once and once more later is taken once and answered with the same bytes', async () => {
  const { server, action, steps } = await called()
  const request = form(call({ ...LIVE, Digits: '7' }), action, { 'i-twilio-idempotency-token': 'T' })

  const answers = await Promise.all(Array.from({ length: 5 }, () => server.inject(request)))
  const { body: next } = answers[0] ?? { body: '' }
  await server.inject(form(call({ ...LIVE, Digits: '8' }), urlIn(next, 'action')))
  const late = await server.inject(request)

  expect(new Set([...answers, late].map(({ body }) => body)).size).toBe(1)
  expect(next).toContain('So far: 7.')
  expect(await steps()).toBe(5)
})

test.each([
  ['a text', message(), '/flows/counting'],
  ['a call', call(LIVE), '/flows/counting'],
])('%s whose first attempt bore no token, and whose next one does, is taken once', async (_what, params, url) => {
  const { server, moves } = await counting()

  const first = await server.inject(form(params, url))
  const again = await server.inject(form(params, url, { 'i-twilio-idempotency-token': 'T' }))

  expect(again.body).toBe(first.body)
  expect(moves.filter(({ steps }) => steps.length > 0)).toHaveLength(1)
})

test('an action URL that is used again a day later moves nothing, also when its answer is no longer kept', async () => {
  const { server, action, steps, dayPasses } = await called()
  const old = form(call({ ...LIVE, Digits: '7' }), action, { 'i-twilio-idempotency-token': 'T' })
  const { body } = await server.inject(old)

  await dayPasses()
  const again = await server.inject(old)

  expect(again.body).toBe(body)
  expect(await steps()).toBe(3)
})

test('a report of a message that comes before the carrier has said that it took it is heard', async () => {
  let answer = () => {}
  const sent: string[] = []
  const channel = channelThat({
    sendMessage: async ({ statusCallback = '' }) => {
      sent.push(statusCallback)
      await new Promise<void>((resolve) => {
        answer = resolve
      })
      return { ok: true, message: { Sid: 'SM9' } }
    },
  })
  const { server, settled, moves } = await counting({ MESSAGE_REPLIES: 'rest' }, { channel })

  const question = server.inject(form(message(), '/flows/counting'))
  await expect.poll(() => sent.length).toBe(1)
  const { pathname, search } = new URL(sent[0] ?? '')
  const report = server.inject(form({ MessageSid: 'SM9', MessageStatus: 'undelivered' }, pathname + search))
  answer()
  await Promise.all([question, report])
  await settled()

  expect(moves.at(-1)?.steps.map(({ from, name }) => [from, name])).toEqual([['write', 'deliveryFailure']])
})

function adding(heard: string) {
  return {
    type: 'set-variables',
    properties: { variables: [{ key: 'all', value: `{{flow.variables.all}}${heard}` }] },
  }
}

/** A server that counts, and what it takes in. */
async function counting(settings: Record<string, string> = {}, substitutes: Parameters<typeof serving>[2] = {}) {
  const moves: Move[] = []
  const parts = await serving(FILES, settings, { ...substitutes, onMove: (move) => void moves.push(move) })
  const paramsOf = ({ event }: Move) => ('params' in event ? event.params : {})
  return {
    ...parts,
    moves,
    sids: () => [...new Set(moves.map(({ execution }) => execution.sid))],
    taken: () => moves.flatMap((move) => paramsOf(move).MessageSid ?? []),
  }
}

/** A call that waits for its first key. */
async function called() {
  const clock = new ManualClock(Date.parse('2026-03-05T12:00:00Z'))
  const parts = await counting({}, { clock })
  const { store, log, server } = parts
  const { body } = await server.inject(form(call(LIVE), '/flows/counting'))
  return {
    ...parts,
    action: urlIn(body, 'action'),
    steps: async () => (await store.steps(parts.sids()[0] ?? '')).length,
    async dayPasses() {
      clock.moveTo(clock.now() + 25 * 60 * 60 * 1_000)
      await new Retention({ store, log, clock, executionDays: 30 }).sweep(clock.now() + 25 * 60 * 60 * 1_000)
    },
  }
}
