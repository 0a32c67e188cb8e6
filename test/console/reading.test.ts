import { expect, test } from 'vitest'
import { type Beginning, begun } from '../../src/console/document/beginning.ts'
import { find } from '../../src/console/document/find.ts'
import { placedIn } from '../../src/console/document/placed.ts'
import { summaryOf } from '../../src/console/document/summary.ts'
import { doingOf, type KeyPress } from '../../src/console/editor/shortcuts.ts'
import { completionsFor } from '../../src/console/inspector/completions.ts'
import { changedCondition, newCondition } from '../../src/console/inspector/condition-words.ts'
import { screensAfter } from '../../src/console/phone/screen.ts'
import { branchTitle, exitsOf } from '../../src/picture/exits.ts'
import { catalogue } from './catalogue.ts'

const ALL = placedIn({
  states: [
    { name: 'Trigger', type: 'trigger', transitions: [{ event: 'incomingCall', next: 'ask' }] },
    {
      name: 'ask',
      type: 'gather-input-on-call',
      transitions: [{ event: 'timeout' }, { event: 'speech', next: 'keep' }],
    },
    {
      name: 'keep',
      type: 'set-variables',
      properties: { variables: [{ key: 'name', value: 'Ada' }] },
      transitions: [{ event: 'next', next: 'tell' }],
    },
    { name: 'tell', type: 'say-play', properties: { say: 'Thank you' } },
    { name: 'moon', type: 'send-to-moon', properties: { crew: 3, motto: 'up' }, transitions: [{ event: 'hasLanded' }] },
  ],
  initial_state: 'Trigger',
})

test('exits are those of the file, in its order, and then those that it leaves out', () => {
  const [, ask] = ALL
  expect(ask && exitsOf(ask, catalogue).map(({ key, title, next }) => [key, title, next])).toEqual([
    ['0', 'No Input', undefined],
    ['1', 'User Said Something', 'keep'],
    ['+keypress', 'User Pressed Keys', undefined],
  ])
})

const BARE = { states: [], initial_state: 'Trigger' }

test.each<[Beginning, string | undefined]>([
  [{ kind: 'scratch' }, undefined],
  [{ kind: 'template', template: { title: 'Phone menu', definition: BARE } }, 'Phone menu'],
  [{ kind: 'json', text: JSON.stringify({ friendly_name: 'Desk', definition: BARE }) }, 'Desk'],
  [{ kind: 'json', text: JSON.stringify(BARE) }, undefined],
])('a new flow that begins with %o has a name by itself where there is one: %s', (beginning, name) => {
  expect(begun(beginning)).toEqual({ name, definition: expect.objectContaining({ initial_state: 'Trigger' }) })
})

test.each([
  [{ friendly_name: 'Sales', type: 'equal_to', value: '1' }, 'Sales'],
  [{ friendly_name: 'If value equal_to 1', type: 'equal_to', value: '1' }, '= 1'],
  [{ friendly_name: 'If value does_not_contain x y', type: 'does_not_contain', value: 'x y' }, 'does not contain x y'],
  [{ type: 'is_blank' }, 'is blank'],
  [{}, 'condition'],
])('a branch has a name by which it is told from others', (condition, title) => {
  expect(branchTitle(condition)).toBe(title)
})

test('a card says what its widget does, also of types that nobody knows', () => {
  expect(ALL.map((placed) => summaryOf(placed, catalogue))).toEqual([
    'Starts the flow',
    '',
    'name = Ada',
    'Thank you',
    'up',
  ])
})

test.each([
  ['ask', ['ask', 'Trigger']],
  ['say/play', ['tell']],
  ['THANK you', ['tell']],
  ['gather keep', ['ask']],
  ['moon', ['moon']],
  ['nowhere', []],
])('"%s" finds by name, type and text', (query, names) => {
  expect(find(ALL, query, catalogue).map(({ placed }) => placed.name)).toEqual(names)
})

test('templates are offered what comes before them, and what is there always', () => {
  const [, , , tell] = ALL
  const paths = tell ? completionsFor(tell, ALL, catalogue).map(({ path }) => path) : []
  expect(paths).toEqual(
    expect.arrayContaining(['widgets.ask.Digits', 'flow.variables.name', 'contact.channel.address']),
  )
  expect(paths.filter((path) => path.startsWith('widgets.moon'))).toEqual([])
})

test.each<readonly [keys: Partial<KeyPress>, where: 'field' | 'canvas', does: string | undefined]>([
  [{ key: 'z', code: 'KeyZ', ctrlKey: true }, 'canvas', 'undo'],
  [{ key: 'Z', code: 'KeyZ', metaKey: true, shiftKey: true }, 'canvas', 'redo'],
  [{ key: 'z', code: 'KeyZ', ctrlKey: true }, 'field', undefined],
  [{ key: 's', code: 'KeyS', ctrlKey: true }, 'field', 'save'],
  [{ key: '?', code: 'Slash', shiftKey: true }, 'canvas', 'help'],
  [{ key: '!', code: 'Digit1', shiftKey: true }, 'canvas', 'fit'],
  [{ key: 'Backspace', code: 'Backspace' }, 'field', undefined],
  [{ key: 'ArrowUp', code: 'ArrowUp', shiftKey: true }, 'canvas', 'far-up'],
  [{ key: 'a', code: 'KeyA' }, 'canvas', undefined],
])('keys do what the help says: %j in the %s', (keys, where, does) => {
  const press = { key: '', code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...keys }
  expect(doingOf(press, where)).toBe(does)
})

test('a condition keeps the name that somebody gave it, and one that was made follows the test', () => {
  const made = newCondition('{{x}}')
  expect(changedCondition(made, { value: '1' })).toEqual({
    friendly_name: 'If value equal_to 1',
    arguments: ['{{x}}'],
    type: 'equal_to',
    value: '1',
  })
  expect(changedCondition({ ...made, friendly_name: 'Sales' }, { value: '1' })).toMatchObject({
    friendly_name: 'Sales',
  })
})

test('what happens to one contact is on their phone alone, what concerns none is on all, but for calls of others', () => {
  const happenings = [
    { type: 'call', status: 'in-progress', contact: '+1' },
    { type: 'message', direction: 'outbound', body: 'Hi', contact: '+2' },
    { type: 'call', status: 'completed', contact: null },
    { type: 'noted', text: 'A fax is sent', contact: null },
  ]
  const screens = [...happenings.reduce(screensAfter, new Map())]
  expect(screens.map(([contact, { isInCall, lines }]) => [contact, isInCall, lines.map(({ text }) => text)])).toEqual([
    ['+1', true, ['Call begins', 'A fax is sent']],
    ['+2', false, ['Hi', 'A fax is sent']],
  ])
})
