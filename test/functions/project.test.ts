import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ReadProject, readProject } from '../../src/functions/project.ts'
import { type Files, projectFolder } from '../support/project.ts'

const HANDLER = 'exports.handler = (context, event, callback) => callback()'

test.each<[what: string, files: readonly string[], paths: readonly string[]]>([
  ['a function below the root', ['functions/hello.js'], ['function /hello public']],
  ['a function in a folder', ['functions/sms/reply.js'], ['function /sms/reply public']],
  ['an index, which is no special name', ['functions/index.js'], ['function /index public']],
  ['a protected function', ['functions/a.protected.js'], ['function /a protected']],
  ['a private function', ['functions/a.private.js'], ['function /a private']],
  ['a mark that is not the last', ['functions/a.protected.min.js'], ['function /a.protected.min public']],
  [
    'whitespace',
    ['functions/my first one.js', 'assets/on hold.mp3'],
    ['function /my-first-one public', 'asset /on-hold.mp3 public'],
  ],
  ['TypeScript', ['functions/a.ts', 'functions/b.protected.ts'], ['function /a public', 'function /b protected']],
  [
    'what is required or tested, not called',
    [
      'functions/a.cjs',
      'functions/b.mjs',
      'functions/c.json',
      'functions/d.d.ts',
      'functions/e.test.js',
      'functions/f.test.ts',
      'functions/g.spec.js',
    ],
    [],
  ],
  ['installed packages', ['functions/node_modules/p/index.js', 'functions/a/node_modules/p/index.js'], []],
  ['an asset with its extension', ['assets/music/hold.mp3'], ['asset /music/hold.mp3 public']],
  [
    'an asset without extension',
    ['assets/LICENSE', 'assets/b.private', 'assets/a'],
    ['asset /LICENSE public', 'asset /a public', 'asset /b private'],
  ],
  [
    'marked assets',
    ['assets/a.protected.mp3', 'assets/a.private.json', 'assets/.private.json'],
    ['asset /.json private', 'asset /a.json private', 'asset /a.mp3 protected'],
  ],
  [
    'every asset but what a desktop leaves behind',
    ['assets/.well-known/x', 'assets/.DS_Store', 'assets/a/.DS_Store'],
    ['asset /.well-known/x public'],
  ],
  ['a script among the assets', ['assets/a.js'], ['asset /a.js public']],
])('%s is served where Twilio serves it', async (_what, files, paths) => {
  const read = await readProject({ folder: projectFolder(emptyFiles(files)) })
  expect(shown(read)).toEqual(paths)
  expect(read).toMatchObject({ clashes: [], problems: [] })
})

test.each<[what: string, name: string, problem: string]>([
  ['a plus', 'functions/a+b.js', '"+" found in its path /a+b'],
  ['a bracket', 'assets/a (1).mp3', '"(" found in its path /a-(1).mp3'],
  ['a hash', 'assets/#1.mp3', '"#" found'],
  ['an apostrophe', "assets/it's.mp3", '"\'" found'],
  ['a long path', `functions/${'a/'.repeat(127)}b.js`, '256 characters; less than 256 expected'],
])('%s in a name is a problem of that file alone', async (_what, name, problem) => {
  const read = await readProject({ folder: projectFolder({ [name]: '', 'functions/good.js': HANDLER }) })
  expect(shown(read)).toEqual(['function /good public'])
  expect(read.problems).toEqual([expect.stringContaining(problem)])
})

test.each<[what: string, files: readonly [string, string], path: string]>([
  ['two functions', ['functions/a.js', 'functions/a.protected.js'], '/a'],
  ['a function and what it was compiled from', ['functions/a.js', 'functions/a.ts'], '/a'],
  ['two assets', ['assets/a b.mp3', 'assets/a-b.mp3'], '/a-b.mp3'],
  ['a public asset and its private twin', ['assets/a.json', 'assets/a.private.json'], '/a.json'],
  ['a function and an asset', ['functions/a.js', 'assets/a'], '/a'],
])('%s at one path clash, and both are named', async (_what, files, path) => {
  const folder = projectFolder(emptyFiles(files))
  const { clashes } = await readProject({ folder })
  expect(clashes).toEqual([expect.stringContaining(`would both be served at ${path}`)])
  for (const file of files) expect(clashes[0]).toContain(join(folder, file))
})

test.each<[what: string, files: Files, settings: { functions?: string; assets?: string }, paths: readonly string[]]>([
  ['functions/ before src/', { 'functions/a.js': HANDLER, 'src/b.js': HANDLER }, {}, ['function /a public']],
  [
    'src/ with a handler in it',
    { 'src/a.js': HANDLER, 'src/b.js': '' },
    {},
    ['function /a public', 'function /b public'],
  ],
  ['src/ with an exported handler', { 'src/a.js': 'export const handler = () => {}' }, {}, ['function /a public']],
  ['no src/ of another program', { 'src/cli.js': 'process.exit()', 'src/b.ts': HANDLER }, {}, []],
  ['assets/ before static/', { 'assets/a': '', 'static/b': '' }, {}, ['asset /a public']],
  ['static/', { 'static/b': '' }, {}, ['asset /b public']],
  [
    'folders of the settings',
    { 'f/a.js': '', 'g/b': '', 'functions/c.js': '' },
    { functions: 'f', assets: 'g' },
    ['function /a public', 'asset /b public'],
  ],
  [
    'folders of the toolkit’s configuration',
    {
      '.twilioserverlessrc': '{ // built\n functionsFolder: \'dist/f\', "assetsFolder": "dist/a", }',
      'dist/f/a.js': '',
      'dist/a/b': '',
      'functions/c.js': '',
    },
    {},
    ['function /a public', 'asset /b public'],
  ],
  [
    'its other spelling',
    {
      '.twilioserverlessrc': '{"functionsFolderName": "f", "assetsFolderName": "g", "env": ".env"}',
      'f/a.js': '',
      'g/b': '',
    },
    {},
    ['function /a public', 'asset /b public'],
  ],
  [
    'what it says of the start',
    {
      '.twilioserverlessrc': '{"commands": {"start": {"functionsFolder": "f"}}, "functionsFolder": "g"}',
      'f/a.js': '',
      'g/b.js': '',
    },
    {},
    ['function /a public'],
  ],
  [
    'settings before the configuration',
    { '.twilioserverlessrc': '{"functionsFolder": "f"}', 'f/a.js': '', 'g/b.js': '' },
    { functions: 'g' },
    ['function /b public'],
  ],
  ['nothing', {}, {}, []],
])('%s: that is what is served', async (_what, files, settings, paths) => {
  const read = await readProject({ folder: projectFolder(files), ...settings })
  expect(shown(read)).toEqual(paths)
  expect(read.problems).toEqual([])
})

test.each<[what: string, files: Files, settings: { functions?: string }, problem: string]>([
  ['a folder of the settings that is not there', {}, { functions: 'nope' }, 'there is no folder'],
  ['a broken configuration', { '.twilioserverlessrc': '{' }, {}, '.twilioserverlessrc does not count: JSON5'],
  ['a configuration of another shape', { '.twilioserverlessrc': '{functionsFolder: 1}' }, {}, 'expected string'],
])('%s is told of', async (_what, files, settings, problem) => {
  const folder = projectFolder({ 'functions/a.js': HANDLER, ...files })
  const { problems } = await readProject({ folder, ...settings })
  expect(problems).toEqual([expect.stringContaining(problem)])
})

test('a link is followed inside of the folder, and refused where it leads outside, nowhere or in a circle', async () => {
  const folder = projectFolder({ 'assets/a/b.mp3': '', 'secret/key': '' })
  const link = (target: string, name: string) => symlinkSync(join(folder, target), join(folder, 'assets', name))
  link('assets/a', 'c')
  link('assets/a/b.mp3', 'd.mp3')
  link('secret', 'e')
  link('secret/key', 'f')
  link('nowhere', 'g')
  link('assets', 'a/circle')

  const read = await readProject({ folder })

  expect(shown(read)).toEqual(['/a/b.mp3', '/c/b.mp3', '/d.mp3'].map((path) => `asset ${path} public`))
  expect([...read.problems].sort()).toEqual([
    expect.stringMatching(/^e is a link to .*secret, outside of the folder; it is not served$/),
    expect.stringMatching(/^f is a link to .*key, outside of the folder; it is not served$/),
    expect.stringContaining('g is a link that leads nowhere'),
  ])
})

function emptyFiles(names: readonly string[]): Files {
  return Object.fromEntries(names.map((name) => [name, HANDLER]))
}

function shown({ project: { functions, assets } }: ReadProject): string[] {
  return [...functions.values(), ...assets.values()].map(
    ({ kind, path, visibility }) => `${kind} ${path} ${visibility}`,
  )
}
