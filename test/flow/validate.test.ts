import { describe, expect, test } from 'vitest'
import { importFlow } from '../../src/flow/import.ts'
import { validate } from '../../src/flow/validate.ts'
import { catalogue } from './catalogue.ts'

const trigger = { name: 'Trigger', type: 'trigger', transitions: [{ event: 'incomingCall', next: 'one' }] }
const say = { name: 'one', type: 'say-play', properties: { say: 'Hi' }, transitions: [{ event: 'audioComplete' }] }
const condition = { friendly_name: 'is 1', arguments: ['{{widgets.one.Digits}}'], type: 'equal_to', value: '1' }

function flow(...states: readonly unknown[]) {
  return { description: 'A flow', states: [trigger, ...states], initial_state: 'Trigger' }
}

function widget(type: string, properties: unknown, ...transitions: readonly unknown[]) {
  return flow({ name: 'one', type, properties, transitions })
}

function split(...conditions: readonly unknown[]) {
  return widget('split-based-on', { input: '{{x}}' }, { event: 'noMatch' }, { event: 'match', conditions })
}

function issuesOf(json: unknown, strict = false) {
  return importFlow(json, catalogue, { strict }).issues.map(
    ({ severity, rule, path, message }) => `${severity} ${rule} ${path} ${message}`,
  )
}

const ERRORS: readonly [rule: string, json: unknown, path: string, message: string][] = [
  ['wrong-json-type', 5, '#', 'integer found, object expected (5)'],
  ['wrong-json-type', [], '#', 'array found, object expected'],
  ['missing-property', { initial_state: 'Trigger' }, '#/states', "'states' is missing but it is required"],
  ['no-states', { states: [], initial_state: 'T' }, '#/states', 'no widget found, at least a trigger expected'],
  [
    'too-many-states',
    { states: Array.from({ length: 2001 }, () => trigger), initial_state: 'Trigger' },
    '#/states',
    '2001 widgets found, at most 2000 expected',
  ],
  ['missing-property', { states: [trigger] }, '#/initial_state', "'initial_state' is missing but it is required"],
  [
    'unknown-initial-state',
    { ...flow(say), initial_state: 'Triger' },
    '#/initial_state',
    "initial_state names 'Triger', which is no widget of the flow",
  ],
  [
    'missing-trigger',
    { states: [say], initial_state: 'one' },
    '#/states',
    "no trigger among the 1 widgets: a flow starts at a widget of type 'trigger'",
  ],
  ['missing-property', flow({ ...say, name: undefined }), '#/states/1/name', "'name' is missing but it is required"],
  ['empty', flow({ ...say, name: '' }), '#/states/1/name', "'' found: must not be empty"],
  ['wrong-json-type', flow({ ...say, type: null }), '#/states/1/type', "'type' must not be null"],
  [
    'duplicate-name',
    flow(say, say),
    '#/states/2/name',
    "'one' is the name of two widgets, #/states/1 and this one: names must be unique",
  ],
  [
    'dangling-transition',
    flow({ ...say, transitions: [{ event: 'audioComplete', next: 'Trigge' }] }),
    '#/states/1/transitions/0/next',
    "'audioComplete' leads to 'Trigge', which is no widget of the flow",
  ],
  [
    'wrong-json-type',
    flow({ ...say, transitions: [{ event: 'audioComplete', next: 7 }] }),
    '#/states/1/transitions/0/next',
    'integer found, string expected (7)',
  ],
  [
    'bare-condition',
    split('{{x}} == 1'),
    '#/states/1/transitions/1/conditions/0',
    "string found, object expected ('{{x}} == 1')",
  ],
  [
    'unknown-condition',
    split({ ...condition, type: 'equals_to' }),
    '#/states/1/transitions/1/conditions/0/type',
    expect.stringContaining("'equals_to' does not have a value in the enumeration [equal_to, "),
  ],
]

const WARNINGS: readonly [rule: string, json: unknown, path: string, message: string][] = [
  [
    'missing-property',
    flow({ ...say, properties: undefined }),
    '#/states/1/properties',
    "'properties' is missing but it is required",
  ],
  [
    'conditions-outside-split',
    flow({ ...say, transitions: [{ event: 'audioComplete', conditions: ['1'] }] }),
    '#/states/1/transitions/0/conditions',
    "conditions found on 'audioComplete': only the match transitions of a split have them",
  ],
  [
    'match-without-conditions',
    split(),
    '#/states/1/transitions/1/conditions',
    'a match without conditions never holds: at least one expected',
  ],
  [
    'missing-property',
    split({ ...condition, arguments: undefined }),
    '#/states/1/transitions/1/conditions/0/arguments',
    "'arguments' is missing but it is required",
  ],
  [
    'wrong-json-type',
    split({ ...condition, value: 1 }),
    '#/states/1/transitions/1/conditions/0/value',
    'integer found, string expected (1)',
  ],
  [
    'unknown-event',
    flow({ ...say, transitions: [{ event: 'done' }] }),
    '#/states/1/transitions/0/event',
    "'done' found, must be a constant value audioComplete",
  ],
  [
    'duplicate-event',
    flow({ ...say, transitions: [{ event: 'audioComplete' }, { event: 'audioComplete', next: 'one' }] }),
    '#/states/1/transitions/1/event',
    "'audioComplete' has two transitions: the first one counts",
  ],
  [
    'unknown-widget-type',
    widget('say-pley', {}, { event: 'audioComplete' }),
    '#/states/1/type',
    "'say-pley' is no type of widget that is run here; it is kept, and left by its failure transition",
  ],
  ['unknown-widget-type', widget('hang-up', {}), '#/states/1/type', "'hang-up' is no type of widget in Studio"],
  [
    'wrong-json-type',
    widget('send-and-wait-for-reply', { timeout: true }),
    '#/states/1/properties/timeout',
    'boolean found, string expected (true)',
  ],
  [
    'wrong-json-type',
    widget('send-and-wait-for-reply', { timeout: 600 }),
    '#/states/1/properties/timeout',
    'integer found, string expected (600)',
  ],
  [
    'wrong-json-type',
    widget('gather-input-on-call', { stop_gather: 'true' }),
    '#/states/1/properties/stop_gather',
    "string found, boolean expected ('true')",
  ],
  [
    'wrong-json-type',
    widget('gather-input-on-call', { timeout: null }),
    '#/states/1/properties/timeout',
    "'timeout' must not be null",
  ],
  [
    'wrong-value',
    widget('say-play', { say: 'Hi', loop: 0 }),
    '#/states/1/properties/loop',
    '0 found, integer of at least 1 expected',
  ],
  [
    'missing-property',
    widget('make-http-request', {}),
    '#/states/1/properties/url',
    "'url' is missing but it is required",
  ],
  [
    'missing-property',
    widget('run-function', { url: 'u', parameters: [{ value: '1' }] }),
    '#/states/1/properties/parameters/0/key',
    "'key' is missing but it is required",
  ],
]

describe('what refuses a flow', () => {
  test.each(ERRORS)('%s: %#', (rule, json, path, message) => {
    const result = importFlow(json, catalogue)
    expect(result.issues).toContainEqual(expect.objectContaining({ severity: 'error', rule, path, message }))
    expect('definition' in result).toBe(false)
  })
})

describe('what is warned about, and refused only where Studio would be asked', () => {
  test.each(WARNINGS)('%s: %#', (rule, json, path, message) => {
    const lenient = importFlow(json, catalogue)
    const strict = importFlow(json, catalogue, { strict: true })
    expect(lenient.issues).toContainEqual(expect.objectContaining({ severity: 'warning', rule, path, message }))
    expect('definition' in lenient).toBe(true)
    expect(strict.issues).toContainEqual(expect.objectContaining({ severity: 'error', rule, path, message }))
    expect('definition' in strict).toBe(false)
  })
})

test('a flow without a fault has no issues, strictly judged', () => {
  const menu = {
    name: 'one',
    type: 'gather-input-on-call',
    properties: { say: 'Press 1', timeout: 5, profanity_filter: 'true', stop_gather: false, offset: { x: 1, y: 2 } },
    transitions: [{ event: 'keypress', next: 'which' }, { event: 'speech' }, { event: 'timeout', next: null }],
  }
  const which = {
    name: 'which',
    type: 'split-based-on',
    properties: { input: '{{widgets.one.Digits}}' },
    transitions: [
      { event: 'noMatch', next: '' },
      { event: 'match', next: 'one', conditions: [condition] },
    ],
  }
  expect(issuesOf({ ...flow(menu, which), flags: { allow_concurrent_calls: true } }, true)).toEqual([])
})

test('a widget that nothing leads to is warned about, even when strictly judged', () => {
  expect(issuesOf(flow(say, { ...say, name: 'island' }), true)).toEqual([
    "warning unreachable-widget #/states/2 'island' is never reached: no way from the initial state leads here",
  ])
})

test.each([
  ['gather-input-on-call', { timeout: 'soon' }, 'write a whole number such as 5, without quotes'],
  ['gather-input-on-call', { timeout: '7' }, 'write 7; it is read as that here'],
  ['say-play', { loop: '0' }, '0 found, integer of at least 1 expected'],
  ['gather-input-on-call', { stop_gather: 'perhaps' }, 'write true or false, without quotes'],
  ['set-variables', { variables: 'a' }, 'write a list, in [ and ]'],
])('%s with %j has a hint that does not repeat the message', (type, properties, hint) => {
  const { issues } = importFlow(widget(type, properties), catalogue)
  expect(issues.filter(({ path }) => path.includes('/properties/')).map((issue) => issue.hint)).toEqual([hint])
})

test('a template where Studio wants an integer is no matter here, but is for Studio', () => {
  const json = widget('gather-input-on-call', { timeout: '{{flow.variables.patience}}' }, { event: 'timeout' })
  expect(issuesOf(json)).toEqual([])
  expect(issuesOf(json, true)).toEqual([
    expect.stringContaining('error wrong-json-type #/states/1/properties/timeout string found, integer expected'),
  ])
})

test('a template in an enumeration is for Studio to refuse', () => {
  const json = widget('make-http-request', { url: '{{u}}', method: '{{m}}' }, { event: 'success' })
  expect(issuesOf(json)).toEqual([])
  expect(issuesOf(json, true)).toEqual([
    "error wrong-value #/states/1/properties/method '{{m}}' does not have a value in the enumeration [GET, POST]",
  ])
})

test('an issue names its widget and hints at what was meant', () => {
  expect(importFlow(widget('say-pley', {}), catalogue).issues[0]).toMatchObject({
    widget: 'one',
    hint: "did you mean 'say-play'?",
  })
  expect(importFlow(widget('hangup', {}), catalogue).issues[0]).toMatchObject({
    hint: 'a call ends where a transition leads nowhere: leave out its next',
  })
  expect(importFlow(widget('send-and-wait-for-reply', { timeout: 600 }), catalogue).issues[0]).toMatchObject({
    hint: 'write "600"; it is read as that here',
  })
})

test('many faults are told of all at once, structure first', () => {
  const json = flow({ ...say, name: 5 }, { ...say, transitions: {} })
  expect(issuesOf(json).map((issue) => issue.split(' ', 3).join(' '))).toEqual([
    'error wrong-json-type #/states/1/name',
    'error wrong-json-type #/states/2/transitions',
  ])
})

test('a definition that was read before can be validated again', () => {
  const read = importFlow(flow(say), catalogue)
  expect('definition' in read && validate(read.definition, catalogue)).toEqual([])
})

test('where the initial state is unknown, that is the only problem', () => {
  expect(issuesOf({ ...flow(say), initial_state: 'Triger' }).map((issue) => issue.split(' ', 2).join(' '))).toEqual([
    'error unknown-initial-state',
  ])
})
