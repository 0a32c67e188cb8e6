import { expect, test } from 'vitest'
import { sendMessage } from '../../src/widgets/send-message.ts'
import { setVariables } from '../../src/widgets/set-variables.ts'
import { trigger } from '../../src/widgets/trigger.ts'
import { codes, contextAfter, incomingMessage, type Place, type Places, story, walked } from '../support/flow.ts'
import { TOYS } from './toys.ts'

const BEGIN: Place = { type: 'trigger', exits: { incomingMessage: 'here' } }

function after(Body: string, here: Place, more: Places = {}) {
  return story([trigger, setVariables, sendMessage, ...TOYS], { Trigger: BEGIN, here, ...more }).started(
    incomingMessage(Body),
  )
}

function setting(...variables: readonly Record<string, unknown>[]): Place {
  return { type: 'set-variables', properties: { variables }, exits: { next: null } }
}

test('a template that fails gives the empty text, and the walk goes on with a line in the log', () => {
  const done = after('hi', {
    type: 'pass',
    properties: { text: '{{ trigger.message.Body | nosuch }}' },
    exits: { next: null },
  })
  expect(contextAfter(done).widgets.here).toMatchObject({ text: '' })
  expect(codes(done)).toEqual([81018])
  expect(done.warnings[0]).toMatchObject({ widget: 'here', message: expect.stringContaining('text') })
})

test('what a contact writes is never taken for a template', () => {
  const echo = setting({ key: 'said', value: '{{trigger.message.Body}}' })
  const done = after(
    '{{contact.channel.address}}',
    { ...echo, exits: { next: 'again' } },
    {
      again: setting({ key: 'again', value: '{{flow.variables.said}}!' }),
    },
  )
  expect(contextAfter(done).flow).toMatchObject({
    variables: { said: '{{contact.channel.address}}', again: '{{contact.channel.address}}!' },
  })
  expect(codes(done)).toEqual([])
})

test.each([
  ['an object with templates in it is filled', { who: '{{trigger.message.From}}', n: [1, '{{trigger.message.Body}}'] }],
  ['a template that names an object may stand among blanks', '\n  {{flow.variables.wanted}}\n'],
])('%s, where a variable is JSON', (_case, value) => {
  const wanted = { who: '+15550001', n: [1, 'hi'] }
  const first = { key: 'wanted', value: JSON.stringify(wanted), type: 'json' }
  const done = after(
    'hi',
    { ...setting(first), exits: { next: 'again' } },
    { again: setting({ key: 'got', value, type: 'json' }) },
  )
  expect(contextAfter(done).flow.variables).toEqual({ wanted, got: wanted })
  expect(codes(done)).toEqual([])
})

test('an object that is longer than what a template may write is a variable without a word', () => {
  const long = { text: 'x'.repeat(10_000) }
  const list = { key: 'list', value: JSON.stringify([long, long]), type: 'json' }
  const done = after(
    'hi',
    { ...setting(list), exits: { next: 'again' } },
    { again: setting({ key: 'got', value: '{{flow.variables.list}}', type: 'json_object' }) },
  )
  expect(contextAfter(done).flow.variables).toEqual({ list: [long, long], got: [long, long] })
  expect(codes(done)).toEqual([])
})

test('a number can come out of a template', () => {
  const done = after('12', { type: 'pass', properties: { number: '{{trigger.message.Body}}' }, exits: { next: null } })
  expect(contextAfter(done).widgets.here).toMatchObject({ number: 12 })
})

test('a property that cannot be used counts as absent, with a line in the log', () => {
  const done = after('twelve', {
    type: 'pass',
    properties: { text: 'kept', number: '{{trigger.message.Body}}' },
    exits: { next: null },
  })
  expect(contextAfter(done).widgets.here).toEqual({ text: 'kept', number: 7 })
  expect(codes(done)).toEqual([81018])
})

test('a widget that cannot do without the property leaves by the exit it names for that', () => {
  const done = after('twelve', {
    type: 'picky',
    properties: { number: '{{trigger.message.Body}}' },
    exits: { unusable: null },
  })
  expect(walked(done)).toEqual(['Trigger incomingMessage here', 'here unusable Ended'])
  expect(codes(done)).toEqual([81018])
})

test('a property that an old export lists as null is absent', () => {
  const done = after('hi', { type: 'pass', properties: { text: null, number: null }, exits: { next: null } })
  expect(contextAfter(done).widgets.here).toEqual({ text: '', number: 7 })
})

test('names of JavaScript are names like any other', () => {
  const done = after('hi', setting({ key: '__proto__', value: 'a' }, { key: 'constructor', value: 'b' }), {})
  expect(Object.keys(contextAfter(done).widgets.here ?? {})).toEqual(['__proto__', 'constructor'])
  expect({}).not.toHaveProperty('a')
})

test.each([
  ['{{flow.variables.constructor}}'],
  ['{{trigger.message.__proto__}}'],
  ['{{trigger.toString}}'],
  ['{{widgets.constructor.name}}'],
])('the template %s sees nothing of JavaScript', (value) => {
  expect(contextAfter(after('hi', setting({ key: 'seen', value: `[${value}]` }))).widgets.here).toEqual({ seen: '[]' })
})

test('a widget can have a name of JavaScript', () => {
  const places = { Trigger: { ...BEGIN, exits: { incomingMessage: '__proto__' } } }
  const named = JSON.parse(`{"__proto__":${JSON.stringify(setting({ key: 'a', value: '1' }))}}`)
  const done = story([trigger, setVariables], { ...places, ...named }).started(incomingMessage())
  expect(JSON.stringify(contextAfter(done).widgets)).toBe('{"__proto__":{"a":"1"}}')
})

test('an object that a template names stays one where JSON is asked for', () => {
  const first = setting({ key: 'order', value: '{"items":[{"id":1},{"id":2}]}', type: 'json' })
  const done = after(
    'hi',
    { ...first, exits: { next: 'again' } },
    {
      again: setting({ key: 'items', value: '{{flow.variables.order.items}}', type: 'json' }),
    },
  )
  expect(contextAfter(done).flow).toMatchObject({ variables: { items: [{ id: 1 }, { id: 2 }] } })
})

test.each([['1'], ['{{1}}'], ['{{ 1 }}']])('a variable of a content template can be written %s', (key) => {
  const content = {
    message_type: 'content_template',
    content_sid: 'HX1',
    content_variables: [{ key, value: '{{trigger.message.Body}}' }],
  }
  const begun = after('Ada', { type: 'send-message', properties: { from: '{{flow.channel.address}}', ...content } })
  expect(begun.effect).toMatchObject({ from: '+15550002', contentVariables: '{"1":"Ada"}' })
})

test('the key of a pair is taken as it stands', () => {
  const done = after('hi', setting({ key: '{{trigger.message.Body}}', value: '{{trigger.message.Body}}' }))
  expect(contextAfter(done).flow).toMatchObject({ variables: { '{{trigger.message.Body}}': 'hi' } })
})

test('the variables of a content template have the names that it gives them, however these are written', () => {
  const content_variables = ['1', '{{2}}', '{{ first_name }}'].map((key) => ({
    key,
    value: '{{trigger.message.Body}}',
  }))
  const properties = { from: '+15550002', message_type: 'content_template', content_sid: 'HX1', content_variables }
  const { effect } = after('hi', { type: 'send-message', properties, exits: { sent: null } })
  expect(effect).toMatchObject({ contentVariables: '{"1":"hi","2":"hi","first_name":"hi"}' })
})
