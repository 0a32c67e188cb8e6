import { describe, expect, test } from 'vitest'
import { problemsOf } from '../../src/lint/lint.ts'
import { catalogue } from '../../src/widgets/index.ts'
import { flowText, problemsIn } from './example.ts'

interface State {
  readonly name: string
  readonly type: string
  readonly properties: object
  readonly transitions: readonly object[]
}

/** Rule and widget of each problem of a flow that begins at the first of these widgets. */
function rulesOf(...states: readonly State[]): string[] {
  return problemsIn(flowText(...states)).map(({ rule, widget }) => `${rule} ${widget}`)
}

function widget(
  type: string,
  name: string,
  properties: object,
  ways: Readonly<Record<string, string | undefined>>,
): State {
  const transitions = Object.entries(ways).map(([event, next]) => (next ? { event, next } : { event }))
  return { name, type, properties, transitions }
}

function set(name: string, variables: Readonly<Record<string, string>>, next?: string): State {
  const pairs = Object.entries(variables).map(([key, value]) => ({ key, value }))
  return widget('set-variables', name, { variables: pairs }, { next })
}

function say(name: string, text: string, next?: string): State {
  return widget('say-play', name, { say: text }, { audioComplete: next })
}

function gather(name: string, ways: Readonly<Record<string, string | undefined>>): State {
  return widget('gather-input-on-call', name, { say: 'Well?' }, ways)
}

function split(
  name: string,
  input: string,
  ...ways: readonly (readonly [type: string, value: string, next?: string])[]
) {
  const matches = ways.map(([type, value, next]) => ({
    event: 'match',
    ...(next ? { next } : {}),
    conditions: [{ friendly_name: value, arguments: [input], type, value }],
  }))
  return { name, type: 'split-based-on', properties: { input }, transitions: [{ event: 'noMatch' }, ...matches] }
}

function get(url: string): State {
  return widget('make-http-request', 'get', { method: 'GET', url }, { success: undefined, failed: undefined })
}

const WELL: readonly (readonly [what: string, ...states: readonly State[]])[] = [
  [
    'a counter that its own loop sets',
    set('count', { n: '{{flow.variables.n | plus: 1}}' }, 'more'),
    split('more', '{{flow.variables.n}}', ['less_than', '3', 'count']),
  ],
  [
    'a counter that asks whether there is one',
    say('hello', '{% if flow.variables.n %}{{flow.variables.n | plus: 1}}{% else %}0{% endif %}', 'set'),
    set('set', { n: '1' }),
  ],
  ['a variable with a default', say('hello', "{{flow.variables.n | default: 'you'}}")],
  [
    'a variable that is not read',
    say('hello', '{{flow.variables}} {{flow.data.name}} {{flow.sid}} {{flow.variables.size}}'),
  ],
  ['a variable whose name is worked out', say('hello', '{{flow.variables[trigger.call.To]}}')],
  [
    'a variable of a key that is filled in later',
    set('set', { '${x}': '1' }, 'hello'),
    say('hello', '{{flow.variables.n}}'),
  ],
  [
    'a variable that one of two ways sets',
    split('which', '{{trigger.call.From}}', ['equal_to', '+1555', 'set'], ['equal_to', '+1556', 'hello']),
    set('set', { n: '1' }, 'hello'),
    say('hello', '{{flow.variables.n}}'),
  ],
  ['a variable of the template itself', say('hello', '{% assign widgets = trigger.call %}{{widgets.From}}')],
  ['a loop over a list', say('hello', '{% for widgets in trigger.list %}{{widgets.name}}{% endfor %}')],
  ['an odd path to a widget', gather('a-b', { keypress: 'hello' }), say('hello', '{{ widgets["a-b"] . Digits }}')],
  ['all widgets at once', say('hello', '{{widgets | to_json}} {{widgets.size}}')],
  ['outputs of an earlier turn of the loop', gather('ask', { keypress: 'ask2' }), gather('ask2', { keypress: 'ask' })],
  [
    'a circle that a split leaves',
    split('spin', '{{trigger.call.From}}', ['equal_to', '+1555', 'turn']),
    set('turn', {}, 'spin'),
  ],
  ['a circle that waits', say('spin', 'again', 'turn'), say('turn', 'and again', 'spin')],
  [
    'keys of a gather that leads nowhere',
    say('hello', '{{widgets.ask.Digits}}', 'ask'),
    gather('ask', { timeout: 'hello' }),
  ],
  ['a plus for a blank', get('https://example.com/a+b?q=a+b&c=1%2B1')],
  ['an encoded number', get('https://example.com/?a={{contact.channel.address | url_encode}}')],
  ['a plus that is replaced', get("https://example.com/?a={{contact.channel.address | replace: '+', '%2B'}}")],
  ['a number in the path', get('https://example.com/{{contact.channel.address}}')],
  [
    'a filter in the query',
    get("https://example.com/?a={{ 1 | plus: 1 }}{% if trigger.call.From == '=+1' %}1{% endif %}"),
  ],
  [
    'a function with a URL',
    widget('run-function', 'get', { url: 'https://example.com', function_sid: `ZH${'a'.repeat(32)}` }, {}),
  ],
  [
    'a sid of the old default',
    widget('run-function', 'get', { url: 'https://example.com', service_sid: 'default' }, {}),
  ],
  [
    'speech that is searched',
    gather('ask', { speech: 'which' }),
    split('which', '{{widgets.ask.SpeechResult}}', ['contains', 'yes'], ['equal_to', 'no']),
  ],
  [
    'speech with its full stops',
    gather('ask', { speech: 'which' }),
    split('which', '{{widgets.ask.SpeechResult}}', ['matches_any_of', 'yes, yes.'], ['equal_to', 'no']),
  ],
  [
    'digits that were said',
    gather('ask', { speech: 'which' }),
    split('which', '{{widgets.ask.SpeechResult}}', ['equal_to', '1']),
  ],
]

const ILL: readonly (readonly [what: string, problems: readonly string[], ...states: readonly State[]])[] = [
  [
    'a variable that is set after it is read',
    ['unset-variable hello'],
    say('hello', '{{flow.variables.n}}', 'set'),
    set('set', { n: '1' }),
  ],
  [
    'a variable that its only setter reads, without a loop',
    ['unset-variable set'],
    set('set', { n: '{{flow.variables.n}}' }),
  ],
  [
    'a variable that another way sets',
    ['unset-variable hello'],
    split('which', '{{trigger.call.From}}', ['equal_to', '+1555', 'set'], ['equal_to', '+1556', 'hello']),
    set('set', { n: '1' }),
    say('hello', '{{flow.variables.n}}'),
  ],
  [
    'every misspelt variable of a text',
    ['unset-variable hello', 'unset-variable hello'],
    set('set', { name: '1' }, 'hello'),
    say('hello', '{{flow.variables.nmae}} {{flow.variables.Name}} {{flow.variables.name}}'),
  ],
  ['an own output', ['widget-runs-later hello'], say('hello', '{{widgets.hello.CallSid}}')],
  [
    'a circle behind a circle that can be left, once each',
    ['endless-loop one', 'endless-loop three'],
    split('which', '{{trigger.call.From}}', ['equal_to', '+1555', 'one'], ['equal_to', '+1556', 'three']),
    set('one', {}, 'two'),
    set('two', {}, 'one'),
    set('three', {}, 'four'),
    set('four', {}, 'three'),
  ],
  ['one that only leads to itself', ['repeats-only-itself one'], set('one', {}, 'one')],
  ['a point in a name', ['name-breaks-liquid a.b'], say('a.b', 'x')],
  ['a name that Liquid keeps for itself', ['name-breaks-liquid blank'], say('blank', 'x')],
  [
    'a plus in a link that is played',
    ['plus-in-url hello'],
    widget('say-play', 'hello', { play: 'https://example.com/?a=+1' }, {}),
  ],
]

describe('no problem is told of', () => {
  test.each(WELL.map(([what, ...states]) => [what, states] as const))('%s', (_what, states) => {
    expect(rulesOf(...states)).toEqual([])
  })
})

describe('told of is', () => {
  test.each(ILL.map(([what, problems, ...states]) => [what, problems, states] as const))(
    '%s',
    (_what, problems, states) => {
      expect(rulesOf(...states)).toEqual(problems)
    },
  )
})

test('the widgets of a subflow count for each Run Subflow', () => {
  const many = Array.from({ length: 1000 }, (_, index) => set(`set${index}`, {}))
  const run = (name: string, next?: string) => widget('run-subflow', name, { flow_sid: CHILD }, { completed: next })
  const files = [
    { file: 'parent.json', text: flowText(run('one', 'two'), run('two')), sid: CHILD.replace(/.$/, '1') },
    { file: 'child.json', text: flowText(...many), sid: CHILD },
  ]
  const problems = problemsOf({ files, pinned: [] }, catalogue).filter(({ rule }) => rule === 'subflow-limits')
  expect(problems).toMatchObject([{ file: 'parent.json', path: '#/states', message: expect.stringContaining('2005') }])
})

const CHILD = 'FW00000000000000000000000000000002'
