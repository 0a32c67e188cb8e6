import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { serving } from '../support/server.ts'
import { blocksOf, pages } from './pages.ts'

/** Judges the examples that the page is made of. */
const EVERY_RULE = 'test/lint/rules.test.ts'

/** The test that tries the snippets of a page, by their language. */
const TRIED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': {
    sh: 'test/process/readme.test.ts',
    yaml: 'test/process/readme.test.ts',
    js: 'test/process/readme.test.ts',
  },
  'CONTRIBUTING.md': { sh: 'test/process/clone.test.ts' },
  'docs/api.md': { sh: 'test/process/pages.test.ts', json: 'test/http/docs.test.ts' },
  'docs/commands.md': { sh: 'test/process/docs.test.ts' },
  'docs/deploying.md': {
    sh: 'test/process/pages.test.ts',
    ini: 'test/docs/deploying.test.ts',
    nginx: 'test/docs/deploying.test.ts',
  },
  'docs/flows-in-git.md': { sh: 'test/process/docs.test.ts', yaml: 'test/docs/snippets.test.ts' },
  'docs/functions.md': { sh: 'test/process/pages.test.ts', js: 'test/process/pages.test.ts' },
  'docs/moving-from-studio.md': { json: 'test/process/pages.test.ts' },
  'docs/operations.md': { sh: 'test/process/pages.test.ts', yaml: 'test/docs/snippets.test.ts' },
  'docs/performance.md': { sh: 'test/process/clone.test.ts' },
  'docs/rules.md': { json: EVERY_RULE },
  'docs/scaling.md': { sh: 'test/process/pages.test.ts' },
  'docs/scenarios.md': { sh: 'test/process/pages.test.ts', yaml: 'test/docs/scenarios.test.ts' },
  'docs/testing.md': { sh: 'test/process/docs.test.ts', yaml: 'test/process/docs.test.ts' },
}

const snippets = [...pages].flatMap(([page, text]) =>
  [...new Set([...text.matchAll(/^```(\w+)$/gm)].map(([, language = '']) => language))].map((language) => ({
    page,
    language,
  })),
)

test.each(snippets)('$page: a test tries what it shows in $language', ({ page, language }) => {
  const file = TRIED[page]?.[language] ?? 'nowhere'
  expect(existsSync(file)).toBe(true)
  if (file !== EVERY_RULE) expect(readFileSync(file, 'utf8')).toContain(page)
})

const Workflow = z.strictObject({
  name: z.string(),
  on: z.array(z.enum(['push', 'pull_request'])),
  permissions: z.strictObject({ contents: z.literal('read') }),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.string(),
      steps: z.array(
        z.union([
          z.strictObject({
            uses: z.string().regex(/^[\w-]+\/[\w-]+@v\d+$/),
            with: z.record(z.string(), z.unknown()).optional(),
          }),
          z.strictObject({ run: z.string() }),
        ]),
      ),
    }),
  ),
})

test('the workflow of docs/flows-in-git.md is the one that `trunkline init` makes, and has the shape of one', () => {
  const [shown = ''] = blocksOf('docs/flows-in-git.md', 'yaml')
  const workflow = parse(shown)
  expect(workflow).toEqual(parse(readFileSync('template/.github/workflows/flows.yml', 'utf8')))
  expect(Workflow.parse(workflow)).toEqual(workflow)
})

const Scraping = z.object({
  scrape_configs: z.tuple([
    z.strictObject({
      job_name: z.string(),
      basic_auth: z.strictObject({ username: z.string(), password: z.string() }),
      static_configs: z.array(z.strictObject({ targets: z.array(z.string().regex(/^[\w.-]+:3000$/)) })),
    }),
  ]),
})

test('the credentials that docs/operations.md gives Prometheus open /metrics', async () => {
  const [shown = ''] = blocksOf('docs/operations.md', 'yaml')
  const [{ basic_auth: key }] = Scraping.parse(parse(shown)).scrape_configs
  const account = { TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'a token' }
  const { server } = await serving({}, { ...account, API_KEYS: `${key.username}:${key.password}` })
  const authorization = `Basic ${btoa(`${key.username}:${key.password}`)}`
  expect((await server.inject({ url: '/metrics', headers: { authorization } })).statusCode).toBe(200)
  expect((await server.inject('/metrics')).statusCode).toBe(401)
})
