import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copied, pasted } from '../../src/console/document/clipboard.ts'
import type { Command } from '../../src/console/document/commands.ts'
import { apply, type FlowDocument, isChanged, opened, redo, select, undo } from '../../src/console/document/document.ts'
import { editable, flowIn } from '../../src/console/document/import.ts'
import { at } from '../../src/console/document/json.ts'
import { type Placed, placedIn, statesOf } from '../../src/console/document/placed.ts'
import { setDown } from '../../src/console/document/set-down.ts'
import { own } from '../../src/flow/record.ts'
import { type Box, CARD_HEIGHT, cardWidth } from '../../src/picture/geometry.ts'
import { catalogue } from './catalogue.ts'
import { CORPUS, corpusFiles, definitionIn } from './corpus.ts'

const files = corpusFiles()

describe.skipIf(files.length === 0)('of the real flows', () => {
  test.each(files)('%s is taken in and given out as it was', (file) => {
    const { definition } = opened(definitionIn(file))
    const json: unknown = JSON.parse(readFileSync(join(CORPUS, file), 'utf8').replace(/^\uFEFF/, ''))
    const inside = own(json, 'states') === undefined ? own(json, 'definition') : json
    expect(definition).toEqual(typeof inside === 'string' ? JSON.parse(inside) : inside)
  })

  test.each(files)('every widget of %s is edited alone, and every edit undone', (file) => {
    const document = opened(editable(definitionIn(file)))
    for (const placed of placedIn(document.definition)) {
      for (const command of editsOf(placed)) {
        const after = apply(document, command)
        expect(after.definition).not.toBe(document.definition)
        expect(otherStates(after, placed)).toEqual(otherStates(document, placed))
        expect(otherStates(after, placed).every((state, place) => state === otherStates(document, placed)[place])).toBe(
          true,
        )
        expect(undo(after).definition).toBe(document.definition)
      }
    }
  })

  test.each(files)('whatever is removed from %s comes back by an undo', (file) => {
    const document = opened(editable(definitionIn(file)))
    const placed = placedIn(document.definition)
    const gone = apply(document, { kind: 'remove', widgets: placed.map(({ id }) => id) })
    const left = placedIn(gone.definition).filter(
      ({ type, name }) => type !== 'trigger' && name !== document.definition.initial_state,
    )
    expect(left).toEqual([])
    expect((gone === document ? document : undo(gone)).definition).toBe(document.definition)
  })
})

test('a widget that is removed leaves open ends behind, and nothing else changes', () => {
  const document = apply(opened(MENU), { kind: 'remove', widgets: ['menu'] })
  expect(document.definition).toEqual({
    ...MENU,
    states: [
      { ...MENU.states[0], transitions: [{ event: 'incomingCall' }, { event: 'incomingMessage' }] },
      MENU.states[2],
    ],
  })
  expect(statesOf(document.definition)[1]).toBe(MENU.states[2])
})

test('the trigger cannot be removed', () => {
  const document = opened(MENU)
  expect(apply(document, { kind: 'remove', widgets: ['Trigger'] })).toBe(document)
})

test('a new name goes wherever the flow speaks of the widget', () => {
  const { definition, selection } = apply(select(opened(MENU), ['menu']), {
    kind: 'rename',
    widget: 'menu',
    name: 'ask',
  })
  expect(at(definition, ['states', 0, 'transitions', 0, 'next'])).toBe('ask')
  expect(at(definition, ['states', 2, 'properties', 'say'])).toBe(
    'You pressed {{widgets.ask.Digits}}, not {{widgets.menu_2.Digits}} or widgets.menu',
  )
  expect(selection).toEqual(['ask'])
})

test('an exit is connected and disconnected', () => {
  const connected = apply(opened(MENU), { kind: 'connect', widget: 'menu', exit: { transition: 1 }, to: 'bye' })
  expect(at(connected.definition, ['states', 1, 'transitions', 1])).toEqual({ event: 'timeout', next: 'bye' })
  const open = apply(connected, { kind: 'connect', widget: 'menu', exit: { transition: 1 }, to: undefined })
  expect(open.definition).toEqual(MENU)
})

test('an event that the file leaves out gets a transition when it is connected', () => {
  const { definition } = apply(opened(MENU), { kind: 'connect', widget: 'menu', exit: { event: 'speech' }, to: 'bye' })
  expect(at(definition, ['states', 1, 'transitions', 2])).toEqual({ next: 'bye', event: 'speech' })
})

test('what is typed in one go is undone in one go', () => {
  const typed = ['H', 'He', 'Hey'].reduce((document, value) => apply(document, say(value)), opened(MENU))
  expect(undo(typed).definition).toBe(MENU)
  const twice = apply(select(typed, ['bye']), say('Hey you'))
  expect(at(undo(twice).definition, ['states', 1, 'properties', 'say'])).toBe('Hey')
})

test('fifty edits can be undone, and done again', () => {
  const edits = Array.from(
    { length: 60 },
    (_, number): Command => ({ kind: 'move', to: new Map([['menu', { x: number, y: 1 }]]) }),
  )
  const document = edits.reduce(apply, opened(MENU))
  const back = edits.reduce(undo, document)
  expect(at(back.definition, ['states', 1, 'properties', 'offset', 'x'])).toBe(9)
  expect(edits.reduce(redo, back).definition).toBe(document.definition)
})

test('an edit that is undone leaves nothing to save', () => {
  const document = apply(opened(MENU), say('Hey'))
  expect([isChanged(document), isChanged(undo(document))]).toEqual([true, false])
})

test('a copy has a name of its own, and leads to its fellows', () => {
  const widgets = pasted(MENU, copied(MENU, ['Trigger', 'menu', 'bye']) ?? '')
  expect(widgets.map(({ name }) => name)).toEqual(['menu_1', 'bye_1'])
  expect(widgets[0]?.transitions).toEqual([{ event: 'keypress', next: 'bye_1' }, { event: 'timeout' }])
  expect(at(widgets[1], ['properties', 'say'])).toContain('{{widgets.menu_1.Digits}}')
})

test.each([
  ['among what they are copies of', [boxAt(0, 200), boxAt(0, 400)], { x: 260, y: 0 }],
  ['beside what one of them would cover in part', [boxAt(-100, 450)], { x: 160, y: 0 }],
  ['beyond all that is on the way', [boxAt(-100, 450), boxAt(150, 200)], { x: 0, y: 380 }],
  ['where they stood, if nothing is there', [boxAt(300, 200), boxAt(0, 520)], { x: 0, y: 0 }],
])('copies keep their places among themselves, %s', (_where, there, { x, y }) => {
  const [menu, bye] = setDown(pasted(MENU, copied(MENU, ['menu', 'bye']) ?? ''), there, catalogue)
  const offsets = [menu, bye].map((one) => at(one, ['properties', 'offset']))
  expect(offsets).toEqual([
    { x, y: 200 + y },
    { x, y: 400 + y },
  ])
})

test('a copy that is pasted into another flow leads to nothing that is not there', () => {
  const elsewhere = { states: [], initial_state: 'Trigger' }
  const [menu] = pasted(elsewhere, copied(MENU, ['menu']) ?? '')
  expect(menu).toEqual({ ...MENU.states[1], transitions: [{ event: 'keypress' }, { event: 'timeout' }] })
})

test.each(['', 'hello', '[]', '{"states": 5}', 'null'])('what is no copy of widgets pastes nothing: %s', (text) => {
  expect(pasted(MENU, text)).toEqual([])
})

test.each([
  ['nothing', '', 'This is not a JSON object.'],
  ['a list', '[]', 'This is not a JSON object.'],
  ['another JSON', '{"name": 1}', 'This JSON has no "states": it is no flow of Studio.'],
])('%s is no flow', (_what, text, problem) => {
  expect(flowIn(text)).toEqual({ problem })
})

test('an export of the REST API has its name and its definition inside', () => {
  const text = JSON.stringify({ sid: 'FW1', friendly_name: 'Menu', definition: MENU })
  expect(flowIn(text)).toEqual({ name: 'Menu', definition: MENU })
})

test('widgets of the same name, or of none, are told apart', () => {
  const states = [{ name: 'one', type: 'a' }, { name: 'one', type: 'b' }, { type: 'c' }, 'no widget']
  expect(placedIn({ states }).map(({ id }) => id)).toEqual(['one', 'one#1', '#2'])
})

const MENU = {
  description: 'A menu',
  states: [
    {
      name: 'Trigger',
      type: 'trigger',
      transitions: [{ event: 'incomingCall', next: 'menu' }, { event: 'incomingMessage' }],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: 'menu',
      type: 'gather-input-on-call',
      transitions: [{ event: 'keypress', next: 'bye' }, { event: 'timeout' }],
      properties: { say: 'Press 1', offset: { x: 0, y: 200 }, unheardOf: [1] },
    },
    {
      name: 'bye',
      type: 'say-play',
      transitions: [{ event: 'audioComplete' }],
      properties: {
        say: 'You pressed {{widgets.menu.Digits}}, not {{widgets.menu_2.Digits}} or widgets.menu',
        offset: { x: 0, y: 400 },
      },
    },
  ],
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
}

function boxAt(x: number, y: number): Box {
  return { x, y, width: cardWidth(1), height: CARD_HEIGHT }
}

function say(value: string): Command {
  return { kind: 'set-property', widget: 'menu', path: ['say'], value }
}

/** An edit of each kind that concerns one widget alone. */
function editsOf({ id, transitions, json }: Placed): readonly Command[] {
  return [
    { kind: 'set-property', widget: id, path: ['say'], value: 'something else' },
    { kind: 'move', to: new Map([[id, { x: -12_345, y: 67 }]]) },
    { kind: 'replace-widget', widget: id, json: { ...json, note: 'new' } },
    { kind: 'set-transitions', widget: id, transitions: [] },
    ...transitions.map(
      (_, place): Command => ({ kind: 'connect', widget: id, exit: { transition: place }, to: 'elsewhere' }),
    ),
  ]
}

function otherStates({ definition }: FlowDocument, { index }: Placed): readonly unknown[] {
  return statesOf(definition).toSpliced(index, 1)
}
