import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { flow } from '../../support/flow.ts'
import { folderOf, form, message, serving } from '../../support/server.ts'
import { ask } from './own-api.ts'

const SUB = `FW${'1'.repeat(32)}`
const HELLO = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'ask' } },
  ask: { type: 'send-and-wait-for-reply', properties: { from: '+1555', body: 'Hi' }, exits: { incomingMessage: null } },
})
const QUIET = flow({ Trigger: { type: 'trigger', exits: { incomingMessage: null } } })
const BAD = flow({
  Trigger: { type: 'trigger', exits: { incomingMessage: 'bad' } },
  bad: {
    type: 'set-variables',
    properties: { variables: [{ key: 'a', value: '{{ 1 | nope }}' }] },
    exits: { next: null },
  },
})

test('flows are listed by name with their webhooks', async () => {
  const { body } = await ask(await serving({ b: QUIET, a: HELLO }), 'flows')

  expect(body.flows.map(({ name }: { name: string }) => name)).toEqual(['a', 'b'])
  const [{ sid }] = body.flows
  expect(body.flows[0]).toEqual({
    sid,
    name: 'a',
    friendly_name: 'a',
    status: 'published',
    revision: 1,
    origin: 'file',
    webhook_url: `http://localhost:80/v1/Accounts/AC${'0'.repeat(32)}/Flows/${sid}`,
    date_updated: expect.stringMatching(/^20.*Z$/),
    active_executions: 0,
    last_activity: null,
    problems: expect.any(Number),
  })
})

test('a file that is not served as it is, is told of until it is mended', async () => {
  const sid = `FW${'a'.repeat(32)}`
  const files = { kept: QUIET, one: { sid, definition: QUIET }, two: { sid, definition: QUIET }, wrong: '{"states":' }
  const folder = folderOf(files)
  const parts = await serving({}, { FLOWS_DIR: folder })
  const broken = async () => (await ask(parts, 'flows')).body.broken_files
  const wrong = { file: 'wrong.json', problem: expect.stringMatching(/^wrong\.json:1:\d+ /), flow_sid: null }
  const two = { file: 'two.json', problem: expect.stringContaining('that of one.json already'), flow_sid: null }
  expect(await broken()).toHaveLength(2)
  expect(await broken()).toEqual(expect.arrayContaining([two, wrong]))

  writeFileSync(join(folder, 'kept.json'), '{')
  const flow_sid = parts.flows.named('kept')?.sid
  const kept = { file: 'kept.json', problem: expect.stringMatching(/^kept\.json:1:/), flow_sid }
  await vi.waitFor(async () => expect(await broken()).toContainEqual(kept), 5_000)

  rmSync(join(folder, 'two.json'))
  for (const name of ['kept', 'wrong']) writeFileSync(join(folder, `${name}.json`), JSON.stringify(HELLO))
  await vi.waitFor(async () => expect(await broken()).toEqual([]), 5_000)
})

test('what goes on in a flow is told', async () => {
  const parts = await serving({ hello: HELLO, quiet: QUIET })
  await parts.server.inject(form(message(), '/flows/hello'))
  await parts.server.inject(form(message({ From: '+15559', MessageSid: 'SM2' }), '/flows/hello'))

  const { body } = await ask(parts, 'flows')

  expect(body.flows).toMatchObject([
    { name: 'hello', active_executions: 2, last_activity: expect.stringMatching(/Z$/) },
    { name: 'quiet', active_executions: 0, last_activity: null },
  ])
})

test('the problems of the newest revision are counted, also of one that is a draft', async () => {
  const parts = await serving({ bad: QUIET })
  const sid = parts.flows.named('bad')?.sid ?? ''
  expect(await problems(parts)).toEqual([0])

  await parts.store.addRevision({ sid, friendlyName: 'bad', definition: BAD, status: 'draft', at: 1 })

  expect(await problems(parts)).toEqual([1])
})

test('a flow is judged anew when one that it runs has changed', async () => {
  const run = { flow_sid: SUB, flow_revision: 'LatestPublished', parameters: [] }
  const parent = flow({
    Trigger: { type: 'trigger', exits: { incomingMessage: 'run' } },
    run: { type: 'run-subflow', properties: run, exits: { completed: null, failed: null } },
  })
  const nested = flow({
    Trigger: { type: 'trigger', exits: { incomingMessage: null, incomingParent: 'again' } },
    again: { type: 'run-subflow', properties: run, exits: { completed: null, failed: null } },
  })
  const parts = await serving({ a: parent, sub: { sid: SUB, friendly_name: 'sub', definition: QUIET } })
  const [before = 0] = await problems(parts)

  await parts.store.addRevision({ sid: SUB, friendlyName: 'sub', definition: nested, status: 'published', at: 1 })

  expect((await problems(parts))[0]).toBe(before + 1)
})

async function problems(parts: Awaited<ReturnType<typeof serving>>): Promise<readonly number[]> {
  const { body } = await ask(parts, 'flows')
  return body.flows.map((one: { problems: number }) => one.problems)
}
