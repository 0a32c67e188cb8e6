import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { flow } from '../support/flow.ts'
import { serving } from '../support/server.ts'

const ACCOUNT = `AC${'0'.repeat(32)}`
const AUTHORIZATION = `Basic ${Buffer.from(`${ACCOUNT}:dev`).toString('base64')}`
const WAITING = flow({
  Trigger: { type: 'trigger', exits: { incomingRequest: 'ask' } },
  ask: { type: 'send-and-wait-for-reply', properties: { from: '+1', body: 'Hi' }, exits: { incomingMessage: null } },
})

/** Where the API is, with places for ids. */
const PATHS = [
  ...['', '/Validate', '/:flow', '/:flow/Revisions', '/:flow/Revisions/:id', '/:flow/TestUsers'].map(
    (path) => `/v2/Flows${path}`,
  ),
  ...['v1/Flows', 'v1/Flows/:flow', 'api/executions', 'api/executions/:execution'].map((path) => `/${path}`),
  '/api/executions/:execution/bundle',
  ...[
    'widgets',
    'templates',
    'preview',
    'flows',
    'flows/check',
    'flows/:flow/counts',
    'session',
    'login',
    'logout',
  ].map((path) => `/api/${path}`),
  ...['phones', 'phones/:id', 'phones/:id/acts'].map((path) => `/api/${path}`),
  ...['v2/Flows/:flow/Executions', 'v1/Flows/:flow/Executions', 'v1/Flows/:flow/Engagements'].flatMap((path) =>
    [
      '',
      '/:execution',
      '/:execution/Context',
      '/:execution/Steps',
      '/:execution/Steps/:id',
      '/:id/Steps/:id/Context',
    ].map((below) => `/${path}${below}`),
  ),
]

const NAMES = [
  ...['FriendlyName', 'Status', 'Definition', 'CommitMessage', 'TestUsers', 'To', 'From', 'Parameters', 'CallSid'],
  ...['status', 'DateCreatedFrom', 'DateCreatedTo', 'PageSize', 'Page', 'PageToken', '__proto__', 'constructor', ''],
  ...[
    'flow',
    'contact',
    'from',
    'to',
    'widget',
    'warning',
    'username',
    'password',
    'revision',
    'contacts',
    'do',
    'template',
    'execution',
  ],
]

const GOOD = [
  ...['published', 'draft', 'active', 'ended', '+15550001', '50', '0', '-1', '2026-03-02T09:30:00Z', '{}', '{"a":[1]}'],
  ...[
    'PA1000.FN1',
    `{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}`,
    'PB9999999999999.x',
    JSON.stringify(WAITING),
    '{"states":[]}',
    '[]',
    'null',
    '"',
    '{"__proto__":{}}',
  ],
]
const text = fc.oneof(
  fc.constantFrom(...GOOD),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.integer({ min: 1, max: 70_000 }).map((length) => 'x'.repeat(length)),
  fc.constantFrom('', '\0', '\ud800', '%', '漢'.repeat(200), '[['.repeat(2_000), '9'.repeat(400)),
)
const pairs = fc.array(fc.tuple(fc.constantFrom(...NAMES), text), { maxLength: 6 })
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'HEAD'),
  path: fc.constantFrom(...PATHS),
  id: fc.oneof(
    fc.constantFrom('LatestPublished', '1', '0', '%00', '%', '..'),
    fc.string({ maxLength: 40 }).map(encodeURIComponent),
  ),
  query: pairs,
  form: pairs,
  isJson: fc.boolean(),
  isKnown: fc.boolean(),
})

test('no request to the REST API is answered with an error of ours', async () => {
  const settings = { REST_EXECUTIONS_PER_SECOND: '0', FLOW_FILES: 'read-only' }
  const { server, flows, runtime } = await serving({ waiting: WAITING }, settings)
  const [served] = flows.list()
  const { sid: own = '' } = served ?? {}
  let contacts = 0

  const asked = fc.asyncProperty(request, async ({ method, path, id, query, form, isJson, isKnown }) => {
    const begin = { type: 'incoming-request', to: `+1${++contacts}`, from: '+2', parameters: {} } as const
    const begun = path.includes(':execution') && isKnown ? await runtime.start(own, begin) : undefined
    const place = path
      .replace(':flow', isKnown ? own : id)
      .replace(':execution', begun?.sid ?? id)
      .replaceAll(':id', id)
    const answer = await server.inject({
      method: method as 'GET', // any of those above
      url: `${place}?${encoded(query)}`,
      headers: {
        authorization: AUTHORIZATION,
        'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      },
      payload: isJson ? JSON.stringify(Object.fromEntries(form)) : encoded(form),
    } satisfies InjectOptions)

    expect(answer.statusCode).toBeLessThan(500)
    if (answer.statusCode >= 400 && method !== 'HEAD')
      expect(answer.json()).toMatchObject({
        code: expect.any(Number),
        status: answer.statusCode,
        message: expect.any(String),
      })
  })
  await fc.assert(asked, { numRuns: Number(process.env.RUNS ?? 400), endOnFailure: true })
}, 120_000)

function encoded(form: readonly (readonly [string, string])[]): string {
  return new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString()
}
