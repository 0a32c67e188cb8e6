import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pages } from './pages.ts'

const known = new Set(
  [...readFileSync('src/settings.ts', 'utf8').matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name = '']) => name),
)

/** Pages that are made of the code name values of widgets in capitals. */
const handwritten = [...pages.keys()].filter((path) => !/(rules|widgets)\.md$/.test(path))

/** Words in capitals that are no settings of ours: Node's, npm's, and what users name themselves. */
const OTHERS = new Set([
  ...['NODE_ENV', 'NODE_OPTIONS', 'NODE_COMPILE_CACHE'],
  'NO_COLOR',
  'NAME_FILE',
  'OPENING_HOURS',
  ...['ACCOUNT_SID', 'AUTH_TOKEN', 'DOMAIN_NAME'],
  'TEST_DATABASE', // of the tests, as the next one
  'TORTURE_MINUTES',
  ...['POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD', 'POSTGRES_INITDB_ARGS'], // of the image of PostgreSQL
  'FLOW_END',
  'MAX_STEPS',
  'MAX_WIDGET_REPEATS',
])

test.each([...handwritten, 'compose.yaml', 'Dockerfile', 'template/.env.example'])(
  '%s names no setting that there is not',
  (path) => {
    const text = pages.get(path) ?? readFileSync(path, 'utf8')
    const named = [...text.matchAll(/(?:^|[\s`"',(])([A-Z]{2,}(?:_[A-Z]+)+)(?==|[`"',)\s])/g)].map(
      ([, name = '']) => name,
    )
    const strange = named.filter(
      (name) => !known.has(name.replace(/_FILE$/, '')) && !known.has(name) && !OTHERS.has(name),
    )
    expect([...new Set(strange)]).toEqual([])
  },
)

test('every setting is in docs/settings.md', () => {
  const rows = [...(pages.get('docs/settings.md') ?? '').matchAll(/^\| (.*?) \|/gm)]
  const named = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name))
  expect(named.sort()).toEqual([...known].sort())
})
