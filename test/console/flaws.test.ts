import { expect, test } from 'vitest'
import type { Problem } from '../../src/console/document/problem.ts'
import { flawsIn, problemsBelow } from '../../src/console/inspector/flaws.ts'

test.each<readonly [what: string, text: string, offset: number | undefined, marked: string]>([
  ['a filter', 'Hi {{ "x" | no_such }}', 12, 'no_such'],
  ['a variable with its path', '{{flow.variables.town}}', 2, 'flow.variables.town'],
  ['a key in brackets', '{{widgets["main menu"].Digits }}', 2, 'widgets["main menu"].Digits'],
  ['a sign', '{{1 + 2}}', 4, '+'],
  ['a tag that is not closed, up to the end of its line', 'a {{flow\nb', 2, '{{flow'],
  ['the last sign, where the place is behind it', 'a {{', 4, '{'],
  ['the first word, where no place is known', 'many times', undefined, 'many'],
])('%s is marked', (_what, text, offset, marked) => {
  const [flaw] = flawsIn(text, 'liquid', [problem([], offset)])
  expect(text.slice(flaw?.from, flaw?.to)).toBe(marked)
})

test.each<readonly [what: string, path: Problem['path'], offset: number | undefined, marked: readonly string[]]>([
  ['a text in JSON', ['people', 1], 3, ['no_such']],
  ['a text with escapes before', ['says'], 4, ['odd']],
  ['a whole value', ['people', 0], undefined, ['"Ada"']],
  ['a value that is missing, by what is around it', ['people', 9], undefined, ['[']],
])('%s is marked', (_what, path, offset, marked) => {
  const text = '{ "people": ["Ada", "{{ no_such }}"], "says": "\\u00e4\\n{{odd}}" }'
  const flaws = flawsIn(text, 'json', [problem(path, offset)])
  expect(flaws.map(({ from, to }) => text.slice(from, to))).toEqual(marked)
})

test('JSON that is half typed has no marks, nor has an empty text', () => {
  expect(flawsIn('{ "a": ', 'json', [problem(['a'], 0)])).toEqual([])
  expect(flawsIn('', 'liquid', [problem([], 0)])).toEqual([])
})

test('a field has the problems of what it holds, and no others', () => {
  const all = [problem(['states', 1, 'properties', 'say'], 3), problem(['states', 11, 'properties', 'say'], 4)]
  expect(problemsBelow(all, ['states', 1, 'properties']).map(({ path, offset }) => [path, offset])).toEqual([
    [['say'], 3],
  ])
})

function problem(path: Problem['path'], offset: number | undefined): Problem {
  return { severity: 'warning', rule: 'x', message: 'is wrong', path, ...(offset !== undefined && { offset }) }
}
