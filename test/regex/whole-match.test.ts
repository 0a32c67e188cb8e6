import { setImmediate as othersHadTheirTurn } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Match, wholeMatch } from '../../src/regex/whole-match.ts'

beforeEach(() => othersHadTheirTurn())

describe('a pattern is compared with the whole text, ignoring case', () => {
  const rows: readonly (readonly [pattern: string, text: string, match: Match])[] = [
    ['yes', 'YES', 'yes'],
    ['yes', 'yes please', 'no'],
    ['.*yes.*', 'oh yes please', 'yes'],
    ['.*(s(i|í)|y).*', 'SÍ', 'yes'],
    ['^(?:[1-9]|0[1-9]|10)$', '10', 'yes'],
    ['^(?:[1-9]|0[1-9]|10)$', '11', 'no'],
    ['a|b', 'ab', 'no'],
    ['a.b', 'a\nb', 'no'],
    ['', '', 'yes'],
    ['\\p{L}+', 'Grüße', 'yes'],
    ['(?i)straße', 'STRAßE', 'yes'],
  ]
  test.each(rows)('%s with %j: %s', (pattern, text, match) => expect(wholeMatch(pattern)(text)).toBe(match))
})

describe('what the linear engine lacks works all the same', () => {
  const rows: readonly (readonly [pattern: string, text: string, match: Match])[] = [
    ['^(?=.*blocked)(?=.*Access Policy).*', 'Blocked by the access policy', 'yes'],
    ['^(?=.*blocked)(?=.*Access Policy).*', 'Blocked by something else', 'no'],
    ['(?=.*\\d).{3,}', 'ab1', 'yes'],
    ['(\\w)\\1', 'aA', 'yes'],
    ['(?!no).*|x', 'nothing', 'no'],
    ['(?i)(?=a).*', 'Abc', 'yes'],
    ['(?=.)\\p{L}', 'é', 'yes'],
    ['(?=.)\\_', '_', 'yes'],
  ]
  test.each(rows)('%s with %j: %s', (pattern, text, match) => expect(wholeMatch(pattern)(text)).toBe(match))
})

test.each(['(', 'a)|(b', '[z-a]', '*', 'a\\', '(?=a', '(?=x)a)|(b', 'x'.repeat(5_000), `${'('.repeat(1_900)}`])(
  'a pattern that is none is invalid: %.20s',
  (pattern) => expect(wholeMatch(pattern)('a')).toBe('invalid'),
)

test('nested repetition is matched at once where backtracking would take hours', () => {
  const { match, took } = timed('(a+)+$', `${'a'.repeat(10_000)}b`)
  expect(match).toBe('no')
  expect(took).toBeLessThan(STALL_MS)
})

describe('a match that would take hours is given up', () => {
  const rows: readonly (readonly [pattern: string, text: string])[] = [
    ['(?=a)(a+)+b', 'a'.repeat(60)],
    ['(a*)*\\1c', 'a'.repeat(60)],
    ['(?=.)(.*)*(.*)*(.*)*x', 'ab'.repeat(500)],
    ['(?:a?){1000}'.repeat(10), 'a'.repeat(16_000)],
  ]
  test.each(rows)('%.40s', async (pattern, text) => {
    const { match, took } = timed(pattern, text)
    expect(match).toBe('timed-out')
    expect(took).toBeLessThan(STALL_MS)
    await othersHadTheirTurn()
    expect(wholeMatch('(?=a).*')('abc')).toBe('yes')
  })
})

// The time limit is one of the clock: on a busy machine it can pass while nothing is done.
test('a pattern that was given up for one text still works for another', { retry: 3 }, async () => {
  const pattern = '(?:a?){1000}'.repeat(10)
  expect(wholeMatch(pattern)('a'.repeat(16_000))).toBe('timed-out')
  await othersHadTheirTurn()
  expect(wholeMatch(pattern)('aaa')).toBe('yes')
  expect(wholeMatch(pattern)('b')).toBe('no')
})

test.each(['a{1000}'.repeat(140), '\\pL{1000}'.repeat(200), '(?=a)((a{1000}){1000}){1000}'])(
  'a pattern that is dear to compile holds nobody up: %.30s',
  (pattern) => expect(timed(pattern, 'a').took).toBeLessThan(STALL_MS),
)

test('many patterns that each take their time do not hold everybody up one after the other', async () => {
  const begun = performance.now()
  const matches = Array.from({ length: 50 }, (_, index) => wholeMatch(`(?=a)(a+)+b{${index}}c`)('a'.repeat(60)))
  expect(performance.now() - begun).toBeLessThan(STALL_MS)
  expect(new Set(matches)).toEqual(new Set(['timed-out']))

  await othersHadTheirTurn()
  expect(wholeMatch('(?=a).*')('abc')).toBe('yes')
})

test('more patterns than are remembered work too', () => {
  const matches = Array.from({ length: 500 }, (_, index) => wholeMatch(`n${index}`)(`N${index}`))
  expect(new Set(matches)).toEqual(new Set(['yes']))
})

/** Compiling and matching have the limit of 50 ms each; the rest is for busy test machines. */
const STALL_MS = 1_000

function timed(pattern: string, text: string): { match: Match; took: number } {
  const begun = performance.now()
  const match = wholeMatch(pattern)(text)
  return { match, took: performance.now() - begun }
}
