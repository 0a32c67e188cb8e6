import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changesBetween } from '../../src/changes/changes.ts'
import { type DiffOptions, diff as diffCommand } from '../../src/commands/diff.ts'
import { WORDS } from '../../src/commands/words.ts'
import { definitionOf } from '../../src/flow/import.ts'
import { flow, type Places } from '../support/flow.ts'

const branch = (value: string, next: string, name = `If value equal_to ${value}`) => ({
  event: 'match',
  next,
  conditions: [{ friendly_name: name, arguments: ['{{widgets.ask.Digits}}'], type: 'equal_to' as const, value }],
})

const MENU = {
  Trigger: { type: 'trigger', exits: { incomingCall: 'ask', incomingMessage: null } },
  ask: {
    type: 'gather-input-on-call',
    properties: { say: 'Press 1', timeout: 5 },
    exits: { keypress: 'split', timeout: 'bye' },
  },
  split: {
    type: 'split-based-on',
    properties: { input: '{{widgets.ask.Digits}}' },
    exits: { noMatch: 'bye' },
    branches: [branch('1', 'hours'), branch('2', 'bye')],
  },
  hours: { type: 'say-play', properties: { say: 'Nine to five' }, exits: { audioComplete: 'bye' } },
  bye: { type: 'say-play', properties: { say: 'Bye' }, exits: { audioComplete: null } },
} satisfies Places

/** The menu with some of its widgets put otherwise. */
const menuWith = (places: Places) => flow({ ...MENU, ...places })

const IN_WORDS: readonly (readonly [what: string, places: Places, words: string])[] = [
  [
    'a text and a number',
    { ask: { ...MENU.ask, properties: { say: 'Press 2', timeout: 10 } } },
    `changed ask (Gather Input On Call)
  say
    was: "Press 1"
    now: "Press 2"
  timeout
    was: 5
    now: 10
`,
  ],
  [
    'a property that is new',
    { bye: { ...MENU.bye, properties: { say: 'Bye', loop: 2 } } },
    `changed bye (Say/Play)
  loop
    was: (not there)
    now: 2
`,
  ],
  [
    'where exits lead',
    { ask: { ...MENU.ask, exits: { keypress: 'split', speech: 'split', timeout: null } } },
    `changed ask (Gather Input On Call)
  No Input: led to bye, leads to (the end)
  User Said Something: led to (the end), leads to split
`,
  ],
  [
    'a condition',
    { split: { ...MENU.split, branches: [branch('9', 'hours'), branch('2', 'bye')] } },
    `changed split (Split Based On...)
  = 9
    was: "{{widgets.ask.Digits}}" equal to "1"
    now: "{{widgets.ask.Digits}}" equal to "9"
`,
  ],
  [
    'the order of branches, which counts',
    { split: { ...MENU.split, branches: [branch('2', 'bye'), branch('1', 'hours')] } },
    `changed split (Split Based On...)
  = 2: was tried as number 2, is as number 1
  = 1: was tried as number 1, is as number 2
`,
  ],
  [
    'branches that come and go',
    { split: { ...MENU.split, branches: [branch('2', 'bye'), branch('3', 'ask')] } },
    `changed split (Split Based On...)
  = 3: a new branch, if "{{widgets.ask.Digits}}" equal to "3", to ask
  = 1: no branch any more, it was: if "{{widgets.ask.Digits}}" equal to "1", to hours
`,
  ],
  ['a widget that is new', { more: { type: 'say-play', properties: { say: 'More' } } }, 'added more (Say/Play)\n'],
  [
    'a type',
    { hours: { ...MENU.hours, type: 'send-message' } },
    `changed hours (Send Message)
  was of the type say-play, is send-message
`,
  ],
]

test.each(IN_WORDS)('%s is told in words', async (_what, places, words) => {
  expect(await diff(flow(MENU), menuWith(places))).toEqual({ code: 1, output: words, errors: '' })
})

test('a widget that is gone, and what the flow says of itself, are told', async () => {
  const { bye: _, ...rest } = MENU
  const now = { ...flow(rest), description: 'Another', initial_state: 'ask' }
  const { output } = await diff(flow(MENU), now)
  expect(output).toContain('the flow: description\n    was: "A flow"\n    now: "Another"\n')
  expect(output).toContain('the flow: initial_state\n    was: "Trigger"\n    now: "ask"\n')
  expect(output).toMatch(/removed bye \(Say\/Play\)\n$/)
})

test('a widget that was renamed is told once, and neither its transitions nor the templates that follow it are', async () => {
  const text = JSON.stringify(flow(MENU))
    .replaceAll('"ask"', '"question"')
    .replaceAll('widgets.ask.', 'widgets.question.')
  const { output } = await diff(flow(MENU), JSON.parse(text))
  expect(output).toContain('renamed ask to question (Gather Input On Call)\n')
  expect(output.match(/added|removed|led to|input/g)).toBeNull()
})

test('places on the canvas, the order of keys and of widgets, and how an open end is written are no difference', async () => {
  const turned = flow(MENU)
    .states.toReversed()
    .map(({ name, type, properties, transitions }, index) => ({
      transitions: transitions.map((one) => (one.next ? one : { ...one, next: '' })),
      type,
      properties: { offset: { x: index, y: -index }, ...properties },
      name,
    }))
  const exported = { sid: `FW${'0'.repeat(32)}`, friendly_name: 'x', definition: { ...flow(MENU), states: turned } }
  expect(await diff(flow(MENU), exported)).toEqual({ code: 0, output: '', errors: '' })
})

test('a program reads the same as JSON', async () => {
  const { output, code } = await diff(flow(MENU), menuWith({ bye: { ...MENU.bye, properties: { say: 'Ciao' } } }), {
    json: true,
  })
  expect(code).toBe(1)
  expect(JSON.parse(output)).toEqual({
    same: false,
    changes: [{ kind: 'property-changed', widget: 'bye', property: 'say', before: 'Bye', after: 'Ciao' }],
  })
})

test('pairs are told by their keys', async () => {
  const variables = (value: string) => ({
    set: {
      type: 'set-variables',
      properties: {
        variables: [
          { key: 'a', value: '1' },
          { key: 'b', value },
        ],
      },
    },
  })
  const { output } = await diff(menuWith(variables('1')), menuWith(variables('2')))
  expect(output).toBe('changed set (Set Variables)\n  variables.b\n    was: "1"\n    now: "2"\n')
})

test('what cannot be read makes the exit code 2 and is named', async () => {
  const { code, errors } = await diff(flow(MENU), '{')
  expect(code).toBe(2)
  expect(errors).toMatch(/after\.json:1:2 /)
})

test.each(readdirSync('flows').filter((file) => file !== 'sids.json'))(
  '%s is the same as itself, and one value that is changed is one change',
  (file) => {
    const definition = definitionOf(JSON.parse(readFileSync(`flows/${file}`, 'utf8')))
    fc.assert(
      fc.property(fc.nat(definition.states.length - 1), fc.string(), (place, text) => {
        const states = definition.states.map((one, index) => {
          return index === place ? { ...one, properties: { ...one.properties, invented: text } } : one
        })
        expect(changesBetween(definition, definition, WORDS)).toEqual([])
        expect(changesBetween(definition, { ...definition, states }, WORDS)).toHaveLength(1)
      }),
      { numRuns: 20 },
    )
  },
)

test('git shows readable differences by textconv, and words by an external diff', () => {
  const { git, folder } = repository()
  const lines = git('diff', 'flows/menu.json')
  expect(lines).toContain('-  say: "Press 1"\n+  say: "Press 2"')
  expect(lines).not.toContain('offset')

  writeFileSync(join(folder, '.gitattributes'), 'flows/*.json diff=trunkline-words\n')
  expect(git('diff', 'flows/menu.json')).toBe(`flow flows/menu.json
changed ask (Gather Input On Call)
  say
    was: "Press 1"
    now: "Press 2"
`)
}, 60_000)

test('a flow that git has not before or after is all new, or all gone; what is no flow ends nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'))
  const file = join(folder, 'menu.json')
  writeFileSync(file, JSON.stringify(flow(MENU)))
  const given = (before: string, after: string) => ['flows/menu.json', before, '0', '100644', after, '0', '100644']

  const come = await run(given('/dev/null', file), { git: true })
  expect(come).toMatchObject({ code: 0, output: expect.stringContaining('added bye (Say/Play)\n') })
  const gone = await run(given(file, '/dev/null'), { git: true })
  expect(gone.output).toContain('removed bye (Say/Play)\n')
  const strange = await run(given(file, 'package.json'), { git: true })
  expect(strange).toEqual({ code: 0, output: 'flow flows/menu.json\n  one of the two is no flow\n', errors: '' })
})

test('what is no flow is shown by textconv as it is', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'trunkline-')), 'sids.json')
  writeFileSync(file, '{ "FW1": "a.json" }\n')
  expect(await run([file], { textconv: true })).toEqual({ code: 0, output: '{ "FW1": "a.json" }\n', errors: '' })
})

/** A repository with a flow whose text has been changed, and whose cards have been moved, since the first commit. */
function repository() {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'))
  const environment = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_PAGER: 'cat' }
  const git = (...words: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: environment,
    })
  const write = (file: string, content: unknown) => writeFileSync(join(folder, file), JSON.stringify(content))
  const trunkline = `${process.execPath} --import ${import.meta.resolve('tsx')} ${join(process.cwd(), 'src/cli.ts')}`
  git('init', '-q')
  git('config', 'diff.trunkline.textconv', `${trunkline} diff --textconv`)
  git('config', 'diff.trunkline-words.command', `${trunkline} diff --git`)
  mkdirSync(join(folder, 'flows'))
  writeFileSync(join(folder, '.gitattributes'), 'flows/*.json diff=trunkline\n')
  write('flows/menu.json', flow(MENU))
  git('add', '.')
  git('commit', '-qm', 'first')
  write(
    'flows/menu.json',
    menuWith({
      ask: {
        ...MENU.ask,
        type: 'gather-input-on-call',
        properties: { timeout: 5, say: 'Press 2', offset: { x: 1, y: 1 } },
      },
    }),
  )
  return { git, folder }
}

async function diff(before: unknown, after: unknown, options: DiffOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'))
  const files = Object.entries({ before, after }).map(([name, content]) => {
    const file = join(folder, `${name}.json`)
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  })
  return run(files, options)
}

async function run(files: readonly string[], options: DiffOptions) {
  const [output, errors] = [new PassThrough(), new PassThrough()]
  const code = await diffCommand(files, options, { output, errors })
  return { code, output: String(output.read() ?? ''), errors: String(errors.read() ?? '') }
}
