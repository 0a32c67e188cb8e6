import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import { expect, test } from 'vitest'
import { blocksOf } from '../docs/pages.ts'
import { flow } from '../support/flow.ts'
import { call, form, serving } from '../support/server.ts'

const ACCOUNT = `AC${'0'.repeat(32)}`
const AUTHORIZATION = `Basic ${Buffer.from(`${ACCOUNT}:dev`).toString('base64')}`
const HELLO = flow({
  Trigger: { type: 'trigger', exits: { incomingCall: 'keep', incomingRequest: 'keep' } },
  keep: { type: 'set-variables', properties: { variables: [{ key: 'n', value: '1' }] }, exits: { next: null } },
})
const CLOSED = { TWILIO_ACCOUNT_SID: ACCOUNT, TWILIO_AUTH_TOKEN: 'a token' }

interface Described {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object }[]
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>
}

interface OpenApi {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Described>>
  readonly components: { readonly schemas: Record<string, object> }
}

test('every route that the server has is described, and no other', async () => {
  const { server } = await serving({})
  const { paths } = await documentOf(server)

  const described = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const refused = async (route: string) => {
    const [method = '', path = ''] = route.split(' ')
    const url = path.replaceAll(/\{\w+\}/g, 'x')
    const { statusCode } = await server.inject({
      method: method as 'GET',
      url,
      headers: { authorization: AUTHORIZATION },
    })
    return statusCode === 405
  }
  const missing = routesOf(server).filter((route) => !described.includes(route))

  expect(described.filter((route) => !has(server, route))).toEqual([])
  expect((await Promise.all(missing.map(refused))).every(Boolean)).toBe(true)
  expect(described).toEqual(
    expect.arrayContaining(['POST /v2/Flows', 'GET /v1/Flows/{flow}/Engagements', 'GET /api/events', 'GET /healthz']),
  )
})

test('the document is OpenAPI 3.1: its parts are whole, its references lead somewhere, its schemas are JSON Schema', async () => {
  const document = await documentOf((await serving({})).server)
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.values(item).map((operation) => ({ path, ...operation })),
  )
  expect(document.openapi).toBe('3.1.0')
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const { path, parameters, responses } of operations) {
    const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`)
    expect(inPath).toEqual(path.match(/\{\w+\}/g) ?? [])
    expect(Object.keys(responses).every((status) => /^([1-5]\d\d|default)$/.test(status))).toBe(true)
  }
  for (const [, name = ''] of JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g))
    expect(document.components.schemas).toHaveProperty(name)
  const ajv = new Ajv2020({ strict: false })
  for (const schema of Object.values(document.components.schemas)) expect(ajv.validateSchema(schema)).toBe(true)
})

test('the document is taken by the official schema of OpenAPI 3.1', async () => {
  const document = await documentOf((await serving({})).server)

  const broken = { ...document, paths: { ...document.paths, '/broken': { get: { responses: { ok: 1 } } } } }

  expect(await new Validator({ strict: false }).validate({ ...document })).toEqual({ valid: true })
  expect(await new Validator({ strict: false }).validate(broken)).toMatchObject({ valid: false })
})

test('answers are as they are described', async () => {
  const { server, settled } = await serving({ hello: HELLO })
  const wrong = await judging(server)
  const fields = { FriendlyName: 'F', Status: 'published', Definition: JSON.stringify(HELLO) }

  expect(await wrong('POST /v2/Flows/Validate', [], fields)).toEqual([])
  expect(await wrong('POST /v2/Flows', [], fields)).toEqual([])
  const { flows } = (await asked(server, 'GET', '/api/flows')).json()
  const [{ sid }] = flows
  expect(await wrong('POST /v2/Flows/{flow}', [sid], { Status: 'published' })).toEqual([])
  expect(await wrong('POST /v2/Flows/{flow}/Executions', [sid], { To: '+15550001', From: '+15550002' })).toEqual([])
  await settled()
  const [{ sid: execution }] = (await asked(server, 'GET', '/api/executions')).json().executions
  const { steps } = (await asked(server, 'GET', `/v2/Flows/${sid}/Executions/${execution}/Steps`)).json()
  const ids = {
    flow: sid,
    execution,
    step: steps[0].sid,
    revision: '1',
    name: 'hello',
    file: 'x',
    accountSid: ACCOUNT,
    flowSid: sid,
  }

  const { paths } = await documentOf(server)
  const readable = Object.entries(paths).flatMap(([path, { get }]) =>
    get?.responses['200']?.content?.['application/json'] && !/\{(phone|path)\}/.test(path) ? [path] : [],
  )
  expect(readable.length).toBeGreaterThan(30)
  for (const path of readable) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const given = names.map((name) => new Map(Object.entries(ids)).get(name) ?? '')
    expect([path, await wrong(`GET ${path}`, given)]).toEqual([path, []])
  }
  expect(await wrong('DELETE /v2/Flows/{flow}/Executions/{execution}', [sid, execution])).toEqual([])
  expect(await wrong('POST /v2/Flows', [], {})).toEqual([])
})

test('phones answer as they are described', async () => {
  const { server } = await serving({ hello: HELLO })
  const headers = { authorization: AUTHORIZATION, 'content-type': 'application/json' }
  const validate = await validator(server)
  const given = await server.inject({ method: 'POST', url: '/api/phones', headers, payload: '{"flow":"hello"}' })
  expect(validate('POST /api/phones', given)).toEqual([])
  const { sid } = given.json()
  const url = `/api/phones/${sid}`
  expect(validate('GET /api/phones/{phone}', await server.inject({ url, headers }))).toEqual([])
  const payload = '{"do":"call"}'
  const acted = await server.inject({ method: 'POST', url: `${url}/acts`, headers, payload })
  expect(validate('POST /api/phones/{phone}/acts', acted)).toEqual([])
})

test('problems and previews are answered as they are described', async () => {
  const { server } = await serving({ hello: HELLO })
  const validate = await validator(server)
  const headers = { authorization: AUTHORIZATION, 'content-type': 'application/json' }
  const keep = { type: 'set-variables', properties: { variables: [{ key: 'n', value: 'Hi {{ flow.sid | shout }}' }] } }
  const definition = flow({ Trigger: { type: 'trigger', exits: { incomingCall: 'keep' } }, keep })

  const checked = await server.inject({ method: 'POST', url: '/api/flows/check', headers, payload: definition })
  expect(checked.json().problems).toMatchObject([{ rule: 'unknown-filter', offset: expect.any(Number) }])
  expect(validate('POST /api/flows/check', checked)).toEqual([])

  await server.inject(form(call(), '/flows/hello'))
  const [{ sid: execution }] = (await asked(server, 'GET', '/api/executions')).json().executions
  const payload = { template: '{{ x | shout }}', execution }
  const filled = await server.inject({ method: 'POST', url: '/api/preview', headers, payload })
  expect(validate('POST /api/preview', filled)).toEqual([])
})

test('the examples of docs/api.md are as answers are described, and that of a widget is the widget’s own', async () => {
  const { server } = await serving({})
  const validate = await validator(server)
  const [step = '', widgets = '', problems = ''] = blocksOf('docs/api.md', 'json')
  const judged = (route: string, body: string) => validate(route, { statusCode: 200, body })

  expect(judged('GET /api/executions/{execution}/steps/{step}', step)).toEqual([])
  expect(judged('GET /api/widgets', widgets)).toEqual([])
  expect(judged('POST /api/flows/check', problems)).toEqual([])
  const [{ exits, fields, ...rest }] = JSON.parse(widgets).widgets
  const there = (await asked(server, 'GET', '/api/widgets')).json().widgets
  const shown = { ...rest, exits: expect.arrayContaining(exits), fields: expect.arrayContaining(fields) }
  expect(there.find(({ type }: { readonly type: string }) => type === rest.type)).toEqual(shown)
})

test('the page shows every operation, runs no script and asks nobody', async () => {
  const { server } = await serving({})
  const { body, headers } = await server.inject('/docs')
  const { paths } = await documentOf(server)
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'nonce-/)
  expect(body).not.toMatch(/<script|https?:\/\/(?!localhost)[^&<]*\.(js|css)/)
  for (const item of Object.values(paths))
    for (const { operationId } of Object.values(item)) expect(body).toContain(`id="${operationId}"`)
})

test('with credentials set the description is for who has them', async () => {
  const { server } = await serving({}, CLOSED)
  const authorization = `Basic ${Buffer.from(`${ACCOUNT}:a token`).toString('base64')}`
  for (const url of ['/docs', '/docs/openapi.json']) {
    expect((await server.inject(url)).statusCode).toBe(401)
    const { statusCode, headers } = await server.inject({ url, headers: { authorization } })
    expect([statusCode, headers['cache-control']]).toEqual([200, 'no-store'])
  }
  expect(
    (await server.inject({ url: '/docs', headers: { authorization } })).headers['content-security-policy'],
  ).toContain('nonce')
})

test('what can be asked for by GET answers HEAD the same, without a body', async () => {
  const { server } = await serving({ hello: HELLO })
  const headers = { authorization: AUTHORIZATION }
  for (const url of [
    '/v2/Flows',
    '/v1/Flows',
    '/api/flows',
    '/api/executions',
    '/healthz',
    '/readyz',
    '/metrics',
    '/docs',
    '/console',
    '/',
  ]) {
    const head = await server.inject({ method: 'HEAD', url, headers })
    const { statusCode, headers: found } = await server.inject({ url, headers })
    expect([url, head.statusCode, head.body]).toEqual([url, statusCode, ''])
    expect(head.headers['content-type']).toBe(found['content-type'])
  }
  expect((await server.inject({ method: 'HEAD', url: '/v2/Flows/Validate', headers })).statusCode).toBe(405)
  expect((await server.inject({ method: 'HEAD', url: '/v2/Flows' })).statusCode).toBe(401)
  await server.inject({ method: 'HEAD', url: `/flows/hello?${new URLSearchParams(call())}`, headers })
  const { executions } = (await server.inject({ url: '/api/executions', headers })).json()
  expect(executions).toEqual([])
})

async function documentOf(server: FastifyInstance): Promise<OpenApi> {
  return (await server.inject('/docs/openapi.json')).json()
}

function asked(server: FastifyInstance, method: string, url: string, fields: Record<string, string> = {}) {
  const headers = { authorization: AUTHORIZATION }
  const request = method === 'POST' ? form(fields, url, headers) : { url, headers }
  return server.inject({ ...request, method: method as 'GET' }) // or another one of the document
}

async function judging(server: FastifyInstance) {
  const validate = await validator(server)
  return async (route: string, ids: readonly string[], fields: Record<string, string> = {}) => {
    const rest = [...ids]
    const [method = '', path = ''] = route.split(' ')
    const url = path.replaceAll(/\{\w+\}/g, () => rest.shift() ?? '')
    return validate(route, await asked(server, method, url, fields))
  }
}

interface Answered {
  readonly statusCode: number
  readonly body: string
}

/** What is wrong with an answer, held against the document. */
async function validator(server: FastifyInstance) {
  const { paths, components } = await documentOf(server)
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  return (route: string, { statusCode, body }: Answered) => {
    const [method = '', path = ''] = route.split(' ')
    const answers = new Map(Object.entries(paths[path]?.[method.toLowerCase()]?.responses ?? {}))
    const described = answers.get(String(statusCode)) ?? (statusCode >= 400 ? answers.get('default') : undefined)
    if (!described) return [`${route} answers ${statusCode}: ${body}`]
    const schema = described.content?.['application/json']?.schema
    if (!schema) return body === '' ? [] : [`${route} has a body`]
    ajv.validate({ ...schema, components }, JSON.parse(body))
    return ajv.errors ?? []
  }
}

function has(server: FastifyInstance, route: string): boolean {
  const [method = '', path = ''] = route.split(' ')
  const url = path.replace(/\{path\}$/, '*').replaceAll(/\{(\w+)\}/g, ':$1')
  return server.hasRoute({ method: method as 'GET', url }) // or another one of the document
}

/** As fastify prints them, `METHOD /path/{name}`; those of the rest of an address it prints without their beginning. */
function routesOf(server: FastifyInstance): readonly string[] {
  const parents: string[] = []
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', piece = '', methods = ''] = /^(.*?[├└]── )(\S*) ?(?:\(([A-Z, ]+)\))?/.exec(line) ?? []
      if (indent === '') return []
      const depth = indent.length / 4 - 1
      parents.splice(depth, parents.length, (parents[depth - 1] ?? '') + piece)
      const path = (parents[depth] ?? '').replaceAll(/:(\w+)/g, '{$1}')
      const said = methods
        .split(', ')
        .filter((method) => /^(GET|POST|PUT|PATCH|DELETE)$/.test(method) && !piece.endsWith('*'))
      return said.map((method) => `${method} ${path}`)
    })
}

test('the pages of the docs name the address', () => {
  expect(readFileSync('docs/api.md', 'utf8')).toContain('/docs/openapi.json')
})
