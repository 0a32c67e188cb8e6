import { expect, test } from 'vitest'
import type { Problem } from '../../src/lint/lint.ts'
import { reportGithub } from '../../src/lint/report-github.ts'
import { reportJson } from '../../src/lint/report-json.ts'
import { reportText } from '../../src/lint/report-text.ts'

const CUT: Problem = {
  ...{ file: 'flows/a.json', line: 4, column: 3, path: '#' },
  ...{ severity: 'error', rule: 'not-json', message: "']' found, a value expected" },
}
const LATE: Problem = {
  ...{ file: 'flows/b, c: 100%.json', line: 12, column: 7, path: '#/states/1/properties/say', offset: 5 },
  ...{
    severity: 'warning',
    rule: 'unknown-filter',
    widget: 'greet',
    message: "no 100%\r\nfilter 'x'",
    hint: "write 'y'",
  },
}
const REPORT = { problems: [CUT, LATE], files: 3, unreadable: 0 }

const PLAIN = { error: (text: string) => text, warning: (text: string) => text, faint: (text: string) => text }
const sgr = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`
const COLOURS = { error: sgr(31), warning: sgr(33), faint: sgr(2) }

test('as text a problem is a line, with its hint below, and files stand apart', () => {
  expect(reportText(REPORT, PLAIN)).toBe(`flows/a.json:4:3 error - not-json ']' found, a value expected

flows/b, c: 100%.json:12:7 warning greet unknown-filter no 100%\\r\\nfilter 'x'
  hint: write 'y'

3 files, 1 error, 1 warning
`)
})

test("the schema's words are told with the property that they are of", () => {
  const found = (path: string, rule = 'wrong-json-type') => {
    const [line] = reportText({ ...REPORT, problems: [{ ...CUT, rule, path, message: 'integer found' }] }, PLAIN).split(
      '\n',
    )
    return line?.replace(/^.* - /, '')
  }
  expect(found('#/states/1/properties/say')).toBe('wrong-json-type say: integer found')
  expect(found('#/states/1/properties/parameters/0/key')).toBe('wrong-json-type parameters/0/key: integer found')
  expect(found('#/flags/allow_concurrent_calls', 'wrong-value')).toBe(
    'wrong-value allow_concurrent_calls: integer found',
  )
  expect(found('#')).toBe('wrong-json-type integer found')
  expect(found('#/states/1/properties/say', 'empty')).toBe('empty integer found')
})

test('as text a flow without problems is a sum only', () => {
  expect(reportText({ problems: [], files: 1, unreadable: 2 }, PLAIN)).toBe(
    '1 file, 0 errors, 0 warnings, 2 could not be read\n',
  )
})

test('nothing in a file can write on the terminal but what we colour ourselves', () => {
  const hostile = { ...CUT, message: '\u001b[2J\u009bK\u0007', hint: '\u001b]0;x' }
  const text = reportText({ ...REPORT, problems: [hostile] }, COLOURS)
  expect(text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f][^m]*m/g)).toEqual([
    ...['\u001b[31m', '\u001b[0m', '\u001b[2m', '\u001b[0m', '\u001b[2m', '\u001b[0m'],
  ])
})

test('as JSON every problem has the same keys', () => {
  expect(JSON.parse(reportJson(REPORT))).toEqual({
    problems: [
      {
        ...{ file: 'flows/a.json', line: 4, column: 3, severity: 'error', widget: null, rule: 'not-json' },
        ...{ message: "']' found, a value expected", hint: null, path: '#' },
      },
      {
        ...{ file: 'flows/b, c: 100%.json', line: 12, column: 7, severity: 'warning', widget: 'greet' },
        ...{ rule: 'unknown-filter', message: "no 100%\r\nfilter 'x'", hint: "write 'y'" },
        path: '#/states/1/properties/say',
      },
    ],
    summary: { files: 3, errors: 1, warnings: 1, unreadable: 0 },
  })
})

test('for GitHub a problem is a workflow command, with what its syntax needs escaped', () => {
  expect(reportGithub(REPORT).split('\n')).toEqual([
    "::error file=flows/a.json,line=4,col=3,title=not-json::']' found, a value expected",
    "::warning file=flows/b%2C c%3A 100%25.json,line=12,col=7,title=unknown-filter (greet)::no 100%25%0D%0Afilter 'x'%0Ahint: write 'y'",
    '',
  ])
})
