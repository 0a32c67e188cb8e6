import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseFlowText, positionOf, positionsIn } from '../../src/flow/file.ts'
import { pointer } from '../../src/flow/issue.ts'
import { NotJson, scan } from '../../src/flow/scan.ts'

const TEXT = `{
  "states": [
    { "name": "a/b", "properties": { "x~y": 1, "s": "q\\"uote" } }
  ],\r
  "initial_state" : "T"
}`

test.each([
  ['#', 1, 1],
  ['#/states', 2, 13],
  ['#/states/0/name', 3, 15],
  ['#/states/0/properties/x~0y', 3, 45],
  ['#/states/0/properties/missing', 3, 36],
  ['#/states/7', 2, 13],
  ['#/initial_state', 5, 21],
])('%s stands at %i:%i', (path, line, column) => {
  expect(positionOf(TEXT, path)).toEqual({ line, column })
})

test.each([
  [0, 1, 9],
  [1, 1, 10],
  [2, 1, 12],
  [3, 1, 14],
  [4, 1, 20],
  [5, 1, 21],
  [99, 1, 21],
])('offset %i of a text with escapes stands at %i:%i', (offset, line, column) => {
  expect(positionsIn(String.raw`{ "s": "a\n\"\u00e9b", "n": 5 }`)('#/s', offset)).toEqual({ line, column })
})

test('an offset counts only in a text that is at the path itself', () => {
  const position = positionsIn('{ "n": 5, "t": "text" }')
  expect(position('#/n', 3)).toEqual({ line: 1, column: 8 })
  expect(position('#/t/missing', 3)).toEqual({ line: 1, column: 16 })
})

test('a byte order mark is no part of the text', () => {
  expect(parseFlowText(`\uFEFF${TEXT}`)).toEqual(parseFlowText(TEXT))
  expect(positionOf(`\uFEFF${TEXT}`, '#')).toEqual({ line: 1, column: 1 })
})

test('in a REST export pointers begin at the definition', () => {
  expect(positionOf('{ "sid": "FW1",\n "definition": {"states": [] } }', '#/states')).toEqual({ line: 2, column: 27 })
  expect(positionOf('{ "sid": "FW1",\n "definition": "{}" }', '#/states')).toEqual({ line: 2, column: 16 })
})

test.each([
  ['', 1, 1, 'the end of the text found, a value expected'],
  ['{"a": 1\n "b": 2}', 2, 2, `'"' found, ',' or '}' expected`],
  ['[1, 2,]', 1, 7, "']' found, another item after the comma expected"],
  ['{a: 1}', 1, 2, "'a' found, a key in double quotes expected"],
  ['{"a" 1}', 1, 6, "'1' found, ':' expected"],
  ["{\n  'a': 1}", 2, 3, "''' found, a key in double quotes expected"],
  ['{"a": nul}', 1, 7, "'n' found, a value expected"],
  ['{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> b\n}', 2, 1, "'<<<<<<<' found: a merge is not finished here"],
  ['{\n"a": 1\n=======\n"a": 2\n>>>>>>> b\n}', 3, 1, "'=======' found: a merge is not finished here"],
  ['{} {}', 1, 4, "'{' found, the end expected"],
  ['["two\nlines"]', 1, 2, `'"' found, a value expected`],
])('%j is refused where it stops being JSON', (text, line, column, message) => {
  const issue = { severity: 'error', rule: 'not-json', path: '#', message, line, column }
  expect(parseFlowText(text)).toEqual({ issue })
  expect(positionOf(text, '#/states')).toEqual({ line, column })
})

test('a text of millions of letters and lines is gone through', () => {
  const text = JSON.stringify({ long: 'x'.repeat(5_000_000), after: 1 }, null, 1)
  expect(positionOf(text, '#/after')).toEqual({ line: 3, column: 11 })
})

test('a text that is nested without end is refused, not a crash', () => {
  for (const text of ['['.repeat(100_000), '['.repeat(100_000) + ']'.repeat(100_000)])
    expect(parseFlowText(text)).toMatchObject({ issue: { message: 'nested deeper than 1000 levels' } })
})

test('every value of any JSON text is found where it stands', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }), (entries) => {
      const json = { states: entries }
      const lines = JSON.stringify(json, null, 1).split('\n')
      for (const [key, value] of Object.entries(entries)) {
        const { line, column } = positionOf(lines.join('\n'), pointer(['states', key]))
        const found = [lines[line - 1]?.slice(column - 1), ...lines.slice(line)].join('\n')
        expect(found.startsWith(JSON.stringify(value, null, 1).split('\n')[0] ?? '?')).toBe(true)
      }
    }),
    { numRuns: 200 },
  )
})

test('what the scanner takes for JSON is what JSON.parse takes for JSON', () => {
  const nearly = fc.string({ unit: fc.constantFrom(...'{}[]:,"\\ntrue1.-eE0 \n'), maxLength: 12 })
  fc.assert(
    fc.property(nearly, (text) => {
      expect(isScanned(text)).toBe('json' in parseFlowText(text))
    }),
    { numRuns: 2000 },
  )
})

function isScanned(text: string): boolean {
  try {
    return Boolean(scan(text))
  } catch (cause) {
    expect(cause).toBeInstanceOf(NotJson)
    return false
  }
}
