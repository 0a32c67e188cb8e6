import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import type { Bundle } from '../../src/bundle/bundle.ts'
import { simulateCommand } from '../../src/commands/simulate/options.ts'
import { replayBundle } from '../../src/commands/simulate/replay.ts'
import type { Parts } from '../../src/parts.ts'
import { ask } from '../http/api/own-api.ts'
import { flow, type Places } from '../support/flow.ts'
import { call, folderOf, form, serving, urlIn } from '../support/server.ts'

const SUB = `FW${'5'.repeat(32)}`
const PLACES: Places = {
  Trigger: { type: 'trigger', exits: { incomingCall: 'menu' } },
  menu: { type: 'gather-input-on-call', properties: { say: 'Press 1' }, exits: { keypress: 'look', timeout: null } },
  look: {
    type: 'make-http-request',
    properties: { method: 'GET', url: 'https://me:hunter2hunter2@shop.example/?token=t0psecret' },
    exits: { success: 'inner', failed: 'bye' },
  },
  inner: {
    type: 'run-subflow',
    properties: { flow_sid: SUB, flow_revision: 'LatestPublished' },
    exits: { completed: 'bye' },
  },
  bye: {
    type: 'say-play',
    properties: { say: 'It is {{ "now" | date: "%H:%M" }}, {{widgets.look.body}}' },
    exits: { audioComplete: null },
  },
}
const INNER: Places = {
  Trigger: { type: 'trigger', exits: { incomingParent: 'set' } },
  set: { type: 'set-variables', properties: { variables: [{ key: 'a', value: '1' }] }, exits: { next: null } },
}

test('an execution goes the same way when its bundle is played again', async () => {
  const { file, bundle } = await recorded()

  const { code, output } = await replayed(`--replay ${file} --trace`)

  expect(output).toContain('It goes the same way as recorded.')
  expect(code).toBe(0)
  expect(output).toMatch(/event {4}continued Digits="1"/)
  expect(output).toContain('  set -- next --> Ended')
  expect(bundle.events.map(({ event }) => event.type)).toEqual([
    'incoming-call',
    'continued',
    'http-responded',
    'continued',
  ])
  expect(bundle.flows.map(({ revision }) => revision)).toEqual([1, 1])
})

test('a changed flow shows step by step where it goes another way', async () => {
  const { file } = await recorded()
  const folder = folderOf({
    flow: flow({
      ...PLACES,
      menu: { ...PLACES.menu, type: 'gather-input-on-call', exits: { keypress: 'note', timeout: null } },
      note: { type: 'set-variables', properties: { variables: [{ key: 'b', value: '2' }] }, exits: { next: 'look' } },
    }),
  })

  const { code, output } = await replayed(`${folder}/flow.json --replay ${file}`)

  expect(output.split('\n').slice(0, 5)).toEqual([
    '  Trigger -- incomingCall --> menu',
    '- menu -- keypress --> look',
    '+ menu -- keypress --> note',
    '+ note -- next --> look',
    '  look -- success --> inner',
  ])
  expect(output).toContain('It goes another way than recorded, first at: menu -- keypress --> look')
  expect(code).toBe(1)
})

test('other values at the same steps are told by their places', async () => {
  const { file, bundle } = await recorded()
  const steps = bundle.steps.map((step) =>
    step.from === 'menu' ? { ...step, output: { ...step.output, Digits: '2' } } : step,
  )
  writeFileSync(file, JSON.stringify({ ...bundle, steps }))

  const { code, output } = await replayed(`--replay ${file}`)

  expect(output).toContain('~ menu -- keypress --> look\n    output.Digits: "2", now "1"\n')
  expect(code).toBe(1)
  const { output: json } = await replayed(`--replay ${file} --json`)
  expect(JSON.parse(json)).toMatchObject({ same: false, execution: { status: 'ended', endedReason: 'FLOW_END' } })
})

test('a bundle holds no secrets', async () => {
  const { bundle } = await recorded()
  const text = JSON.stringify(bundle)

  expect(text).toContain('https://left-out@shop.example/?token=left-out')
  expect(text).not.toMatch(/hunter2|t0psecret|s3cr3t-cookie|the-auth-token/)
})

test.each([
  ['there is none', undefined, 'cannot be read'],
  ['it is no JSON', 'x', 'it is no JSON'],
  ['it is something else', '{"format":"zip"}', 'it is no bundle'],
])('a bundle is unreadable where %s', async (_what, text, reason) => {
  const file = join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'bundle.json')
  if (text !== undefined) writeFileSync(file, text)

  const { code, errors } = await replayed(`--replay ${file}`)

  expect(errors).toContain(reason)
  expect(code).toBe(2)
})

test('without its events an execution cannot be played again', async () => {
  const { file } = await recorded({ EXECUTION_EVENTS: 'off' })

  expect(await replayed(`--replay ${file}`)).toMatchObject({
    code: 2,
    errors: `${file}: it has 0 of the 4 events; was EXECUTION_EVENTS off?\n`,
  })
})

/** The bundle of a call that presses 1, gets an answer of a service, goes through a subflow and hears the rest. */
async function recorded(settings: Record<string, string> = {}) {
  const parts = await serving(
    { menu: flow(PLACES), sub: { sid: SUB, friendly_name: 'sub', definition: flow(INNER) } },
    settings,
    { httpRequest: async () => ANSWER },
  )
  await callThrough(parts)
  const [{ sid }] = (await ask(parts, 'executions')).body.executions
  const bundle: Bundle = (await ask(parts, `executions/${sid}/bundle`)).body
  const file = join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'bundle.json')
  writeFileSync(file, JSON.stringify(bundle))
  return { file, bundle }
}

const ANSWER = {
  ok: true,
  status: 200,
  contentType: 'text/plain',
  headers: { 'set-cookie': 's3cr3t-cookie' },
  body: 'welcome',
} as const

async function callThrough({ server }: Parts) {
  const asked = await server.inject(form(call(), '/flows/menu'))
  const told = await server.inject(form(call({ CallStatus: 'in-progress', Digits: '1' }), urlIn(asked.body, 'action')))
  await server.inject(form(call({ CallStatus: 'in-progress' }), urlIn(told.body, 'Redirect')))
}

async function replayed(line: string) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  let code = -1
  const command = simulateCommand(async (wish) => {
    code = await replayBundle(wish.replay ?? '', wish, { output, errors })
  })
  await new Command().addCommand(command).parseAsync(['simulate', ...line.split(' ')], { from: 'user' })
  return { code, output: String(output.read() ?? ''), errors: String(errors.read() ?? '') }
}
