import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flow } from '../../support/flow.ts'
import { call, form, message, serving, urlIn } from '../../support/server.ts'
import { ask } from './own-api.ts'

/** Asks a caller for a key, after which a template cannot be filled; thanks a texter. */
const MENU = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'menu', incomingMessage: 'thanks' } },
  menu: { type: 'gather-input-on-call', properties: { say: 'Press 1' }, exits: { keypress: 'bye', timeout: null } },
  bye: { type: 'say-play', properties: { say: 'Bye {{ "x" | no_such_filter }}' }, exits: { audioComplete: null } },
  thanks: {
    type: 'send-message',
    properties: { from: '{{flow.channel.address}}', body: 'Thanks' },
    exits: { sent: null },
  },
})

test('executions of all flows are searched by flow, contact, status, date, widget and warning', async () => {
  const parts = await withThree()
  const found = async (query: Record<string, string>) => {
    const { body } = await ask(parts, 'executions', query)
    return body.executions.map(({ contact }: { contact: string }) => contact)
  }

  expect(await found({})).toEqual(['+15550003', '+15550002', '+15550001'])
  expect(await found({ flow: 'menu', status: 'active' })).toEqual(['+15550002', '+15550001'])
  expect(await found({ status: 'ended' })).toEqual(['+15550003'])
  for (const contact of ['+15550002', '15550002', ' 15550002']) expect(await found({ contact })).toEqual(['+15550002'])
  expect(await found({ flow: 'menu', widget: 'menu' })).toEqual(['+15550002', '+15550001'])
  expect(await found({ flow: 'menu', widget: 'bye' })).toEqual(['+15550001'])
  expect(await found({ flow: 'menu', widget: 'Trigger' })).toHaveLength(3)
  expect(await found({ warning: '81018' })).toEqual(['+15550001'])
  expect(await found({ warning: '81017' })).toEqual([])
  expect(await found({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([])
  expect(await found({ to: new Date().toISOString(), flow: 'unknown' })).toEqual([])
})

test('a search goes over several pages, there and back', async () => {
  const parts = await withThree()
  const first = await ask(parts, 'executions', { PageSize: '2', flow: 'menu' })
  const next = new URL(first.body.meta.next_page_url)
  const second = await ask(parts, 'executions', Object.fromEntries(next.searchParams))

  expect(next.searchParams.get('flow')).toBe('menu')
  expect([first, second].map(({ body }) => body.executions.length)).toEqual([2, 1])
  expect(second.body.meta).toMatchObject({ next_page_url: null, previous_page_url: expect.any(String) })
})

test('an execution shows its way: steps with what they gave out, warnings, and what it waits for', async () => {
  const parts = await withThree()
  const [{ sid }] = (await ask(parts, 'executions', { contact: '+15550001' })).body.executions

  const { body } = await ask(parts, `executions/${sid}`)

  expect(body).toMatchObject({
    sid,
    flow_name: 'menu',
    flow_version: 1,
    channel: 'call',
    status: 'active',
    ended_reason: null,
    widget: 'bye',
    warnings: [{ code: 81018, widget: 'bye', message: expect.stringContaining('no_such_filter') }],
    waiting: { for: expect.arrayContaining(['continued']), date_due: expect.stringMatching(/Z$/) },
    context: { widgets: { menu: { Digits: '1' } } },
    document: expect.arrayContaining([expect.objectContaining({ verb: 'Redirect' })]),
  })
  expect(body.steps).toMatchObject([
    { transitioned_from: 'Trigger', name: 'incomingCall', transitioned_to: 'menu' },
    { transitioned_from: 'menu', name: 'keypress', transitioned_to: 'bye', output: { Digits: '1' } },
  ])
  expect(await ask(parts, 'executions/FN0')).toMatchObject({ status: 404, body: { code: 20404 } })
})

test.each([
  ['a widget without its flow', { widget: 'menu' }, 'widget is "menu"; expected the flow of it, too'],
  ['a status that there is not', { status: 'gone' }, 'status is "gone"; expected active or ended'],
  ['a warning that is no code', { warning: 'x' }, 'warning is "x"; expected a code such as 81018'],
  ['a date that is none', { from: 'yesterday' }, 'from is "yesterday"; expected a time in ISO 8601'],
])('%s is refused', async (_what, query, message) => {
  const parts = await serving({})
  expect(await ask(parts, 'executions', query)).toMatchObject({
    status: 400,
    body: { code: 20001, message: expect.stringContaining(message) },
  })
})

test('whoever names no credentials is not let in', async () => {
  const { server } = await serving({})
  expect((await server.inject('/api/executions')).json()).toMatchObject({ status: 401, code: 20003 })
})

test('no query makes the server fail', async () => {
  const parts = await withThree()
  const names = ['flow', 'contact', 'status', 'from', 'to', 'widget', 'warning', 'PageSize', 'PageToken', 'Page']
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('menu', 'active', '2026-01-01', '+9999-01-01', '81018', '1', '-1', '1e9', '\0', 'PA1.FN1', 'PB9.x'),
  )
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), value), async (query) => {
      expect((await ask(parts, 'executions', query)).status).toBeLessThan(500)
    }),
  )
})

/** The first of three contacts has pressed 1, the second listens, the third has got a message. */
async function withThree() {
  const parts = await serving({ menu: MENU })
  const { server } = parts
  const one = call({ CallSid: 'CA1', From: '+15550001' })
  const asked = await server.inject(form(one, '/flows/menu'))
  await server.inject(form({ ...one, Digits: '1' }, urlIn(asked.body, 'action')))
  await server.inject(form(call({ CallSid: 'CA2', From: '+15550002' }), '/flows/menu'))
  await server.inject(form(message({ From: '+15550003' }), '/flows/menu'))
  await parts.settled()
  return parts
}
