import { describe, expect, test } from 'vitest'
import { differences } from '../../src/console/document/compare.ts'
import { apply, opened } from '../../src/console/document/document.ts'
import { editable } from '../../src/console/document/import.ts'
import { placedIn } from '../../src/console/document/placed.ts'
import type { JsonObject } from '../../src/flow/record.ts'
import { catalogue } from './catalogue.ts'
import { corpusFiles, definitionIn } from './corpus.ts'

const files = corpusFiles()

describe.skipIf(files.length === 0)('of the real flows', () => {
  test.each(files)('%s is no different when its widgets stand elsewhere and its keys in another order', (file) => {
    const definition = editable(definitionIn(file))
    const to = new Map(placedIn(definition).map(({ id, index }) => [id, { x: index * 300, y: 0 }]))
    const moved = apply(opened(definition), { kind: 'move', to }).definition
    expect(differences(definition, turned(moved), catalogue)).toEqual([])
  })
})

test.each<readonly [change: string, from: object, to: object, words: readonly string[]]>([
  [
    'a text',
    { properties: { say: 'Hi' } },
    { properties: { say: 'Hello' } },
    ['Text to say is "Hello", no longer "Hi"'],
  ],
  ['an absent text', { properties: {} }, { properties: { say: '' } }, []],
  ['a new property', { properties: {} }, { properties: { loop: 2 } }, ['Number of loops is 2']],
  ['an unknown property', { properties: { odd: [1] } }, { properties: {} }, ['odd is no longer [1]']],
  ['a connection', ways(), ways('menu'), ['Audio Complete leads to menu, no longer to the end']],
  ['another type', {}, { type: 'odd' }, ['The type is "odd", no longer "say-play"']],
])('%s is told in words', (_change, from, to, words) => {
  const found = differences(flowOf(from), flowOf(to), catalogue)
  expect(found.map((difference) => difference.words)).toEqual(words)
})

test('a widget that got another name is told as that, and what follows its name is no difference', () => {
  const states = (name: string) => [
    { name, type: 'say-play', properties: { say: 'Hi' } },
    {
      name: 'next',
      type: 'say-play',
      properties: { say: `{{widgets.${name}.x}}` },
      transitions: [{ event: 'x', next: name }],
    },
  ]
  expect(differences({ states: states('hello') }, { states: states('greeting') }, catalogue)).toEqual([
    { widget: 'greeting', kind: 'changed', words: 'It was called hello' },
  ])
})

test('pairs are told by their keys', () => {
  const variables = (value: string) => ({ type: 'set-variables', properties: { variables: [{ key: 'city', value }] } })
  const [one] = differences(flowOf(variables('Rome')), flowOf(variables('Pisa')), catalogue)
  expect(one?.words).toBe('Variables city is "Pisa", no longer "Rome"')
})

test('branches that are half made are compared all the same', () => {
  const from = flowOf({
    type: 'split-based-on',
    transitions: [{ event: 'match', conditions: [{}] }, { event: 'match' }],
  })
  const to = flowOf({ type: 'split-based-on', transitions: [{ event: 'match', conditions: [{ arguments: 5 }] }] })
  expect(differences(from, to, catalogue)).toHaveLength(1)
})

test('branches are told by their conditions, and by their order', () => {
  const [one, two] = [branch('1', 'a'), branch('2', 'b')]
  const from = flowOf({ type: 'split-based-on', transitions: [one, two] })
  const to = flowOf({ type: 'split-based-on', transitions: [two, { ...one, next: 'c' }, branch('3', 'd')] })
  expect(differences(from, to, catalogue).map(({ words }) => words)).toEqual([
    'The branch "= 2" is tested as number 1, no longer as number 2',
    '= 1 leads to c, no longer to a',
    'The branch "= 1" is tested as number 2, no longer as number 1',
    'The branch "= 3" was added and leads to d',
  ])
})

test('widgets that came and went are told', () => {
  const from = { states: [{ name: 'old', type: 'say-play' }] }
  const to = { states: [{ name: 'new', type: 'send-message' }], description: 'Better' }
  expect(differences(from, to, catalogue)).toEqual([
    { widget: undefined, kind: 'changed', words: 'description is "Better"' },
    { widget: 'new', kind: 'added', words: 'Send Message was added' },
    { widget: 'old', kind: 'removed', words: 'Say/Play was removed' },
  ])
})

function flowOf(widget: object): JsonObject {
  return { states: [{ name: 'hello', type: 'say-play', ...widget }], initial_state: 'hello' }
}

function ways(next?: string) {
  return { transitions: [{ event: 'audioComplete', ...(next !== undefined && { next }) }] }
}

function branch(value: string, next: string) {
  const condition = { friendly_name: `If value equal_to ${value}`, arguments: ['{{x}}'], type: 'equal_to', value }
  return { event: 'match', next, conditions: [condition] }
}

/** The same with the keys of every object the other way round. */
function turned(json: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(json), (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  )
}
