import { expect, test } from 'vitest'
import { reachable } from '../../src/flow/graph.ts'
import { definitionOf, importFlow } from '../../src/flow/import.ts'
import { leadsTo } from '../../src/flow/leads-to.ts'
import { catalogue } from './catalogue.ts'

const definition = {
  description: 'A flow',
  states: [
    { name: 'Trigger', type: 'trigger', properties: {}, transitions: [{ event: 'incomingCall', next: 'hello' }] },
    { name: 'hello', type: 'say-play', properties: { say: 'Hi' }, transitions: [{ event: 'audioComplete' }] },
  ],
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
}

function imported(json: unknown) {
  const flow = importFlow(json, catalogue)
  if (!('definition' in flow)) throw new Error(JSON.stringify(flow.issues))
  return flow
}

test('a bare definition is imported as it is', () => {
  expect(imported(definition)).toEqual({ definition, source: definition, issues: [] })
})

test.each([undefined, null])('a trigger that has %s for a name is the one that the flow begins with', (name) => {
  const [trigger, hello] = definition.states
  const source = { ...definition, states: [{ ...trigger, name }, hello] }

  expect(imported(source)).toEqual({ definition, source, issues: [] })
})

test('a REST export gives its sid and name', () => {
  const envelope = { sid: 'FW1', friendly_name: 'Menu', definition, status: 'published' }
  expect(imported(envelope)).toEqual({ sid: 'FW1', friendlyName: 'Menu', definition, source: definition, issues: [] })
})

test('the definition of a REST export may be JSON text', () => {
  expect(imported({ sid: 'FW1', friendly_name: 'Menu', definition: JSON.stringify(definition) })).toMatchObject({
    definition,
    source: definition,
  })
})

test('a definition that is a text but no JSON is refused with the reason', () => {
  const { issues } = importFlow({ sid: 'FW1', definition: '{"states": [' }, catalogue)
  expect(issues).toEqual([expect.objectContaining({ severity: 'error', rule: 'not-json', path: '#/definition' })])
})

test('unknown keys and unknown widget types stay, wherever they are', () => {
  const json = {
    ...definition,
    $schema: 'https://schemas.twilio.com/studio/draft/2019-09/flow-definition',
    states: [
      definition.states[0],
      {
        name: 'hello',
        type: 'future-widget',
        note: 1,
        properties: { future: [{ a: null }] },
        transitions: [{ event: 'x', colour: 'red' }],
      },
    ],
  }
  const flow = imported(json)
  expect(flow.source).toEqual(json)
  expect(flow.definition).toEqual(json)
})

test('keys with the names of object methods are plain data', () => {
  const text = JSON.stringify(definition).replace(
    '"say":"Hi"',
    '"say":"Hi","__proto__":{"polluted":true},"constructor":"c","toString":1',
  )
  const flow = imported(JSON.parse(text))
  expect(JSON.stringify(flow.source)).toBe(text)
  expect(flow.definition.states[1]?.properties).not.toHaveProperty('polluted')
  expect(Object.hasOwn(flow.definition.states[1]?.properties ?? {}, 'constructor')).toBe(true)
  expect({}).not.toHaveProperty('polluted')
})

test('widgets may bear the names of object methods', () => {
  const [trigger, hello] = definition.states
  const states = [
    { ...trigger, name: '__proto__', transitions: [{ event: 'incomingCall', next: 'constructor' }] },
    { ...hello, name: 'constructor' },
  ]
  const flow = imported({ states, initial_state: '__proto__' })
  expect([...reachable(flow.definition)]).toEqual(['__proto__', 'constructor'])
  const dangling = { states: [{ ...trigger, transitions: [{ event: 'incomingCall', next: 'toString' }] }] }
  expect('definition' in importFlow({ ...dangling, initial_state: 'Trigger' }, catalogue)).toBe(false)
})

test('what hand-made files leave out is filled in for the walk, not in the export', () => {
  const json = {
    states: [
      { name: 'T', type: 'trigger', transitions: [{ event: 'incomingCall', next: 's' }] },
      {
        name: 's',
        type: 'split-based-on',
        properties: { input: 'x' },
        transitions: [
          { event: 'match', conditions: [{ type: 'equal_to', value: 1 }] },
          { event: 'noMatch', conditions: ['x'] },
        ],
      },
      { name: 'end', type: 'say-play' },
    ],
    initial_state: 'T',
    flags: { allow_concurrent_calls: 'true' },
  }
  const flow = imported(json)
  expect(flow.source).toBe(json)
  expect(flow.definition).toMatchObject({ flags: { allow_concurrent_calls: true } })
  expect(flow.definition.states[1]?.transitions).toEqual([
    { event: 'match', conditions: [{ type: 'equal_to', arguments: [], value: '1' }] },
    { event: 'noMatch' },
  ])
  expect(flow.definition.states[2]).toEqual({ name: 'end', type: 'say-play', properties: {}, transitions: [] })
})

test('a flow of 2017 is mapped to the shape of today', () => {
  const json = {
    description: 'Old',
    states: [
      {
        type: 'InitialState',
        name: 'Trigger',
        sid: 'FF1',
        properties: { offset: { x: 0, y: 0 }, flow_url: 'https://example.com' },
        transitions: [{ event: 'incomingMessage', conditions: [], next: 'FF2', uuid: 'u' }],
      },
      {
        type: 'MessagePrompt',
        name: 'ask',
        sid: 'FF2',
        properties: { body: 'Hi', timeout: 3600, media_url: null, save_response_as: null },
        transitions: [{ event: 'incomingMessage', conditions: [], next: null, uuid: 'v' }],
      },
    ],
  }
  const flow = imported(json)
  expect(flow.source).toEqual(json)
  expect(flow.definition).toMatchObject({ initial_state: 'Trigger', flags: { allow_concurrent_calls: false } })
  expect(flow.definition.states[0]).toMatchObject({ type: 'trigger', properties: { flow_url: 'https://example.com' } })
  expect(flow.definition.states[0]?.transitions[0]).toMatchObject({ event: 'incomingMessage', next: 'ask', uuid: 'u' })
  expect(flow.definition.states[1]).toMatchObject({ name: 'ask', type: 'send-and-wait-for-reply', sid: 'FF2' })
  expect(flow.definition.states[1]?.properties).toEqual({ body: 'Hi', timeout: 3600 })
})

test('a transition to a sid that is not in the old flow is refused by that sid', () => {
  const state = { type: 'InitialState', name: 'T', sid: 'FF1', properties: {} }
  const json = { states: [{ ...state, transitions: [{ event: 'incomingCall', next: 'FF9' }] }] }
  expect(importFlow(json, catalogue).issues).toContainEqual(
    expect.objectContaining({ rule: 'dangling-transition', message: expect.stringContaining("'FF9'") }),
  )
})

test.each([undefined, null, ''])('a transition whose next is %j leads nowhere', (next) => {
  expect(leadsTo({ next })).toBeUndefined()
})

test('the definition of a source that was imported can be had again', () => {
  expect(definitionOf(imported(definition).source)).toEqual(definition)
  expect(() => definitionOf({ states: 5 })).toThrow('#/states integer found, array expected (5)')
})
