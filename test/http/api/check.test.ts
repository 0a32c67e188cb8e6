import { expect, test } from 'vitest'
import { flow } from '../../support/flow.ts'
import { serving } from '../../support/server.ts'
import { post } from './own-api.ts'

const SUB = `FW${'1'.repeat(32)}`
const UNKNOWN = `FW${'2'.repeat(32)}`
const GOOD = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'hello' } },
  hello: { type: 'say-play', properties: { say: 'Hello' }, exits: { audioComplete: null } },
})

test('a flow without problems has none', async () => {
  expect(await post(await serving({}), 'flows/check', GOOD)).toEqual({ status: 200, body: { problems: [] } })
})

test('what the schema and the rules find is told with its place, its widget and its rule', async () => {
  const definition = flow({
    Trigger: { type: 'trigger', exits: { incomingCall: 'hello' } },
    hello: {
      type: 'say-play',
      properties: { say: 'Hello {{ "x" | no_such_filter }}', loop: 'many' },
      exits: { audioComplete: 'nowhere' },
    },
  })

  const { body } = await post(await serving({}), 'flows/check', definition)

  expect(body.problems).toContainEqual(
    expect.objectContaining({ severity: 'error', path: ['states', 1, 'transitions', 0, 'next'] }),
  )
  expect(body.problems).toContainEqual(
    expect.objectContaining({
      rule: 'unknown-filter',
      widget: 'hello',
      path: ['states', 1, 'properties', 'say'],
      offset: 'Hello {{ "x" | '.length,
    }),
  )
  expect(body.problems).toContainEqual(expect.objectContaining({ path: ['states', 1, 'properties', 'loop'] }))
})

test.each([
  ['a flow that is served can be called', SUB, []],
  ['a flow that is not served is missed', UNKNOWN, ['unresolved-sid']],
])('%s', async (_sentence, sid, rules) => {
  const parts = await serving({ sub: { sid: SUB, friendly_name: 'Sub', definition: GOOD } })
  const { body } = await post(parts, 'flows/check', caller(sid))
  expect(body.problems.map(({ rule }: { rule: string }) => rule)).toEqual(rules)
})

test('a subflow that runs a subflow itself is seen', async () => {
  const inner = flow({
    Trigger: { type: 'trigger', exits: { incomingMessage: null, incomingParent: 'deeper' } },
    deeper: call(SUB),
  })
  const parts = await serving({ sub: { sid: SUB, friendly_name: 'Sub', definition: inner } })

  const { body } = await post(parts, 'flows/check', caller(SUB))

  expect(body.problems).toMatchObject([{ rule: 'subflow-nesting', widget: 'run' }])
})

test.each([
  ['a body that is no JSON', 'rubbish'],
  ['no body', ''],
])('%s is refused', async (_what, body) => {
  expect((await post(await serving({}), 'flows/check', body)).status).toBe(400)
})

test('JSON that is no flow has a problem', async () => {
  expect((await post(await serving({}), 'flows/check', [])).body.problems).toMatchObject([{ severity: 'error' }])
})

function call(sid: string) {
  const properties = { flow_sid: sid, flow_revision: 'LatestPublished', parameters: [] }
  return { type: 'run-subflow', properties, exits: { completed: null, failed: null } }
}

function caller(sid: string) {
  return flow({ Trigger: { type: 'trigger', exits: { incomingMessage: 'run' } }, run: call(sid) })
}
