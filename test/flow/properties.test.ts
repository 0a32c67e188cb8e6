import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  choice,
  flag,
  integer,
  keyValues,
  list,
  name,
  record,
  records,
  required,
  text,
  textFlag,
  textInteger,
  verbatim,
} from '../../src/flow/properties.ts'
import { jsonSchemaOf, studioType } from '../../src/flow/property-schema.ts'

const METHOD = choice(['GET', 'POST'])

test.each([
  ['text', text(), 5, '5'],
  ['text', text(), ' as it is ', ' as it is '],
  ['name', name(), '\n  en-US \n', 'en-US'],
  ['name', name(), ' \n', undefined],
  ['verbatim', verbatim(), '', ''],
  ['integer', integer(), '5', 5],
  ['integer', integer(), ' 5\n', 5],
  ['integer', integer({ min: 0, max: 9 }), 9, 9],
  ['textInteger', textInteger(), 3600, 3600],
  ['textInteger', textInteger(), '3600', 3600],
  ['flag', flag(), 'True', true],
  ['textFlag', textFlag(), false, false],
  ['choice', METHOD, 'get', 'GET'],
  ['list', list(), 'visa, amex', ['visa', 'amex']],
  ['list', list(), ['visa', 1], ['visa', '1']],
  ['record', record(), { a: 1 }, { a: 1 }],
  ['records', records(), [{ a: 1 }], [{ a: 1 }]],
])('%s reads what Studio and templates write: %#', (_kind, kind, value, expected) => {
  expect(kind.parse(value)).toEqual(expected)
})

test.each([
  ['text', text(), {}, 'object found, string expected'],
  ['integer', integer(), 'abc', "'abc' found, integer expected"],
  ['integer', integer(), 2.5, '2.5 found, integer expected'],
  ['integer', integer({ min: 1 }), 0, '0 found, integer of at least 1 expected'],
  ['integer', integer({ max: 9 }), '10', '10 found, integer of at most 9 expected'],
  ['integer', integer({ min: 1, max: 99 }), 100, '100 found, integer from 1 to 99 expected'],
  ['textInteger', textInteger(), 'auto', "'auto' found, integer expected"],
  ['flag', flag(), 'yes', "'yes' found, boolean expected"],
  ['textFlag', textFlag(), 1, '1 found, "true" or "false" expected'],
  ['choice', METHOD, 'PUT', "'PUT' does not have a value in the enumeration [GET, POST]"],
  ['keyValues', keyValues(), 'a=b', "'a=b' found, array expected"],
  ['list', list(), [null], 'null found, string expected'],
  ['record', record(), [], 'array found, object expected'],
  ['records', records(), [1], 'array found, array of objects expected'],
  ['required', required(text()), '', 'is missing but it is required'],
  ['required', required(name()), ' \n', 'is missing but it is required'],
  ['required', required(text()), undefined, 'is missing but it is required'],
])('%s says what it found and expected: %#', (_kind, kind, value, message) => {
  expect(kind.safeParse(value).error?.issues.map((issue) => issue.message)).toEqual([message])
})

test.each([undefined, null, ''])('%j is absent, with and without a default', (value) => {
  const schema = z.object({ bare: text(), optional: integer().optional(), filled: integer().default(5), on: flag() })
  expect(schema.parse({ bare: value, optional: value, filled: value, on: value })).toEqual({
    bare: undefined,
    optional: undefined,
    filled: 5,
    on: undefined,
  })
  expect(schema.parse({ unknown: 1 })).toEqual({ filled: 5 })
})

test('pairs are read in every spelling, their values as text', () => {
  const pairs = [
    { key: 'a', value: 1, type: 'string', index: '0' },
    { key: 'b', value: '{}', type: 'json' },
    { key: 'c', value: '{}', parse_as_json: 'true' },
    { key: 'd', value: { e: 1 }, parse_as_json_object: true },
    { key: 'f' },
  ]
  expect(keyValues().parse(pairs)).toEqual([
    { key: 'a', value: '1', parse_as_json: false },
    { key: 'b', value: '{}', parse_as_json: true },
    { key: 'c', value: '{}', parse_as_json: true },
    { key: 'd', value: '{"e":1}', parse_as_json: true },
    { key: 'f', value: '', parse_as_json: false },
  ])
  expect(keyValues().parse({ a: 'b' })).toEqual([{ key: 'a', value: 'b', parse_as_json: false }])
})

test('the JSON Schema of properties has titles, types, bounds and defaults as Studio would write them', () => {
  const schema = z.object({
    url: required(text()).meta({ title: 'URL' }),
    method: METHOD.default('POST'),
    loop: integer({ min: 1 }).meta({ title: 'Times' }).default(1),
    timeout: textInteger().default(3600),
    beep: textFlag().default(true),
    parameters: keyValues().default([]),
  })
  expect(jsonSchemaOf(schema)).toMatchObject({
    type: 'object',
    required: ['url'],
    properties: {
      url: { type: 'string', title: 'URL' },
      method: { type: 'string', enum: ['GET', 'POST'], default: 'POST' },
      loop: { type: 'integer', title: 'Times', minimum: 1, default: 1 },
      timeout: { type: 'string', default: '3600' },
      beep: { type: 'string', default: 'true' },
      parameters: { type: 'array', items: { type: 'object' }, default: [] },
    },
  })
})

test('the type in Studio is found under optional, default, required and meta', () => {
  const kinds = [flag().optional(), integer().default(1), required(textFlag()).meta({ title: 'T' }), z.string()]
  expect(kinds.map(studioType)).toEqual(['boolean', 'integer', 'string', undefined])
})
