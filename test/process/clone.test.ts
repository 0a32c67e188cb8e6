import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHROMIUM } from '../console/browser.ts'
import { blocksOf, pages } from '../docs/pages.ts'
import { clone } from '../support/clone.ts'
import { postgresUrl } from '../support/postgres/of-this-run.ts'
import { typed } from '../support/shell.ts'

const server = await postgresUrl()

/** The pages for whoever works on Trunkline; their commands are typed in a clone. */
const PAGES = ['CONTRIBUTING.md', 'docs/performance.md'] as const

/** What `.ci/run` types, in a clone that has nothing yet. */
const BY_CI = ['npm ci', 'npm test', 'npm run check'] as const

/** What asks registries for packages and takes minutes. */
const BY_HAND = ['npm run try-package', 'npm run try-image'] as const
if (!process.env.BY_HAND) console.warn(`\nSKIPPED: ${BY_HAND.join(', ')}; BY_HAND=1 has them typed, too\n`)

/** How a command is typed here: in short, where it takes minutes as the page has it; and what it says then. */
interface Typed {
  readonly typed: string
  readonly says: RegExp
  readonly needs?: string | undefined
}

const TYPED: Readonly<Record<string, Typed>> = {
  'npm run dev': { typed: 'PORT=0 timeout 10 npm run dev || test $? -eq 124', says: /Trunkline answers on/ },
  'npm run fix': { typed: 'npm run fix && git diff --exit-code', says: /biome check --write/ },
  'npm run build:server': { typed: 'npm run build:server && node dist/cli.js --help', says: /validate/ },
  'npm run docs': { typed: 'npm run docs && git diff --exit-code', says: /tsx test\/docs\/write\.ts/ },
  'npx vitest run test/widgets/set-variables.test.ts test/scenarios/every-exit.test.ts test/boundaries.test.ts': {
    typed:
      'npx vitest run test/widgets/set-variables.test.ts test/scenarios/every-exit.test.ts test/boundaries.test.ts',
    says: /Test Files +3 passed/,
  },
  'npm run walk -- flows --seed 1 --walks 20': {
    typed: 'npm run walk -- flows --seed 1 --walks 2',
    says: /\d+ flows, \d+ walks .* 0 flows failed/,
  },
  'npm run torture -- --minutes 10 --seed 1': {
    typed: 'npm run torture -- --minutes 0.15 --seed 1 || test $? -eq 1', // so short a run has not seen everything
    says: /\d+ {2}executions[\s\S]*\n0 faults in/,
  },
  'npm run fuzz -- --requests 10000 --seed 1': {
    typed: 'npm run fuzz -- --requests 300 --seed 1',
    says: /300 requests in [\s\S]* 0 faults/,
  },
  'TEST_DATABASE=postgres npx vitest run --project all': {
    typed: 'TEST_DATABASE=postgres npx vitest run --project all test/runtime/timers.test.ts',
    says: /Test Files +1 passed/,
    needs: server,
  },
  'npm run walk -- flows --database postgres': {
    typed: 'npm run walk -- flows --database postgres --walks 1 --flow menu',
    says: /1 walks .* 0 flows failed/,
    needs: server,
  },
  'npm run torture -- --minutes 5 --postgres': {
    typed: 'npm run torture -- --minutes 0.15 --postgres || test $? -eq 1',
    says: /\d+ {2}executions[\s\S]*\n0 faults in/,
    needs: server,
  },
  'TORTURE_MINUTES=5 npx vitest run --project all test/process/instances-killed.test.ts': {
    typed: 'TORTURE_MINUTES=0.05 npx vitest run --project all test/process/instances-killed.test.ts',
    says: /Test Files +1 passed/,
    needs: server,
  },
  'PICTURES=docs npx vitest run test/console/pictures.test.ts': {
    typed: 'PICTURES=docs npx vitest run test/console/pictures.test.ts',
    says: /Tests +3 passed/,
    needs: CHROMIUM,
  },
  'npm run bench': { typed: 'npm run bench -- --quick late-steps', says: /step 900 instead of step 10, CPU/ },
  'npm run bench -- --quick': { typed: 'npm run bench -- --quick start-up', says: /start to first answered webhook/ },
  'npm run bench -- steps latency': {
    typed: '! npm run bench -- steps latency and-no-more 2>&1',
    says: /no such part: and-no-more; there are steps, latency, /,
  },
  'npm run bench -- --json': { typed: 'npm run bench -- --quick --json start-up', says: /"reached": (true|false)/ },
}

const shown = [...new Set(PAGES.flatMap((page) => [...linesOf(page), ...inlineOf(page)]))]
let folder = ''

beforeAll(async () => {
  folder = await clone()
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('every command that the pages for contributors show is typed in a clone, or by the continuous integration', () => {
  const known: readonly string[] = [...Object.keys(TYPED), ...BY_CI, ...BY_HAND]
  expect(shown.toSorted()).toEqual(known.toSorted())
})

test.each(Object.entries(TYPED))(
  '`%s` does what its page says',
  async (command, { typed: text, says, ...how }) => {
    if ('needs' in how && how.needs === undefined) return console.warn(`\nSKIPPED: ${command}\n`)
    const env = { NO_COLOR: '1', npm_config_ignore_scripts: 'true' } // the clone is built already
    expect(await typed(text, { cwd: folder, env })).toMatch(says)
  },
  120_000,
)

test('a build leaves nothing of the one before', async () => {
  const old = join(folder, 'dist', 'chunk-OF-BEFORE.js')
  writeFileSync(old, '')
  await typed('npm run build', { cwd: folder })
  expect([existsSync(old), existsSync(join(folder, 'dist', 'cli.js'))]).toEqual([false, true])
}, 120_000)

test('what the pages have everybody type first is what is typed before a change lands', () => {
  const script = readFileSync('.ci/run', 'utf8')
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(scripts.check).toBe('npm run lint && npm test')
  for (const command of ['npm ci', 'npm run lint', 'npm test'])
    expect(script).toMatch(new RegExp(`^${command}\\b`, 'm'))
})

test.skipIf(!process.env.BY_HAND).each(BY_HAND)(
  '`%s` ends well',
  async (command) => {
    await typed(command, { cwd: process.cwd() })
  },
  600_000,
)

function linesOf(page: string): readonly string[] {
  return blocksOf(page, 'sh').flatMap((block) =>
    block
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/ +#.*$/, '')),
  )
}

/** The commands within sentences. */
function inlineOf(page: string): readonly string[] {
  return [...(pages.get(page) ?? '').matchAll(/`((?:[A-Z_]+=\S+ )?(?:npm run|npx vitest) [^`]+)`/g)].map(
    ([, line = '']) => line,
  )
}
