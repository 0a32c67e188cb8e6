import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** What each part of src may import: other parts, and packages. Nothing else. `node:` stands for all of Node. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  flow: ['zod'],
  liquid: ['liquidjs'],
  twiml: ['xmlbuilder2'],
  engine: ['flow', 'liquid', 'twiml', 'zod'],
  widgets: ['engine', 'flow', 'twiml', 'zod'],
  lint: ['flow', 'liquid', 'zod'],
  picture: ['engine', 'flow', '@dagrejs/dagre'],
  changes: ['flow', 'picture'],
  signature: ['node:'],
  clock: [],
  simulator: ['clock', 'signature', 'error-code.ts', 'saxes', 'undici', 'node:'],
  scenario: ['simulator', 'clock', 'engine', 'flow', 'runtime', 'stage.ts', 'unreadable.ts', 'zod', 'yaml', 'node:'],
  trial: ['simulator', 'runtime', 'channels', 'engine', 'clock', 'signature', 'errors.ts', 'zod', 'node:'],
  regex: ['re2js', 'node:'],
  store: ['engine', 'flow', 'twiml', 'error-code.ts', 'own-package.ts', 'better-sqlite3', 'pg', 'node:'],
  bundle: ['engine', 'flow', 'twiml', 'store', 'zod', 'node:'],
  functions: [
    'env-entries.ts',
    'folder-watch.ts',
    'error-code.ts',
    'own-package.ts',
    'unreadable.ts',
    'esbuild',
    'json5',
    'pino',
    'twilio',
    'zod',
    'node:',
  ],
  metrics: ['runtime', 'store', 'prom-client', '@opentelemetry/api'],
  channels: ['engine', 'clock', 'unreachable.ts', 'undici', 'node:'],
  runtime: [
    'engine',
    'flow',
    'functions',
    'twiml',
    'store',
    'channels',
    'signature',
    'clock',
    'errors.ts',
    'folder-watch.ts',
    'unreachable.ts',
    'unreadable.ts',
    'pino',
    'undici',
    'ipaddr.js',
    'node:',
  ],
  http: [
    ...['bundle', 'engine', 'flow', 'functions', 'lint', 'twiml', 'store', 'runtime', 'trial', 'clock', 'signature'],
    ...[
      'errors.ts',
      'log-mask.ts',
      'loopback.ts',
      'own-package.ts',
      'unreadable.ts',
      'ipaddr.js',
      'fastify',
      '@fastify/static',
      'pino',
      '@opentelemetry/api',
      'zod',
      'node:',
    ],
  ],
  console: [
    'changes',
    'flow',
    'picture',
    'zod',
    'react',
    'react-dom',
    '@xyflow/react',
    '@dagrejs/dagre',
    'lucide-react',
    '@codemirror/autocomplete',
    '@codemirror/commands',
    '@codemirror/language',
    '@codemirror/state',
    '@codemirror/view',
    '@lezer/highlight',
  ],
  'env-entries.ts': ['node:'],
  'errors.ts': [],
  'folder-watch.ts': ['node:'],
  'error-code.ts': [],
  'unreadable.ts': ['error-code.ts'],
  'unreachable.ts': [],
  'own-package.ts': ['node:'],
  'project-folder.ts': ['node:'],
  'loopback.ts': ['node:'],
  'setting-expected.ts': ['zod'],
  'settings.ts': ['zod'],
  'config.ts': ['loopback.ts', 'setting-expected.ts', 'settings.ts', 'signature', 'zod', 'node:'],
  'server-settings.ts': ['clock', 'config.ts', 'http', 'node:'],
  'logger.ts': ['config.ts', 'log-mask.ts', 'pino'],
  'log-mask.ts': [],
}

/** The places that know everything. */
const EVERYTHING = new Set([
  'own-functions.ts',
  'parts.ts',
  'core.ts',
  'life.ts',
  'substitutes.ts',
  'carrier.ts',
  'web.ts',
  'trials.ts',
  'stage.ts',
  'cli.ts',
  'commands',
])

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file}`)
  .filter((file) => /\.tsx?$/.test(file) && !EVERYTHING.has(partOf(file)))

test.each(files)('%s imports only what its part may', (file) => {
  const allowed = [partOf(file), ...(MAY_IMPORT[partOf(file)] ?? ['an entry in the table of test/boundaries.test.ts'])]
  expect(allowed).toEqual(expect.arrayContaining(importsOf(file)))
})

const PURE = ['flow', 'liquid', 'twiml', 'engine', 'widgets', 'lint', 'picture', 'changes']
const IMPURE =
  /\bnew Date\(\)|\bDate\.now\b|\bMath\.random\b|\bprocess\.|\bfetch\(|\bsetTimeout\(|\bsetInterval\(|\bperformance\.|\bcrypto\./

test.each(files.filter((file) => PURE.includes(partOf(file))))(
  '%s reads no clock, no randomness and no environment',
  (file) => {
    expect(
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => IMPURE.test(line)),
    ).toEqual([])
  },
)

test.each(files.filter((file) => partOf(file) === 'widgets' && !file.endsWith('index.ts')))(
  '%s knows no other widget',
  (file) => {
    expect(specifiersOf(file).filter((specifier) => specifier.startsWith('./'))).toEqual([])
  },
)

/** What of `changes`, `flow` and `picture` the console may take along: the rest knows zod, which would double the page. */
const LIGHT = [
  ...['branches.ts', 'changes.ts', 'exit-changes.ts', 'properties.ts', 'renamed.ts', 'same.ts'],
  ...['grouped.ts', 'leads-to.ts', 'legacy.ts', 'located.ts', 'record.ts', 'scan.ts'],
  ...['apart.ts', 'drawable.ts', 'exits.ts', 'geometry.ts', 'grid.ts', 'layered.ts', 'positions.ts', 'words.ts'],
]

test.each(files.filter((file) => partOf(file) === 'console'))('%s takes nothing heavy along', (file) => {
  const text = readFileSync(file, 'utf8')
  const taken = [...text.matchAll(/^import (?!type\b)[^']*'(?:\.\.\/)+(?:changes|flow|picture)\/([^']+)'|'(zod)'/gm)]
  expect(LIGHT).toEqual(expect.arrayContaining(taken.map(([, module, zod]) => module ?? zod)))
})

function partOf(file: string): string {
  const [, part = ''] = file.split('/')
  return part
}

/** The parts and packages that a file imports. */
function importsOf(file: string): string[] {
  return specifiersOf(file).map((specifier) => {
    if (specifier.startsWith('.')) return partOf(normalize(join(dirname(file), specifier)))
    if (specifier.startsWith('node:')) return 'node:'
    return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
  })
}

function specifiersOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/^(?:import|export)\b[^']*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm)].map(
    ([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '',
  )
}
