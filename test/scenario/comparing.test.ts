import { expect, test } from 'vitest'
import { difference } from '../../src/scenario/difference.ts'
import { BEGINNING, findSeries } from '../../src/scenario/find-series.ts'
import { plainText } from '../../src/scenario/kinds.ts'
import { series } from '../../src/scenario/series.ts'
import { compareValue } from '../../src/scenario/values.ts'
import { endOf, WantedText } from '../../src/scenario/wanted-text.ts'

test.each<[unknown, string, boolean]>([
  ['open', 'We are open.', true],
  ['we are', 'We are open.', false],
  ['We  are\n open', 'We are   open.', true],
  ['We … five', 'We are open from nine to five.', true],
  ['We … six', 'We are open from nine to five.', false],
  ['a.c', 'abc', false],
  [4, 'score 4', true],
  [{ exact: 'yes' }, 'yes', true],
  [{ exact: 'yes' }, 'yes!', false],
  [{ exact: 'a…' }, 'abc', false],
  [{ contains: 'ye' }, 'yes', true],
  [{ matches: '^\\d+$' }, '123', true],
  [{ matches: '^\\d+$' }, '123!', false],
  [{ matches: '/YES/i' }, 'yes', true],
  [{ not: 'no' }, 'yes', true],
  [{ not: { matches: 'e' } }, 'yes', false],
])('%j and %j: %j', (wanted, text, holds) => {
  expect(endOf(WantedText.parse(wanted), text) !== undefined).toBe(holds)
})

const CAME = ['Hello, press 1.', 'Sorry.', 'Hello, press 1.']

test.each<[unknown, boolean]>([
  ['Sorry', true],
  [['Hello', 'press 1', 'Sorry'], true],
  [['Hello', 'Hello'], true],
  [['Hello', 'Hello', 'Hello'], false],
  [['Sorry', 'Sorry'], false],
  [[], false],
  [{ only: ['Hello', 'Sorry', 'press'] }, true],
  [{ only: ['Hello', 'Sorry'] }, false],
  [{ only: ['Hello', 'Sorry', 'press', 'more'] }, false],
  [{ not: 'Goodbye' }, true],
  [{ not: 'Sorry' }, false],
  [['Sorry', { not: 'Sorry' }], true],
  [['Hello', { not: 'Sorry' }], false],
])('of three things that were heard, %j: %j', (wanted, holds) => {
  const found = findSeries(series(WantedText).parse(wanted), { came: CAME, from: BEGINNING }, plainText)
  expect('end' in found).toBe(holds)
})

test.each<[unknown, unknown, string[]]>([
  [{ a: 1 }, { a: '1', b: 2 }, []],
  [{ a: '1' }, { a: 1 }, []],
  [{ a: { b: 'x' } }, { a: { b: 'y' } }, ['a.b']],
  [{ a: { contains: 'x' } }, { a: 'axe' }, []],
  [{ a: { matches: '^x' } }, { a: 'axe' }, ['a']],
  [{ a: { not: 'x' } }, { a: 'axe' }, ['a']],
  [{ a: { exact: {} } }, {}, ['a']],
  [{ a: null }, {}, []],
  [{ a: null }, { a: 0 }, ['a']],
  [{ a: 0 }, {}, ['a']],
  [{ a: [1, 2] }, { a: [1, 2] }, []],
  [{ a: [1, 2] }, { a: [1] }, ['a']],
  [{ a: [1, { b: 1 }] }, { a: [1, { b: 2 }] }, ['a.1.b']],
  [{ a: { b: 1 } }, { a: 'text' }, ['a']],
  [{ toString: 1 }, {}, ['toString']],
])('of %j, %j differs at %j', (wanted, got, places) => {
  expect(compareValue(wanted, got, []).map(({ what }) => what)).toEqual(places)
})

test.each([
  ['open to five', 'open to six', 'open to [-five-] {+six+}'],
  ['a b c', 'a c', 'a [-b-] c'],
  ['a c', 'x a b c', '{+x+} a {+b+} c'],
  ['<Say>a</Say><Hangup/>', '<Say>a</Say><Pause/>', '<Say>a</Say> [-<Hangup/>-] {+<Pause/>+}'],
  ['nothing', 'in common', undefined],
])('the difference of %j and %j', (expected, got, marked) => {
  expect(difference(expected, got)).toBe(marked)
})
