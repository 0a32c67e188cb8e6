import { expect, test } from 'vitest'
import { runSubflow } from '../../src/widgets/run-subflow.ts'
import { visit } from '../support/visit.ts'

const SUBFLOW = 'FW00000000000000000000000000000002'

function enter(properties: Record<string, unknown>, values?: (path: readonly (string | number)[]) => unknown) {
  return runSubflow.enter(visit(runSubflow, { flow_sid: SUBFLOW, ...properties }, values ? { values } : {}))
}

test('another flow is entered, by default its latest published revision', () => {
  expect(enter({})).toEqual({
    kind: 'call',
    flowSid: SUBFLOW,
    revision: 'LatestPublished',
    parameters: {},
    warnings: [],
  })
})

test.each([['LatestRevision'], ['LatestDraft'], ['7']])('the revision %s can be named', (flow_revision) => {
  expect(enter({ flow_revision })).toMatchObject({ revision: flow_revision })
})

test.each([['latest'], ['-1'], ['1.5']])('the revision %s leaves by failed', (flow_revision) => {
  expect(enter({ flow_revision })).toMatchObject({ exit: 'failed', warnings: [{ code: 81021 }] })
})

test('parameters are text', () => {
  const parameters = [{ key: 'age', value: '42', type: 'string' }]
  expect(enter({ parameters })).toMatchObject({ parameters: { age: '42' } })
})

test('a parameter that asks for JSON is given as such', () => {
  const parameters = [
    { key: 'order', value: '{size=L}', type: 'json' },
    { key: 'broken', value: 'foo', type: 'json' },
  ]
  const called = enter({ parameters }, ([, index]) => (index === 0 ? { size: 'L' } : 'foo'))
  expect(called).toMatchObject({ parameters: { order: { size: 'L' }, broken: 'foo' }, warnings: [{ code: 81027 }] })
})

test.each([[''], ['{{flow.variables.sid}}'], ['menu']])('the sid %j is refused', (flow_sid) => {
  expect(runSubflow.properties.safeParse({ flow_sid }).success).toBe(false)
})
