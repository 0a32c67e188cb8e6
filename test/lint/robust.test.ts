import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { collectFlowFiles } from '../../src/commands/flow-files.ts'
import { parseFlowText } from '../../src/flow/file.ts'
import { importFlow } from '../../src/flow/import.ts'
import { problemsOf } from '../../src/lint/lint.ts'
import { catalogue } from '../../src/widgets/index.ts'
import { flowText, problemsIn } from './example.ts'

const FLOWS = join(import.meta.dirname, '../../../shared/flows')
const present = existsSync(join(FLOWS, 'INDEX.tsv'))
if (!present) console.warn('SKIPPED: the corpus of real flows (../shared/flows) is not here')

/** Keys and words that flows have, and some that JavaScript stumbles over. */
const WORD = fc.constantFrom(
  ...['__proto__', 'constructor', 'toString', 'states', 'name', 'type', 'properties', 'transitions', 'event', 'next'],
  ...['initial_state', 'definition', 'conditions', 'arguments', 'value', 'variables', 'key', 'flow_sid', 'url', ''],
  ...['trigger', 'split-based-on', 'set-variables', 'run-subflow', 'send-to-flex', 'gather-input-on-call', 'match'],
  ...[
    '{{widgets.__proto__.x}}',
    '{{flow.variables.constructor}}',
    '{{ widgets["__proto__"] }}',
    '{% if',
    '${x}',
    '?a=+1',
  ],
)

const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 6 },
    WORD,
    fc.constantFrom(null, true, 0, -1.5),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(WORD, tie('json')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
}))

const state = fc.record({
  name: WORD,
  type: WORD,
  properties: fc.array(fc.tuple(WORD, json), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  transitions: fc.array(fc.record({ event: WORD, next: WORD }), { maxLength: 4 }),
})

describe('whatever a file holds, it is judged without an exception', () => {
  test('any JSON', () => {
    fc.assert(
      fc.property(json, (value) => void problemsIn(JSON.stringify(value))),
      { numRuns: 500 },
    )
  })

  test('any flow', () => {
    const flow = fc.array(state, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(flow, (states) => void problemsIn(flowText(...states), true)),
      { numRuns: 1000 },
    )
  })

  test('any text, and any piece of a flow', () => {
    const whole = readFileSync('flows/voice-ivr.json', 'utf8')
    const piece = fc.nat({ max: whole.length }).map((length) => whole.slice(0, length))
    fc.assert(
      fc.property(fc.oneof(fc.string(), piece), (text) => void problemsIn(text)),
      { numRuns: 300 },
    )
  })
})

test('a widget may be named as JavaScript names its own', () => {
  const say = { type: 'say-play', properties: { say: '{{widgets.toString.x}}' }, transitions: [] }
  expect(problemsIn(flowText({ ...say, name: '__proto__' })).map(({ rule, widget }) => `${rule} ${widget}`)).toEqual([
    'unknown-widget __proto__',
  ])
})

test('2,000 widgets with long texts, each of which reads the one before, are judged in no more than a minute on a busy machine', () => {
  const long = `${'x'.repeat(4_000)}{{flow.variables.v`
  const states = Array.from({ length: 1_999 }, (_, index) => ({
    name: `w${index}`,
    type: 'set-variables',
    properties: { variables: [{ key: `v${index}`, value: `${long}${index - 1}}}{{widgets.w${index - 1}.x}}` }] },
    transitions: [{ event: 'next', next: `w${(index + 1) % 1_999}` }],
  }))
  const started = performance.now()
  const problems = problemsIn(flowText(...states))
  expect(performance.now() - started).toBeLessThan(60_000)
  expect(problems.map(({ rule, widget }) => `${rule} ${widget}`)).toEqual([
    'endless-loop w0',
    'unset-variable w0',
    'unknown-widget w0',
  ])
})

test('2,000 widgets that all read names that are not there are judged in no more than a minute on a busy machine', () => {
  const states = Array.from({ length: 1_999 }, (_, index) => ({
    name: `a_name_of_some_length_for_a_widget_${index}`,
    type: 'say-play',
    properties: {
      say: `{{widgets.a_name_of_some_length_for_a_gadget_${index}.x}}{{flow.variables.a_gadget_${index}}}`,
    },
    transitions: [{ event: 'audioComplete', next: `a_name_of_some_length_for_a_widget_${(index + 1) % 1_999}` }],
  }))
  const started = performance.now()
  const problems = problemsIn(flowText(...states))
  expect(performance.now() - started).toBeLessThan(60_000)
  expect(problems).toHaveLength(2 * 1_999)
  expect(problems.filter(({ hint }) => hint !== undefined)).toHaveLength(50)
})

test('a text that is nested without end is refused, in a definition that is a text too', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  expect(problemsIn(deep)).toMatchObject([{ rule: 'not-json', message: 'nested deeper than 1000 levels' }])
  expect(problemsIn(JSON.stringify({ definition: deep }))).toMatchObject([{ rule: 'not-json' }])
})

test('a text of megabytes is no template, and is said to be none', () => {
  const say = { name: 'a', type: 'say-play', properties: { say: `{{${'x'.repeat(3_000_000)}}}` }, transitions: [] }
  expect(problemsIn(flowText(say)).map(({ rule }) => rule)).toEqual(['liquid-syntax'])
})

describe.skipIf(!present)('the real flows', () => {
  test('are judged within 10 s, and none has an error but those that are refused anyway', async () => {
    const started = performance.now()
    const all = await collectFlowFiles([FLOWS])
    const problems = problemsOf(all, catalogue)
    expect(performance.now() - started).toBeLessThan(10_000)
    const errors = problems.filter(({ severity }) => severity === 'error')
    const refused = all.files.filter(({ text }) => {
      const parsed = parseFlowText(text)
      return 'issue' in parsed || !('definition' in importFlow(parsed.json, catalogue))
    })
    expect([...new Set(errors.map(({ file }) => file))].sort()).toEqual(refused.map(({ file }) => file).sort())
  })
})
