import { file, type RulePage, widgets } from './rule.ts'

const TRIGGER =
  '{ "name": "Trigger", "type": "trigger", "transitions": [{ "event": "incomingCall", "next": "greet" }] }'
const GREET = '{ "name": "greet", "type": "say-play", "properties": { "say": "Hello" }, "transitions": [] }'
const GOOD_FILE = file('{ "states": [', `    ${TRIGGER},`, `    ${GREET}],`, '  "initial_state": "Trigger" }')

const YES = '{ "friendly_name": "yes", "arguments": ["{{trigger.message.Body}}"], "type": "equal_to", "value": "yes" }'
const GOOD_SPLIT = split(YES)

function split(...conditions: readonly string[]) {
  return widgets(
    '{ "name": "which", "type": "split-based-on", "properties": { "input": "{{trigger.message.Body}}" },\n' +
      `  "transitions": [{ "event": "noMatch" },\n    { "event": "match", "conditions": [${conditions.join(', ')}] }] }`,
  )
}

function say(name: string, event: string, next: string) {
  return `{ "name": "${name}", "type": "say-play", "properties": { "say": "Hello" },\n  "transitions": [{ "event": "${event}", "next": "${next}" }] }`
}

function request(properties: string) {
  return widgets(
    `{ "name": "look_up", "type": "make-http-request", "properties": { ${properties} },\n  "transitions": [{ "event": "success" }, { "event": "failed" }] }`,
  )
}

function conversation(event: string) {
  return file(
    `{ "initial_state": "Trigger", "states": [`,
    `  { "name": "Trigger", "type": "trigger", "transitions": [{ "event": "${event}", "next": "open" }] },`,
    '  { "name": "open", "type": "start-conversation", "properties": {},',
    '    "transitions": [{ "event": "created" }, { "event": "failed" }] }] }',
  )
}

/** What there is to say of the rules that `flow/` checks whenever a flow is read. */
export const schemaRules: readonly RulePage[] = [
  {
    id: 'not-json',
    summary: 'The file is no JSON.',
    gravities: ['error'],
    why: 'Nothing can be read of it. The place is where the text stops being JSON.',
    bad: file('{ "states": [],', '  "initial_state": "Trigger", }'),
    good: GOOD_FILE,
  },
  {
    id: 'wrong-json-type',
    summary: 'A value has another JSON type than Studio demands.',
    gravities: ['error', 'studio', 'strict'],
    why: 'Studio\'s validator refuses it. Here it is read all the same where that is possible, `5` for `"5"`; where it is not, the flow is refused. A template in place of a number is told with `--strict` only.',
    bad: request('"method": "GET", "url": "https://example.com", "add_twilio_auth": "false"'),
    good: request('"method": "GET", "url": "https://example.com", "add_twilio_auth": false'),
  },
  {
    id: 'missing-property',
    summary: 'Something that must be there is not.',
    gravities: ['error', 'studio'],
    why: 'A widget without a property that it needs is left by its failure exit. A flow in which a name, a type or the states are missing is refused.',
    bad: request('"method": "GET"'),
    good: request('"method": "GET", "url": "https://example.com"'),
  },
  {
    id: 'wrong-value',
    summary: 'A property has a value that it cannot have.',
    gravities: ['studio', 'strict'],
    why: 'The widget goes by its default, or is left by its failure exit where it cannot do without. A template where Studio takes a literal is told with `--strict` only.',
    bad: request('"method": "DELETE", "url": "https://example.com"'),
    good: request('"method": "POST", "url": "https://example.com"'),
  },
  {
    id: 'empty',
    summary: 'A name, a type or the initial state is the empty text.',
    gravities: ['error', 'studio'],
    why: 'An empty name cannot be led to.',
    bad: widgets('{ "name": "", "type": "say-play", "properties": { "say": "Hello" }, "transitions": [] }'),
    good: widgets(GREET),
  },
  {
    id: 'no-states',
    summary: 'A flow has no widgets.',
    gravities: ['error'],
    why: 'There is nothing to run.',
    bad: file('{ "states": [], "initial_state": "Trigger" }'),
    good: GOOD_FILE,
  },
  {
    id: 'too-many-states',
    summary: 'A flow has more than 2,000 widgets.',
    gravities: ['error'],
    why: 'That is the most that Studio takes (81025).',
    bad: file('{ "states": ["… 2,001 widgets"], "initial_state": "Trigger" }'),
    good: GOOD_FILE,
  },
  {
    id: 'missing-trigger',
    summary: 'No widget is a trigger.',
    gravities: ['error'],
    why: 'A flow begins at its trigger: without one, calls and messages have no way in.',
    bad: file(`{ "states": [${GREET}],`, '  "initial_state": "greet" }'),
    good: GOOD_FILE,
  },
  {
    id: 'unknown-initial-state',
    summary: 'The initial state is no widget of the flow.',
    gravities: ['error'],
    why: 'The flow has no beginning.',
    bad: file('{ "states": [', `    ${TRIGGER},`, `    ${GREET}],`, '  "initial_state": "Triger" }'),
    good: GOOD_FILE,
  },
  {
    id: 'initial-state-no-trigger',
    summary: 'The initial state is a widget other than a trigger.',
    gravities: ['studio'],
    why: 'The flow begins there, whatever came in: what the trigger leads to for a call or a message does not count.',
    bad: file(
      '{ "states": [',
      `    ${TRIGGER},`,
      `    ${say('greet', 'audioComplete', 'Trigger').replace('\n  ', '\n      ')}],`,
      '  "initial_state": "greet" }',
    ),
    good: GOOD_FILE,
  },
  {
    id: 'duplicate-name',
    summary: 'Two widgets have the same name.',
    gravities: ['error'],
    why: 'Transitions and templates know widgets by their names (81022).',
    bad: widgets(GREET, GREET.replace('Hello', 'Welcome')),
    good: widgets(say('greet', 'audioComplete', 'greet_again'), GREET.replace('greet', 'greet_again')),
  },
  {
    id: 'dangling-transition',
    summary: 'A transition leads to a widget that does not exist.',
    gravities: ['error'],
    why: 'Studio refuses it (81022): it cannot be told whether the flow was to end there. Leave out `next` where it was.',
    bad: widgets(say('greet', 'audioComplete', 'menu')),
    good: widgets(say('greet', 'audioComplete', 'main_menu'), GREET.replace('greet', 'main_menu')),
  },
  {
    id: 'unreachable-widget',
    summary: 'No way leads from the trigger to a widget.',
    gravities: ['warning'],
    why: 'It never runs. Most often a transition was taken away by mistake, or the widget was left behind.',
    bad: widgets(GREET, GREET.replace('greet', 'main_menu')),
    good: widgets(say('greet', 'audioComplete', 'main_menu'), GREET.replace('greet', 'main_menu')),
  },
  {
    id: 'unknown-widget-type',
    summary: 'A widget has a type that does not run here.',
    gravities: ['studio'],
    why: 'Types that Studio has retired are kept in the file; when such a widget is reached it is left by its failure exit, or the flow ends.',
    bad: widgets('{ "name": "bye", "type": "hangup", "properties": {}, "transitions": [] }'),
    good: widgets(
      '{ "name": "bye", "type": "say-play", "properties": { "say": "Goodbye" },\n  "transitions": [{ "event": "audioComplete" }] }',
    ),
  },
  {
    id: 'unknown-event',
    summary: 'A transition is for an event that the widget does not have.',
    gravities: ['studio'],
    why: 'It is never taken, and the event that was meant ends the flow.',
    bad: widgets(say('greet', 'done', 'main_menu'), GREET.replace('greet', 'main_menu')),
    good: widgets(say('greet', 'audioComplete', 'main_menu'), GREET.replace('greet', 'main_menu')),
  },
  {
    id: 'request-only',
    summary: 'A widget works only in executions that REST began, and the flow takes none.',
    gravities: ['studio'],
    why: 'It is left by `failed`, with warning 81020, whoever calls or texts.',
    bad: conversation('incomingMessage'),
    good: conversation('incomingRequest'),
  },
  {
    id: 'duplicate-event',
    summary: 'A widget has two transitions for one event.',
    gravities: ['studio'],
    why: 'The first one counts, the other is never taken.',
    bad: widgets(
      '{ "name": "greet", "type": "say-play", "properties": { "say": "Hello" },\n  "transitions": [{ "event": "audioComplete", "next": "main_menu" }, { "event": "audioComplete" }] }',
      GREET.replace('greet', 'main_menu'),
    ),
    good: widgets(say('greet', 'audioComplete', 'main_menu'), GREET.replace('greet', 'main_menu')),
  },
  {
    id: 'match-without-conditions',
    summary: 'A `match` transition of a split has no conditions.',
    gravities: ['studio'],
    why: 'It never holds.',
    bad: split(),
    good: GOOD_SPLIT,
  },
  {
    id: 'conditions-outside-split',
    summary: 'A transition that is no `match` has conditions.',
    gravities: ['studio'],
    why: 'Nothing reads them: the transition is taken whenever its event happens.',
    bad: widgets(
      `{ "name": "greet", "type": "say-play", "properties": { "say": "Hello" },\n  "transitions": [{ "event": "audioComplete",\n    "conditions": [${YES}] }] }`,
    ),
    good: GOOD_SPLIT,
  },
  {
    id: 'bare-condition',
    summary: 'A condition is a text instead of an object.',
    gravities: ['error'],
    why: 'Studio knows no such conditions, so it is not clear what was to be compared: every contact would go astray.',
    bad: split('"{{trigger.message.Body}} == \'yes\'"'),
    good: GOOD_SPLIT,
  },
  {
    id: 'unknown-condition',
    summary: 'A condition compares in a way that Studio does not have.',
    gravities: ['error'],
    why: 'It cannot be told whether it holds.',
    bad: split(YES.replace('equal_to', 'equals')),
    good: GOOD_SPLIT,
  },
]
