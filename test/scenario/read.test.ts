import { expect, test } from 'vitest'
import { readScenarios } from '../../src/scenario/read.ts'
import { storyIn } from './stories.ts'

test.each([
  [
    'start: cal',
    '2:8 start is "cal"; expected call or request, or a call, message, conversation or request with its parameters',
  ],
  ['start: call\nthen:\n  - hears: Hello', `4:5 "hears" means nothing here; did you mean 'hear'?`],
  ['start: call\nsteps: []', '3:1 "steps" means nothing here; expected name, flow, start, then, services'],
  ['start: call\nthen:\n  - press: x', '4:12 then.0.press is "x"; expected keys of a phone'],
  ['start: call\nthen:\n  - press: #', '4:12 then.0.press is null; expected keys of a phone'],
  ['start: call\nthen:\n  - wait: soon', '4:11 then.0.wait is "soon"; expected a duration such as 90s, 5m, 2h or 1d'],
  [
    'start: call\nthen:\n  - press: 1\n    say: hi',
    '4:5 then.0 is {"press":1,"say":"hi"}; expected press and say are done',
  ],
  [
    'start: call\nthen:\n  - as: +15550001',
    '4:5 then.0 is {"as":"+15550001"}; expected something that is done or expected',
  ],
  [
    'start: call\nthen:\n  - expect: { status: finished }',
    '4:23 then.0.expect.status is "finished"; expected "active"',
  ],
  ['start: call\nthen:\n  - hear: { matches: "(" }', '4:22 then.0.hear.matches is "("; expected a regular expression'],
  ['start: call\nthen:\n  - hear: { contain: x }', `4:13 "contain" means nothing here; did you mean 'contains'?`],
  [
    'people: { bob: +15550002 }\nstart: call\nthen:\n  - as: bop\n    press: 1',
    `5:9 nobody is called "bop"; did you mean 'bob'?`,
  ],
  ['start: { request: { Parameters: [] } }', '2:33 start.request.Parameters is []; expected keys with values'],
  ['start: call\nservices: [{ url: x }]', '3:12 services.0 is {"url":"x"}; expected answer or fails, one of them'],
  [
    'start: call\nservices: [{ url: x, fails: sadly }]',
    '3:29 services.0.fails is "sadly"; expected "timeout", "network"',
  ],
  ['start: call\nnow: yesterday', '3:6 now is "yesterday"; expected a time such as 2026-03-02T09:30:00Z'],
  ['start: call\nsettings: { TEMPLATE_TIMEZON: UTC }', `3:13 "TEMPLATE_TIMEZON" means nothing here; did you mean`],
  ['then: []', '1:1 start is missing; expected call or request, or a call, message, conversation or request'],
  [
    'start: call\nthen:\n  - hear: Hello: you',
    '4:11 Nested mappings are not allowed in compact mappings; a text with ": "',
  ],
  ['start: call\nthen:\n  - press: *', '4:12 Alias cannot be an empty string; a text that begins with * needs quotes'],
  ['start: [', '3:1 Flow sequence in block collection must be sufficiently indented'],
])('%j is told with its place', (text, told) => {
  expect(faultsIn(`flow: flows/menu.json\n${text}\n`)[0]).toContain(told)
})

test('every fault is told, each once', () => {
  const text = 'start: call\nthen:\n  - hears: x\n  - press: x\n  - expect: { wigets: {}, at: [] }'
  expect(faultsIn(`flow: x\n${text}`).map((fault) => fault.split(' ')[0])).toEqual(['4:5', '5:12', '6:15', '6:31'])
})

test('keys that mean nothing are told together, and of a text that is no YAML the first faults', () => {
  expect(faultsIn('flow: x\nstart: call\nversion: 1\nlicence: MIT\nsetings: {}')).toEqual([
    expect.stringMatching(
      /^3:1 "setings" means nothing here; did you mean 'settings'\?; "version", "licence" mean nothing here; expected name, /,
    ),
  ])
  expect(faultsIn('# Read me\n\n```\n- a\n```\n`x`: y\n`z`: y\n}')).toHaveLength(3)
})

test('numbers that YAML would spoil stay as they are written', () => {
  const { scenario } = storyIn('flow: x\nstart: { call: { From: +15550001 } }\nthen: [{ press: 007 }, { press: 12 }]')
  expect(scenario.start.contact).toBe('+15550001')
  expect(scenario.steps.map(({ act }) => act)).toEqual([
    { do: 'press', keys: '007' },
    { do: 'press', keys: '12' },
  ])
})

test('a scenario in JSON is read like one in YAML', () => {
  const text = '{\n\t"flow": "x",\n\t"start": { "message": "hi" },\n\t"then": [{ "get": "hello" }]\n}'
  const { name, scenario } = storyIn(text, '/somewhere/greeting.json')
  expect(name).toBe('greeting')
  expect(scenario.start).toMatchObject({ kind: 'message', body: 'hi', parameters: {} })
  expect(scenario.steps[0]?.expectation?.got).toEqual({
    kind: 'in-order',
    items: [{ body: { kind: 'contains', text: 'hello' } }],
  })
})

test('each document of a YAML file is a scenario, and faults have their line in the file', () => {
  const read = readScenarios('/x/two.yaml', 'name: one\nflow: x\nstart: call\n---\nflow: x\nstart: cal\n')
  expect(read.map(({ name }) => name)).toEqual(['one', 'two 2'])
  expect(read[1]).toMatchObject({ faults: [{ position: { line: 6, column: 8 } }] })
})

test.each(['call', '{ call: }', '{ call: { To: "+1" } }', '{ message: hi }', '{ sms: hi }', '{ text: { Body: hi } }'])(
  'it can begin with %s',
  (start) => {
    expect(storyIn(`flow: x\nstart: ${start}`).scenario.start.kind).toBe(start.includes('call') ? 'call' : 'message')
  },
)

function faultsIn(text: string): readonly string[] {
  return readScenarios('/x/story.yaml', text).flatMap((read) =>
    'faults' in read
      ? read.faults.map(({ position: { line, column }, message }) => `${line}:${column} ${message}`)
      : [],
  )
}
