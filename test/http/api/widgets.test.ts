import { expect, test } from 'vitest'
import { z } from 'zod'
import { widgets } from '../../../src/widgets/index.ts'
import { serving } from '../../support/server.ts'
import { ask } from './own-api.ts'

const Listed = z.object({
  widgets: z.array(
    z.looseObject({
      type: z.string(),
      title: z.string(),
      exits: z.array(z.object({ event: z.string(), title: z.string() })),
      fields: z.array(z.looseObject({ name: z.string() })),
    }),
  ),
})

test('every widget that runs is in the library, in the order of the documentation', async () => {
  expect((await listed()).map(({ type }) => type)).toEqual(widgets.map(({ type }) => type))
})

test.each([
  ['gather-input-on-call', 'timeout', 'No Input'],
  ['send-and-wait-for-reply', 'timeout', 'No Reply'],
  ['connect-call-to', 'hangup', 'Caller Hung Up'],
])('an exit is called as Studio calls it on that widget: %s, %s is %s', async (type, event, title) => {
  const [widget] = (await listed()).filter((one) => one.type === type)
  expect(widget?.exits).toContainEqual({ event, title })
})

test.each([
  ['say-play', { name: 'say', title: 'Text to say', kind: 'liquid', json: 'string', liquid: true, required: false }],
  ['run-subflow', { name: 'flow_sid', kind: 'text', liquid: false, required: true }],
  ['gather-input-on-call', { name: 'timeout', kind: 'number', json: 'integer', minimum: 0, maximum: 600, default: 5 }],
  ['send-and-wait-for-reply', { name: 'timeout', kind: 'number', json: 'string', default: '3600' }],
  ['gather-input-on-call', { name: 'profanity_filter', kind: 'flag', json: 'string', default: 'true' }],
  ['make-http-request', { name: 'method', kind: 'choice', choices: ['GET', 'POST'], default: 'GET' }],
  ['set-variables', { name: 'variables', kind: 'key-values', json: 'array' }],
  ['capture-payments', { name: 'valid_card_types', kind: 'list' }],
  ['record-call', { name: 'record_call', kind: 'flag', help: 'true starts a recording, false stops it' }],
  ['start-conversation', { name: 'participants', kind: 'json', json: 'array' }],
])('a form is told of a field of %s what it needs: %o', async (type, field) => {
  const [widget] = (await listed()).filter((one) => one.type === type)
  expect(widget?.fields.find(({ name }) => name === field.name)).toMatchObject(field)
})

test('a type that Studio offers for new flows no more is retired', async () => {
  const parts = await serving({})
  const { body } = await ask(parts, 'widgets')
  expect(body.widgets).toContainEqual(expect.objectContaining({ type: 'make-outgoing-call-v1', retired: true }))
  expect(body.widgets).toContainEqual(expect.objectContaining({ type: 'say-play', retired: false, group: 'Voice' }))
})

async function listed() {
  const { body } = await ask(await serving({}), 'widgets')
  return Listed.parse(body).widgets
}
