import { relative } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { type TestOptions, test as testCommand } from '../../src/commands/test.ts'
import { elementsIn, readXml } from '../../src/simulator/document/element.ts'
import { FLOWS, flowText, folderWith } from '../scenario/stories.ts'

const GOOD = `name: good\nflow: ${FLOWS}/menu.json\nstart: call\nthen: [{ press: 1, hear: We are open }]\n`
const BAD = `name: "bad & <wrong> # 1"\nflow: ${FLOWS}/menu.json\nstart: call\nthen: [{ press: 1, hear: We are closed }]\n`
const UGLY = `name: ugly\nflow: ${FLOWS}/menu.json\nstart: cal\n`

test.each([
  ['all passed', { 'a.yaml': GOOD }, 0],
  ['one failed', { 'a.yaml': GOOD, 'b.yaml': BAD }, 1],
  ['one cannot be read', { 'a.yaml': GOOD, 'b.yaml': UGLY }, 1],
  ['none can be read', { 'a.yaml': UGLY }, 2],
  ['there is none', { 'a.yaml': 'services: {}', 'b.json': '{"states":[]}' }, 2],
])('the exit code where %s', async (_case, files, expected) => {
  expect((await run([folderWith(files)])).code).toBe(expected)
})

test.each([
  ['keys that stand a space too far', `flow: ${FLOWS}/menu.json\n start: call\n`],
  ['a * without quotes', `flow: ${FLOWS}/menu.json\nstart: call\nthen: [{ press: * }]\n`],
  ['no flow', 'start: call\nthen: [{ press: 1 }]\n'],
])('a scenario of a folder is not passed over for %s', async (_case, text) => {
  expect(await run([folderWith({ 'a.yaml': GOOD, 'b.yaml': text })])).toMatchObject({
    code: 1,
    output: expect.stringContaining('2 scenarios, 1 failed'),
  })
})

test('a file that is named has to be a scenario', async () => {
  const folder = folderWith({ 'a.yaml': 'services: {}' })
  expect((await run([`${folder}/a.yaml`])).code).toBe(2)
  expect((await run([`${folderWith({ 'a.yaml': '# nothing' })}/a.yaml`])).output).toContain(
    'a.yaml:1:1  the file is empty',
  )
  const { code, errors } = await run([`${folder}/b.yaml`])
  expect(code).toBe(2)
  expect(errors).toMatch(/b\.yaml cannot be read: there is no such file or folder/)
})

test('a person reads a line for each scenario, why one failed, and a summary', async () => {
  const folder = folderWith({ 'a.yaml': GOOD, 'b.yaml': BAD, 'c.yaml': UGLY })
  const { output } = await run([folder])
  const at = (file: string) => `${relative(process.cwd(), folder)}/${file}`
  expect(output.replaceAll(/\d+ ms/g, '- ms')).toBe(`ok      good  (- ms)
FAILED  bad & <wrong> # 1  (- ms)
        ${at('b.yaml')}:4:26  step 1: press 1, then hear
          heard
            expected    We are closed
            got         We are open from Monday to Friday, from nine to five.
                        Thank you for calling. Goodbye.
            difference  We are [-closed-] {+open from Monday to Friday, from nine to five.+}
          last heard  Hello, and thank you for calling. For our opening hours, press 1. To leave a message, press 2.
                      We are open from Monday to Friday, from nine to five.
                      Thank you for calling. Goodbye.
          flow        menu with +15550001000 stands on goodbye, ended (FLOW_END)
          steps       Trigger (incomingCall) → start_counting (next) → menu (keypress) → menu_choice (match) → opening_hours (audioComplete) → goodbye (audioComplete)
FAILED  ugly
        ${at('c.yaml')}:3:8  start is "cal"; expected call or request, or a call, message, conversation or request with its parameters

3 scenarios, 2 failed
`)
})

test('TAP has a plan, numbers, and a block of YAML under each result', async () => {
  const { output } = await run([folderWith({ 'a.yaml': GOOD, 'b.yaml': BAD, 'c.yaml': UGLY })], { reporter: 'tap' })
  const lines = output.split('\n')
  expect(lines[0]).toBe('TAP version 14')
  expect(lines.filter((line) => /^(ok|not ok|1\.\.)/.test(line))).toEqual([
    'ok 1 - good',
    'not ok 2 - bad & <wrong> \\# 1',
    'not ok 3 - ugly',
    '1..3',
  ])
  const [, bad = ''] = [...output.matchAll(/^ {2}---\n([\s\S]*?)^ {2}\.\.\.$/gm)].map(([, block = '']) => block)
  expect(parse(bad)).toMatchObject({
    severity: 'fail',
    at: { line: 4, column: 26 },
    mismatches: [{ what: 'heard', expected: 'We are closed' }],
  })
})

test('JUnit has a suite for each file, and the text of each failure', async () => {
  const { output } = await run([folderWith({ 'a.yaml': GOOD, 'b.yaml': BAD })], { reporter: 'junit', coverage: true })
  const root = readXml(output)
  if ('code' in root) throw new Error(root.message)
  expect(root.attributes).toMatchObject({ tests: '2', failures: '1' })
  const [good, bad, coverage] = elementsIn(root)
  expect(good).toMatchObject({ name: 'testsuite', attributes: { tests: '1', failures: '0' } })
  expect(bad).toMatchObject({
    children: [
      {
        name: 'testcase',
        attributes: { name: 'bad & <wrong> # 1' },
        children: [{ name: 'failure', children: [expect.stringContaining('We are [-closed-]')] }],
      },
    ],
  })
  expect(coverage).toMatchObject({
    attributes: { tests: '0' },
    children: [{ name: 'system-out', children: [expect.stringContaining('menu.json: 6 of 19 (31 %) transitions')] }],
  })
})

test('coverage lists the transitions that no scenario takes, each branch of a split on its own', async () => {
  const branch = (value: string) => ({
    event: 'match',
    next: 'end',
    conditions: [{ friendly_name: '', arguments: ['{{widgets.ask.Digits}}'], type: 'equal_to' as const, value }],
  })
  const places = {
    Trigger: { type: 'trigger', exits: { incomingCall: 'ask', incomingMessage: null } },
    ask: { type: 'gather-input-on-call', properties: { say: 'Press' }, exits: { keypress: 'split', timeout: null } },
    split: {
      type: 'split-based-on',
      properties: { input: '{{widgets.ask.Digits}}' },
      exits: { noMatch: 'end' },
      branches: [branch('1'), branch('2')],
    },
    end: { type: 'say-play', properties: { say: 'Bye' }, exits: { audioComplete: null } },
    island: { type: 'say-play', properties: { say: 'Nobody' } },
  }
  const story = 'flow: flow.json\nstart: call\nthen: [press: 2#]\n---\nflow: flow.json\nstart: call\nthen: [silence]\n'
  const folder = folderWith({ 'flow.json': flowText(places), 'story.yaml': story })
  const { output } = await run([folder], { coverage: true })
  expect(output.slice(output.indexOf('\n\n') + 2).replaceAll(/\S*flow\.json:1:\d+/g, 'AT')).toBe(
    `${relative(process.cwd(), folder)}/flow.json: 5 of 7 (71 %) transitions, 4 of 5 (80 %) widgets
  AT  never reached  island
  AT  never taken  split: noMatch → end
  AT  never taken  split: match (equal_to 1) → end

2 scenarios, all passed
`,
  )
})

test('an exit that leads nowhere and is never left by is no gap', async () => {
  const places = {
    Trigger: { type: 'trigger', exits: { incomingMessage: 'flex', incomingCall: 'keys', incomingRequest: null } },
    keys: { type: 'gather-input-on-call', exits: { keypress: 'words', speech: null, timeout: null } },
    words: { type: 'gather-input-on-call', exits: { keypress: null, speech: 'open', timeout: null } },
    open: { type: 'gather-input-on-call', exits: { keypress: null, speech: null, timeout: null } },
    flex: { type: 'send-to-flex', exits: { callComplete: null, failedToEnqueue: null, callFailure: null } },
  }
  const story = 'flow: flow.json\nstart: { message: hi }\nthen: [{ wait: 1s }]\n'
  const { output } = await run([folderWith({ 'flow.json': flowText(places), 'story.yaml': story })], { coverage: true })

  expect([...output.matchAll(/never taken {2}(.*)$/gm)].map(([, exit]) => exit)).toEqual([
    'Trigger: incomingCall → keys',
    'keys: keypress → words',
    'keys: timeout → the end',
    'words: speech → open',
    'words: timeout → the end',
    'open: keypress → the end',
    'open: timeout → the end',
    'flex: callComplete → the end',
  ])
})

test('a subflow that was walked is covered too, under its own file', async () => {
  const childSid = `FW${'c'.repeat(32)}`
  const parent = {
    Trigger: { type: 'trigger', exits: { incomingCall: 'child' } },
    child: {
      type: 'run-subflow',
      properties: { flow_sid: childSid, flow_revision: 'LatestPublished', parameters: [] },
      exits: { completed: null, failed: null },
    },
  }
  const child = {
    Trigger: { type: 'trigger', exits: { incomingParent: 'greet', incomingCall: null } },
    greet: { type: 'say-play', properties: { say: 'Hello' }, exits: { audioComplete: null } },
  }
  const exported = { sid: childSid, friendly_name: 'child', definition: JSON.parse(flowText(child)) }
  const folder = folderWith({
    'parent.json': flowText(parent),
    'child.json': JSON.stringify(exported),
    'idle.json': flowText(child),
    'story.yaml': 'flow: parent.json\nstart: call\nthen: [{ hear: Hello }]\n',
  })
  const { output } = await run([folder], { coverage: true })
  expect([...output.matchAll(/\/(\w+\.json): (.*)$/gm)].map(([, file, share]) => `${file} ${share}`)).toEqual([
    'child.json 2 of 2 (100 %) transitions, 2 of 2 (100 %) widgets',
    'parent.json 2 of 3 (66 %) transitions, 2 of 2 (100 %) widgets',
  ])
})

async function run(paths: readonly string[], options: Partial<TestOptions> = {}) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const code = await testCommand(paths, { reporter: 'text', ...options }, { output, errors })
  return { code, output: String(output.read() ?? ''), errors: String(errors.read() ?? '') }
}
