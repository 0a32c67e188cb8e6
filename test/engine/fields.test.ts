import { expect, test } from 'vitest'
import { field } from '../../src/engine/fields.ts'

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  '%s is read where it is data, and only there',
  (name) => {
    expect(field({}, name)).toBeUndefined()
    expect(field(JSON.parse(`{"${name}": 1}`), name)).toBe(1)
  },
)
