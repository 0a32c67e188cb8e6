import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { run } from '../support/process.ts'
import { call, folderOf, form, serving } from '../support/server.ts'

const WARNING = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'split' } },
  split: { type: 'split-based-on', properties: { input: 'x' }, exits: { noMatch: null } },
})

test('every answer has an id, its own or the one that the request brought', async () => {
  const { server } = await serving({})
  const [first, second] = [await server.inject('/healthz'), await server.inject('/healthz')]
  expect(first.headers['x-request-id']).toMatch(/^[0-9a-f]{12}-\d+$/)
  expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id'])
  const asked = (id: string) => server.inject({ url: '/healthz', headers: { 'x-request-id': id } })
  expect((await asked('from-a-proxy')).headers['x-request-id']).toBe('from-a-proxy')
  expect((await asked('a b"}\u00e9')).headers['x-request-id']).toMatch(/^[0-9a-f]{12}-\d+$/)
})

test('what is logged while a webhook is answered names its request and its execution, and no phone number', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'))
  const settings = { FLOWS_DIR: folderOf({ warning: WARNING }), DATABASE_URL: `sqlite:${join(folder, 'x.db')}` }
  const { origin, output } = await run(folder, settings)
  const { payload, headers } = form(call(), '/flows/warning', { 'x-request-id': 'one' })
  await fetch(`${origin}/flows/warning`, {
    method: 'POST',
    body: String(payload),
    headers: headers as Record<string, string>,
  }) // made above
  await fetch(`${origin}/flows/none`, {
    method: 'POST',
    body: String(payload),
    headers: { 'x-request-id': 'two', 'content-type': 'application/x-www-form-urlencoded' },
  })

  await expect
    .poll(() => logged(output))
    .toEqual([
      expect.objectContaining({ requestId: 'one', executionSid: expect.stringMatching(/^FN/), widget: 'split' }),
      expect.objectContaining({ requestId: 'two', path: '/flows/none', code: 20404 }),
    ])
  expect(output.join('\n')).not.toContain('5550001')
})

function logged(output: readonly string[]): unknown[] {
  return output.filter((line) => line.startsWith('{"level":40')).map((line) => JSON.parse(line))
}
