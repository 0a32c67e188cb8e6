import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ManualClock } from '../../src/clock/manual-clock.ts'
import type { Parts } from '../../src/parts.ts'
import { flow } from '../support/flow.ts'
import { call, form, message, serving, urlIn } from '../support/server.ts'

const FLOW = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'ask', incomingMessage: 'reply' } },
  ask: { type: 'gather-input-on-call', properties: { say: 'Press 1' }, exits: { keypress: 'split', timeout: null } },
  split: { type: 'split-based-on', properties: { input: '{{widgets.ask.Digits}}' }, exits: { noMatch: null } },
  reply: {
    type: 'send-and-wait-for-reply',
    properties: { from: '{{flow.channel.address}}', body: 'Well?', timeout: '60' },
    exits: { incomingMessage: null, timeout: null },
  },
})

test('calls, steps, ends and warnings are counted, and webhooks and commits are timed', async () => {
  const parts = await serving({ flow: FLOW })
  const asked = await parts.server.inject(form(call({ CallStatus: 'in-progress' }), '/flows/flow'))
  await parts.server.inject(form(call({ CallStatus: 'in-progress', Digits: '1' }), urlIn(asked.body, 'action')))
  await parts.server.inject(form({ nonsense: '1' }, '/flows/flow'))

  const shown = await metricsOf(parts)
  expect(shown).toMatchObject({
    'trunkline_executions_started_total{channel="call"}': 1,
    'trunkline_executions_ended_total{reason="FLOW_END"}': 1,
    trunkline_executions_active: 0,
    trunkline_steps_total: 3,
    'trunkline_webhook_seconds_count{kind="call",status="200"}': 2,
    'trunkline_webhook_seconds_count{kind="unknown",status="400"}': 1,
    trunkline_commit_seconds_count: 2,
  })
  expect(Object.keys(shown).filter((name) => name.startsWith('trunkline_warnings_total'))).toHaveLength(1)
})

test('a message and all that is answered to it at once are kept by one commit', async () => {
  const say = (body: string, next: string | null) => ({
    type: 'send-message',
    properties: { from: '{{flow.channel.address}}', body },
    exits: { sent: next, failed: null },
  })
  const flowOfThree = flow({
    Trigger: { type: 'trigger', exits: { incomingMessage: 'one' } },
    one: say('One', 'two'),
    two: say('Two', 'three'),
    three: say('Three', null),
  })
  const parts = await serving({ flow: flowOfThree })

  const { body } = await parts.server.inject(form(message(), '/flows/flow'))
  await parts.settled()

  expect(body).toMatch(/One.*Two.*Three/)
  expect(await metricsOf(parts)).toMatchObject({
    trunkline_commit_seconds_count: 1,
    trunkline_steps_total: 4,
    'trunkline_effects_total{effect="send-message"}': 3,
    'trunkline_effect_seconds_count{event="message-sent"}': 3,
    'trunkline_executions_started_total{channel="message"}': 1,
    'trunkline_executions_ended_total{reason="FLOW_END"}': 1,
  })
})

test('waits that end are timed against their time, and what is asked of the outside is counted and timed', async () => {
  const clock = new ManualClock(Date.parse('2026-03-02T09:30Z'))
  const parts = await serving({ flow: FLOW }, { MESSAGE_REPLIES: 'rest' }, { clock })
  await parts.server.inject(form(message(), '/flows/flow'))
  clock.moveTo(clock.now() + 62_000) // two seconds too late
  while (clock.step(clock.now()));
  await parts.settled()

  expect(await metricsOf(parts)).toMatchObject({
    'trunkline_effects_total{effect="send-message"}': 1,
    'trunkline_effect_seconds_count{event="message-sent"}': 1,
    trunkline_timer_late_seconds_count: 1,
    'trunkline_timer_late_seconds_bucket{le="1"}': 0,
    'trunkline_timer_late_seconds_bucket{le="5"}': 1,
    'trunkline_executions_ended_total{reason="FLOW_END"}': 1,
  })
})

test('the pool of the database and that of functions are shown', async () => {
  const shown = await metricsOf(await serving({ flow: FLOW }))
  expect(shown.trunkline_database_connections).toBeGreaterThanOrEqual(1)
  if (process.env.TEST_DATABASE !== 'postgres') expect(shown.trunkline_database_connections_busy).toBe(0)
  expect(shown.trunkline_database_waiting).toBeGreaterThanOrEqual(0)
  expect(shown.trunkline_function_calls).toBe(0)
  expect(shown.trunkline_function_processes).toBeGreaterThanOrEqual(0)
})

test('with credentials set, only who has them sees the metrics', async () => {
  const account = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'secret', CARRIER: 'simulated' }
  const { server } = await serving({}, account)
  expect((await server.inject('/metrics')).statusCode).toBe(401)
  const authorization = `Basic ${Buffer.from(`${account.TWILIO_ACCOUNT_SID}:secret`).toString('base64')}`
  const { statusCode, headers } = await server.inject({ url: '/metrics', headers: { authorization } })
  expect(statusCode).toBe(200)
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/)
})

test('every metric is documented, every documented one is there, and the dashboard asks for no other, by no other label', async () => {
  const { server } = await serving({})
  const { body } = await server.inject('/metrics')
  const known = [...body.matchAll(/^# TYPE (trunkline_\w+)/gm)].map(([, name = '']) => name).sort()
  const page = readFileSync('docs/operations.md', 'utf8')
  const rows = page.split('\n').filter((line) => line.startsWith('| `trunkline_'))
  const documented = rows.flatMap((row) => [...row.matchAll(/`(trunkline_\w+)`/g)].map(([, name = '']) => name)).sort()
  expect(documented).toEqual(known)

  const dashboard = readFileSync('docs/grafana-dashboard.json', 'utf8')
  const asked = [...dashboard.matchAll(/trunkline_\w+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''))
  expect([...new Set(asked)].sort()).toEqual(known)
  const labels = rows.flatMap((row) => [...(row.split('|')[2] ?? '').matchAll(/`(\w+)`/g)].map(([, label]) => label))
  for (const { expr } of JSON.parse(dashboard).panels.flatMap(({ targets }: { targets: unknown[] }) => targets)) {
    expect(expr).toMatch(/^\S.*\)$/)
    const [, grouped = ''] = /\bby \(([^)]*)\)/.exec(expr) ?? []
    expect([...labels, 'le', '']).toEqual(expect.arrayContaining(grouped.split(', ')))
  }
})

/** What `/metrics` shows, by name and labels. */
async function metricsOf({ server }: Parts): Promise<Readonly<Record<string, number>>> {
  const { body } = await server.inject('/metrics')
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}
