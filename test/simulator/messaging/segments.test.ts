import { expect, test } from 'vitest'
import { segmentsOf } from '../../../src/simulator/messaging/segments.ts'

test.each([
  ['nothing', '', 1],
  ['160 GSM characters', 'x'.repeat(160), 1],
  ['161 GSM characters', 'x'.repeat(161), 2],
  ['306 GSM characters', 'x'.repeat(306), 2],
  ['307 GSM characters', 'x'.repeat(307), 3],
  ['80 euro signs, which count twice', '€'.repeat(80), 1],
  ['81 euro signs', '€'.repeat(81), 2],
  ['a euro sign that would be cut in two', `${'x'.repeat(152)}€${'x'.repeat(152)}`, 3],
  ['70 characters, one of them Chinese', `${'x'.repeat(69)}好`, 1],
  ['71 characters, one of them Chinese', `${'x'.repeat(70)}好`, 2],
  ['35 pictures, two units each', '💚'.repeat(35), 1],
  ['67 pictures, of which 33 fit into one', '💚'.repeat(67), 3],
])('%s', (_what, body, segments) => {
  expect(segmentsOf(body)).toBe(segments)
})
