import { expect, test } from 'vitest'
import { field, merge } from '../../src/engine/fields.ts'

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  '%s is read where it is data, and only there',
  (name) => {
    expect(field({}, name)).toBeUndefined()
    expect(field(JSON.parse(`{"${name}": 1}`), name)).toBe(1)
  },
)

test('objects are merged deeply, whatever their keys, and everything else is replaced', () => {
  const before = JSON.parse('{ "a": { "kept": 1, "both": [1] }, "__proto__": { "kept": 1 }, "b": { "c": 1 } }')
  const now = JSON.parse('{ "a": { "both": [2], "new": 3 }, "__proto__": { "new": 2 }, "b": "text" }')
  const merged = '{"a":{"kept":1,"both":[2],"new":3},"__proto__":{"kept":1,"new":2},"b":"text"}'
  expect(JSON.stringify(merge(before, now))).toBe(merged)
  expect(JSON.stringify(merge({}, now))).toBe(JSON.stringify(now))
  expect(JSON.stringify(merge(before, {}))).toBe(JSON.stringify(before))
})
