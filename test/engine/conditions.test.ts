import { expect, test } from 'vitest'
import { CONDITION_TYPES, type ConditionType } from '../../src/flow/definition.ts'
import { setVariables } from '../../src/widgets/set-variables.ts'
import { splitBasedOn } from '../../src/widgets/split-based-on.ts'
import { trigger } from '../../src/widgets/trigger.ts'
import { codes, incomingMessage, type Place, story, walked } from '../support/flow.ts'

interface Comparison {
  readonly type: ConditionType
  readonly value: string
  readonly arguments?: readonly string[]
}

/** The transition of a branch that holds when all the comparisons do. */
function branch(next: string, ...comparisons: readonly Comparison[]) {
  const conditions = comparisons.map((one) => ({ friendly_name: one.type, arguments: [], ...one }))
  return { event: 'match', next, conditions }
}

interface Split {
  readonly to: string
  readonly transition: number | undefined
  readonly codes: readonly number[]
}

/** Where a split on the body of a message leads, by which of its transitions, and the codes of its warnings. */
function split(Body: string, place: Partial<Place>): Split {
  const begun = story([trigger, splitBasedOn, setVariables], {
    Trigger: { type: 'trigger', exits: { incomingMessage: 'split' } },
    split: { type: 'split-based-on', properties: { input: '{{trigger.message.Body}}' }, ...place },
    yes: { type: 'set-variables', exits: { next: null } },
    other: { type: 'set-variables', exits: { next: null } },
    no: { type: 'set-variables', exits: { next: null } },
  }).started(incomingMessage(Body))
  const to = walked(begun)[1]?.split(' ').at(-1) ?? ''
  return { to, transition: begun.steps[1]?.transition, codes: codes(begun) }
}

function holds(body: string, type: ConditionType, value: string): boolean {
  return split(body, { exits: { noMatch: 'no' }, branches: [branch('yes', { type, value })] }).to === 'yes'
}

const TABLE: readonly (readonly [type: ConditionType, input: string, value: string, holds: boolean])[] = [
  ['equal_to', 'Yes', 'yes', true],
  ['equal_to', '  yes\n', 'yes ', true],
  ['equal_to', 'yes!', 'yes', false],
  ['equal_to', '1', '1.0', false],
  ['not_equal_to', 'no', 'yes', true],
  ['not_equal_to', 'YES', 'yes', false],
  ['matches_any_of', 'Unknown', 'human, unknown', true],
  ['matches_any_of', 'hum', 'human, unknown', false],
  ['does_not_match_any_of', 'fax', 'human,unknown', true],
  ['does_not_match_any_of', 'human', 'human,unknown', false],
  ['contains', 'aab', 'A', true],
  ['contains', 'aab', 'c', false],
  ['does_not_contain', 'aab', 'c', true],
  ['does_not_contain', 'aab', 'AA', false],
  ['starts_with', ' Hoot', 'hoo', true],
  ['starts_with', 'ahoo', 'hoo', false],
  ['does_not_start_with', 'ahoo', 'hoo', true],
  ['does_not_start_with', 'Hoot', 'hoo', false],
  ['is_blank', '', 'Is Blank', true],
  ['is_blank', ' \n ', '', true],
  ['is_blank', '0', '', false],
  ['is_not_blank', '0', '', true],
  ['is_not_blank', '  ', '', false],
  ['regex', 'ABC', 'a.c', true],
  ['regex', ' abc ', 'a.c', true],
  ['regex', 'xabc', 'a.c', false],
  ['regex', 'b', 'a|b', true],
  ['less_than', '9', '10', true],
  ['less_than', '-1.5', '0', true],
  ['less_than', '10', '10', false],
  ['less_than', 'a', 'b', false],
  ['less_than', '', '5', false],
  ['greater_than', '10', '9', true],
  ['greater_than', '3', '3', false],
  ['greater_than', '0x10', '9', false],
  ['is_before_time', '09:30', '17:00', true],
  ['is_before_time', '17:00', '17:00', false],
  ['is_before_time', '9:30', '17:00', false],
  ['is_after_time', '17:01', '17:00', true],
  ['is_after_time', '25:00', '17:00', false],
  ['is_before_date', '2026-01-31', '2026-02-01', true],
  ['is_before_date', '2026-02-01', '2026-02-01', false],
  ['is_after_date', '2026-02-01', '2025-12-31', true],
  ['is_after_date', '1.2.2026', '2025-12-31', false],
]

test.each(TABLE)('%s: %j and %j: %s', (type, input, value, expected) => {
  expect(holds(input, type, value)).toBe(expected)
})

test.each(CONDITION_TYPES.map((type) => [type]))(
  'the table has an input for which %s holds and one for which it does not',
  (type) => {
    const results = new Set(TABLE.filter(([of]) => of === type).map(([, , , expected]) => expected))
    expect(results.size).toBe(2)
  },
)

test('the first branch that holds is taken', () => {
  const branches = [
    branch('yes', { type: 'less_than', value: '10' }),
    branch('other', { type: 'less_than', value: '100' }),
  ]
  expect(split('5', { branches, exits: { noMatch: 'no' } }).to).toBe('yes')
  expect(split('50', { branches, exits: { noMatch: 'no' } }).to).toBe('other')
  expect(split('500', { branches, exits: { noMatch: 'no' } }).to).toBe('no')
})

test('a branch with several conditions needs them all', () => {
  const branches = [branch('yes', { type: 'greater_than', value: '0' }, { type: 'less_than', value: '10' })]
  expect(split('5', { branches, exits: { noMatch: 'no' } }).to).toBe('yes')
  expect(split('50', { branches, exits: { noMatch: 'no' } }).to).toBe('no')
})

test('a branch without conditions is never taken', () => {
  expect(split('5', { branches: [branch('yes')], exits: { noMatch: 'no' } }).to).toBe('no')
})

test('the first argument is what is compared, where it says something else than the input', () => {
  const branches = [
    branch('yes', { type: 'equal_to', value: '+15550001', arguments: ['{{trigger.message.From}}', 'ignored'] }),
  ]
  expect(split('5', { branches, exits: { noMatch: 'no' } }).to).toBe('yes')
})

test('an empty argument stands for the input', () => {
  expect(split('5', { branches: [branch('yes', { type: 'equal_to', value: '5', arguments: [''] })] }).to).toBe('yes')
})

test('a value can hold a template', () => {
  const same = branch('yes', { type: 'equal_to', value: '{{ trigger.message.From | append: "!" }}' })
  expect(split('+15550001!', { branches: [same] }).to).toBe('yes')
})

test('a split without a match ends the flow where noMatch leads nowhere, with 81005', () => {
  expect(split('5', { branches: [], exits: { noMatch: null } })).toMatchObject({ to: 'Ended', codes: [81005] })
})

test('a pattern that is none does not match, with a line in the log', () => {
  const broken = [branch('yes', { type: 'regex', value: '(' })]
  expect(split('(', { branches: broken, exits: { noMatch: 'no' } })).toMatchObject({ to: 'no', codes: [81018] })
})

test('a template that fails is compared as the empty text, with a line in the log', () => {
  const broken = [branch('yes', { type: 'is_blank', value: '', arguments: ['{{ trigger.message.Body | nosuch }}'] })]
  expect(split('5', { branches: broken, exits: { noMatch: 'no' } })).toMatchObject({ to: 'yes', codes: [81018] })
})

test('a step says by its place which of several branches was taken', () => {
  const branches = [branch('yes', { type: 'equal_to', value: 'a' }), branch('yes', { type: 'equal_to', value: 'b' })]
  expect(split('a', { exits: { noMatch: 'no' }, branches }).transition).toBe(1)
  expect(split('b', { exits: { noMatch: 'no' }, branches }).transition).toBe(2)
  expect(split('c', { exits: { noMatch: 'no' }, branches }).transition).toBe(0)
  expect(split('c', { branches }).transition).toBeUndefined()
})

test('a long text is compared with many values: what exports repeat in each condition is filled once', () => {
  const input = '{{trigger.message.Body}}'
  const branches = Array.from({ length: 100 }, (_, index) =>
    branch(index === 99 ? 'yes' : 'other', { type: 'contains', value: `word${index}!`, arguments: [input] }),
  )

  expect(split(`${'long '.repeat(3_000)}word99!`, { branches })).toEqual({ to: 'yes', transition: 99, codes: [] })
})
