import { expect, test } from 'vitest'
import { exit } from '../../src/engine/widget.ts'
import { setVariables } from '../../src/widgets/set-variables.ts'
import { visit } from '../support/visit.ts'

function set(...variables: readonly Record<string, unknown>[]) {
  return setVariables.enter(visit(setVariables, { variables }))
}

/** The same where a template of the first pair referred to this value. */
function setReferred(value: unknown, pair: Record<string, unknown>) {
  const values = (path: readonly (string | number)[]) => (path.join('.') === 'variables.0.value' ? value : undefined)
  return setVariables.enter(visit(setVariables, { variables: [pair] }, { values }))
}

function setTo(fields: Record<string, unknown>, ...warnings: readonly unknown[]) {
  return { ...exit('next', { output: fields, variables: fields }), warnings }
}

test('each pair is a variable and an output', () => {
  expect(set({ key: 'retry_count', value: '3' }, { key: 'language', value: 'fr' })).toEqual(
    setTo({ retry_count: '3', language: 'fr' }),
  )
})

test.each([['3'], ['007'], ['true'], ['"1"'], ['\n  4\n']])('the text %j is stored as it was filled', (value) => {
  expect(set({ key: 'n', value, type: 'string' })).toEqual(setTo({ n: value }))
})

test('nothing is the empty text', () => {
  expect(set({ key: 'a', value: null }, { key: 'b' })).toEqual(setTo({ a: '', b: '' }))
})

test('a later pair of the same key overwrites an earlier one', () => {
  expect(set({ key: 'a', value: '1' }, { key: 'a', value: '2' })).toEqual(setTo({ a: '2' }))
})

test.each([
  [{ parse_as_json: true }],
  [{ parse_as_json: 'true' }],
  [{ parse_as_json_object: true }],
  [{ type: 'json' }],
  [{ type: 'object' }],
  [{ type: 'json_object' }],
])('a pair with %j is read as JSON', (asking) => {
  const value = '{"size":"L","toppings":["ham"]}'
  expect(setReferred(value, { key: 'order', value, ...asking })).toEqual(
    setTo({ order: { size: 'L', toppings: ['ham'] } }),
  )
})

test('an object that a template names is kept without going through text', () => {
  const items = [{ id: 1 }, { id: 2 }]
  expect(setReferred(items, { key: 'items', value: '{id=1}{id=2}', type: 'json' })).toEqual(setTo({ items }))
})

test('a template that names nothing, and the JSON null, are the empty text', () => {
  expect(setReferred(null, { key: 'a', value: '', type: 'json' })).toEqual(setTo({ a: '' }))
  expect(setReferred('null', { key: 'a', value: 'null', type: 'json' })).toEqual(setTo({ a: '' }))
})

test('text that is not JSON stays text and is written to the log as 81027', () => {
  const left = setReferred('foo', { key: 'a', value: 'foo', parse_as_json: true })
  expect(left).toEqual(setTo({ a: 'foo' }, { code: 81027, message: expect.stringContaining('"a"') }))
})

test('a key such as __proto__ is a name like any other', () => {
  const left = set({ key: '__proto__', value: 'x' }, { key: 'constructor', value: 'y' })
  expect(JSON.stringify(left)).toContain('"variables":{"__proto__":"x","constructor":"y"}')
})

test('no pairs at all set nothing', () => {
  expect(setVariables.enter(visit(setVariables))).toEqual(setTo({}))
})
